import { defineListener } from '#platform/outbox/listener.ts';
import { customerRegistered } from '#subgraphs/accounts/contracts/accounts.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { welcomeMail } from '../mails/welcome.mail.ts';

const CONSUMER = 'notifications-welcome';

export const sendWelcome = defineListener(customerRegistered, CONSUMER, async ({ id, payload }) => {
  await shopMailer.send(
    { kind: 'welcome', subjectId: payload.customerId, to: payload.email, ...welcomeMail(payload) },
    { eventId: id, consumer: CONSUMER },
  );
});
