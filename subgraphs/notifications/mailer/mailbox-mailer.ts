import { newId } from '#platform/database/id.ts';
import { database } from '../database.ts';
import type { CausedMail, Mailer } from './mailer.ts';

/** Keeps mails in the shop's own mailbox: exactly one message a kind and subject, whatever runs twice. */
export const mailboxMailer: Mailer = {
  send: (mail, cause) => mailboxMailer.sendAll([{ mail, cause }]),
  async sendAll(mails) {
    const column = (value: (each: CausedMail) => string) => mails.map(value);
    await put(
      column(({ cause }) => cause.eventId),
      column(({ cause }) => cause.consumer),
      column(() => newId('mail')),
      column(({ mail }) => mail.kind),
      column(({ mail }) => mail.subjectId),
      column(({ mail }) => mail.to),
      column(({ mail }) => mail.subject),
      column(({ mail }) => mail.text),
      column(({ mail }) => mail.html),
    );
  },
  async close() {},
};

// Hot path of a purchase: the notes that the events are handled and the messages are one statement.
const put = database.statement(
  'notifications.put-into-mailbox',
  `WITH mail AS (
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       AS m(event_id, consumer, id, kind, subject_id, "to", subject, text, html)),
   noted AS (
     INSERT INTO handled (event_id, consumer) SELECT event_id, consumer FROM mail ON CONFLICT DO NOTHING RETURNING event_id, consumer)
   INSERT INTO mailbox (id, kind, subject_id, "to", subject, text, html)
   SELECT id, kind, subject_id, "to", subject, text, html FROM mail JOIN noted USING (event_id, consumer)
   ON CONFLICT (kind, subject_id) DO NOTHING`,
);
