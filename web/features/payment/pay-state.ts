import type { OrderErrorCode } from '#generated/graphql.ts';

export interface PayState {
  readonly message?: string;
  /** The bank refused what it was paid with: another card is needed. */
  readonly declined?: boolean;
  /** No answer came: it may be done already, and what is pressed again must be the same. */
  readonly unanswered?: boolean;
  /** The shop asks to come back after so long, with the same idempotency key. */
  readonly busyForSeconds?: number;
}

interface PayRefusal {
  readonly code: OrderErrorCode;
  readonly retryAfterSeconds: number | null;
}

/** What a refused payment asks for: another card, some patience, or neither. */
export function whatNext({ code, retryAfterSeconds }: PayRefusal): Omit<PayState, 'message'> {
  if (code === 'BUSY') return { busyForSeconds: retryAfterSeconds ?? USUAL_WAIT_SECONDS };
  return { declined: code === 'PAYMENT_DECLINED' };
}

const USUAL_WAIT_SECONDS = 2;
const MOST_WAITS = 4;
const LONGEST_WAIT_SECONDS = 30;

/** How long to wait before the same is sent again; null where there is an answer, or where it was waited for often enough. */
export function secondsToWait({ busyForSeconds }: PayState, waits: number): number | null {
  if (!busyForSeconds || waits >= MOST_WAITS) return null;
  return Math.min(Math.max(1, Math.ceil(busyForSeconds)), LONGEST_WAIT_SECONDS);
}
