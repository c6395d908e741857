import type { Letter } from '../mails/letter.tsx';

/** One mail to one person. There is at most one of a kind about a subject, e.g. one confirmation an order. */
export interface Mail extends Letter {
  readonly kind:
    | 'verification'
    | 'welcome'
    | 'gift-card'
    | 'password-reset'
    | 'order-confirmation'
    | 'order-shipped'
    | 'order-delivered'
    | 'order-cancelled'
    | 'order-edited'
    | 'order-refunded'
    | 'order-lookup'
    | 'return-decided'
    | 'low-stock'
    | 'back-in-stock'
    | 'cart-reminder';
  /** What it is about: the customer, the event, the order, its parcel, refund or return, the wish or the cart. */
  readonly subjectId: string;
  readonly to: string;
}

/** Which event a mail answers, and for which consumer: what `handled` remembers. */
export interface Cause {
  readonly eventId: string;
  readonly consumer: string;
}

/** A mail and the event that it answers. */
export interface CausedMail {
  readonly mail: Mail;
  readonly cause: Cause;
}

/** Where mails go. Sending the answer to an event a second time changes nothing; what throws is tried again. */
export interface Mailer {
  send(mail: Mail, cause: Cause): Promise<void>;
  /** Many at once; when it throws, some may have been sent. */
  sendAll(mails: readonly CausedMail[]): Promise<void>;
  close(): Promise<void>;
}
