import { defineListener } from '#platform/outbox/listener.ts';
import { passwordResetRequested } from '#subgraphs/accounts/contracts/accounts.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { passwordResetMail } from '../mails/password-reset.mail.tsx';

const CONSUMER = 'notifications-password-reset';

/** Each request has its own link, so each has its own mail. */
export const sendPasswordReset = defineListener(passwordResetRequested, CONSUMER, async ({ id, payload }) => {
  await shopMailer.send(
    { kind: 'password-reset', subjectId: id, to: payload.email, ...(await passwordResetMail(payload)) },
    { eventId: id, consumer: CONSUMER },
  );
});
