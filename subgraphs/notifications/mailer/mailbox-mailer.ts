import { newId } from '#platform/database/id.ts';
import { database } from '../database.ts';
import type { Mailer } from './mailer.ts';

/** Keeps mails in the shop's own mailbox: exactly one message a kind and subject, whatever runs twice. */
export const mailboxMailer: Mailer = {
  async send({ kind, subjectId, to, subject, text, html }, { eventId, consumer }) {
    await put(eventId, consumer, newId('mail'), kind, subjectId, to, subject, text, html);
  },
  async close() {},
};

// Hot path of a purchase: the note that the event is handled and the message are one statement.
const put = database.statement(
  'notifications.put-into-mailbox',
  `WITH noted AS (
     INSERT INTO handled (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event_id)
   INSERT INTO mailbox (id, kind, subject_id, "to", subject, text, html)
   SELECT $3, $4, $5, $6, $7, $8, $9 FROM noted
   ON CONFLICT (kind, subject_id) DO NOTHING`,
);
