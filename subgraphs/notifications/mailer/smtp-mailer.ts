import { createTransport } from 'nodemailer';
import { Hopeless } from '#platform/queue/queues.ts';
import { notificationsConfig } from '../config.ts';
import { database } from '../database.ts';
import type { Mail, Mailer } from './mailer.ts';

/** What is used of a nodemailer transport. */
export interface MailTransport {
  sendMail(message: {
    messageId: string;
    from: string;
    to: { name: string; address: string };
    subject: string;
    text: string;
    html: string;
    headers: Record<string, string>;
  }): Promise<unknown>;
  close(): void;
}

/**
 * Sends over SMTP, at least once: a crash between the server's yes and our note sends again, under the same
 * Message-ID (RFC 5322), by which mail programs know it for the same message.
 */
export function smtpMailer(transport: MailTransport, from = notificationsConfig.mailFrom): Mailer {
  const mailer: Mailer = {
    async send(mail, { eventId, consumer }) {
      const [handled] = await findHandled(eventId, consumer);
      if (handled) return;
      await transport
        .sendMail({
          messageId: messageId(mail, from),
          from,
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          // Else holiday notices answer us (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(mail) },
        })
        .catch(giveUpOnRefusedRecipient);
      await noteHandled(eventId, consumer);
    },
    async sendAll(mails) {
      // The transport bounds how many go at once. One that fails holds up no other.
      const sent = await Promise.allSettled(mails.map(({ mail, cause }) => mailer.send(mail, cause)));
      const failed = sent.find((each) => each.status === 'rejected');
      if (failed) throw failed.reason;
    },
    async close() {
      transport.close();
    },
  };
  return mailer;
}

/** A few kept connections to the mail server, each wait bounded. */
export const smtpTransport = (url: string): MailTransport =>
  createTransport({
    url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** The same for the same kind and subject, e.g. `<order-confirmation.ord_01…@souk.test>`. */
function messageId({ kind, subjectId }: Mail, from: string): string {
  const domain = from.slice(from.lastIndexOf('@') + 1).replace('>', '');
  return `<${kind}.${subjectId}@${domain}>`;
}

/** One click ends what nobody has to send (RFC 8058). */
const unsubscribeHeaders = ({ oneClick }: Mail): Record<string, string> =>
  oneClick ? { 'List-Unsubscribe': `<${oneClick}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {};

/** EENVELOPE with 5xx: the server will never take this recipient. The address itself stays out of logs. */
function giveUpOnRefusedRecipient(reason: { code?: string; responseCode?: number }): never {
  if (reason.code !== 'EENVELOPE' || !reason.responseCode || reason.responseCode < 500) throw reason;
  throw new Hopeless(`The mail server refused the recipient with ${reason.responseCode}.`);
}

const findHandled = database.statement<{ at: Date }>(
  'notifications.find-handled',
  'SELECT at FROM handled WHERE event_id = $1 AND consumer = $2',
);
const noteHandled = database.statement(
  'notifications.note-handled',
  'INSERT INTO handled (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING',
);
