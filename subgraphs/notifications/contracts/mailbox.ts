import { operation } from '#platform/graphql/operation.ts';

export interface MailboxMessage {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** RFC 3339. */
  sentAt: string;
}

/** The newest mails of a shop without SMTP, newest first; at most 500. */
export const mailbox = operation<{ mailbox: MailboxMessage[] }, { first: number }>(
  'notifications',
  'query($first: Int!) { mailbox(first: $first) { id to subject text html sentAt } }',
);
