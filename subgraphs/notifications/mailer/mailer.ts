import type { Letter } from '../mails/letter.ts';

/** One mail to one person. There is at most one of a kind about a subject, e.g. one confirmation an order. */
export interface Mail extends Letter {
  readonly kind: 'welcome' | 'password-reset' | 'order-confirmation';
  /** The customer, the event or the order that it is about. */
  readonly subjectId: string;
  readonly to: string;
}

/** Which event a mail answers, and for which consumer: what `handled` remembers. */
export interface Cause {
  readonly eventId: string;
  readonly consumer: string;
}

/** Where mails go. Sending the answer to an event a second time changes nothing; what throws is tried again. */
export interface Mailer {
  send(mail: Mail, cause: Cause): Promise<void>;
  close(): Promise<void>;
}
