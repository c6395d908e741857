import { defineListener } from '#platform/outbox/listener.ts';
import { customerRegistered } from '#subgraphs/accounts/contracts/accounts.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { verificationMail } from '../mails/verification.mail.tsx';

const CONSUMER = 'notifications-verification';

export const sendVerification = defineListener(customerRegistered, CONSUMER, async ({ id, payload }) => {
  await shopMailer.send(
    { kind: 'verification', subjectId: payload.customerId, to: payload.email, ...(await verificationMail(payload)) },
    { eventId: id, consumer: CONSUMER },
  );
});
