import type { ProviderPayment } from '../payment-provider.ts';

export type IntentStatus =
  | 'requires_action'
  | 'requires_capture'
  | 'requires_payment_method'
  | 'succeeded'
  | 'canceled';

export interface Card {
  readonly status: IntentStatus;
  readonly decline?: string;
  /** What becomes of a refund after a moment; until then it is `pending`, or `succeeded` where it fails. */
  readonly refund?: 'succeeded' | 'failed';
  /** How the provider itself misbehaves. */
  readonly fault?: 'late' | 'lost';
}

/** Stripe's test payment methods (docs.stripe.com/testing) and what becomes of them here; those of `pm_souk_` are ours. */
export const CARDS: Readonly<Record<string, Card>> = {
  pm_card_visa: { status: 'requires_capture' },
  pm_card_mastercard: { status: 'requires_capture' },
  pm_card_amex: { status: 'requires_capture' },
  pm_card_threeDSecure2Required: { status: 'requires_action' },
  pm_card_chargeDeclined: { status: 'requires_payment_method', decline: 'card_declined' },
  pm_card_chargeDeclinedInsufficientFunds: { status: 'requires_payment_method', decline: 'insufficient_funds' },
  pm_card_chargeDeclinedExpiredCard: { status: 'requires_payment_method', decline: 'expired_card' },
  pm_card_pendingRefund: { status: 'requires_capture', refund: 'succeeded' },
  pm_card_refundFail: { status: 'requires_capture', refund: 'failed' },
  /** Authorizes after everybody who waited for it gave up; before that nobody can find it. */
  pm_souk_late: { status: 'requires_capture', fault: 'late' },
  /** Authorizes at once, and its answer is lost. Asked again, it answers. */
  pm_souk_lost: { status: 'requires_capture', fault: 'lost' },
};

export const UNKNOWN_CARD: Card = { status: 'requires_payment_method', decline: 'unknown_token' };

export const DECLINES: Readonly<Record<string, string>> = {
  card_declined: 'The card was declined. Try another one.',
  insufficient_funds: 'The card has not enough funds. Try another one.',
  expired_card: 'The card has expired. Try another one.',
  authentication_failed: 'The bank could not confirm that it is you. Try again or use another card.',
  unknown_token: 'The test provider does not know this card. Use pm_card_visa.',
};

export const STATUSES = {
  requires_action: 'REQUIRES_ACTION',
  requires_capture: 'AUTHORIZED',
  requires_payment_method: 'DECLINED',
  succeeded: 'CAPTURED',
  canceled: 'VOIDED',
} as const satisfies Record<IntentStatus, ProviderPayment['status']>;
