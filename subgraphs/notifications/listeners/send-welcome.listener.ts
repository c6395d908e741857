import { defineListener } from '#platform/outbox/listener.ts';
import { emailVerified } from '#subgraphs/accounts/contracts/accounts.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { welcomeMail } from '../mails/welcome.mail.tsx';

const CONSUMER = 'notifications-welcome';

/** Once a customer: an address may be confirmed anew after it was changed. */
export const sendWelcome = defineListener(emailVerified, CONSUMER, async ({ id, payload }) => {
  await shopMailer.send(
    { kind: 'welcome', subjectId: payload.customerId, to: payload.email, ...(await welcomeMail()) },
    { eventId: id, consumer: CONSUMER },
  );
});
