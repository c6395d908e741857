import type Stripe from 'stripe';
import type { ProviderEvent, ProviderPayment, ProviderRefund } from '../payment-provider.ts';
import { refusalOf } from './declines.ts';
import { fromStripe } from './stripe-amount.ts';

/** The name in Stripe's metadata of the key that we asked under. */
export const KEY = 'souk_key';

const STATUSES: Readonly<Record<string, ProviderPayment['status']>> = {
  requires_payment_method: 'PENDING',
  requires_confirmation: 'PENDING',
  processing: 'PENDING',
  requires_action: 'REQUIRES_ACTION',
  requires_capture: 'AUTHORIZED',
  succeeded: 'CAPTURED',
  canceled: 'VOIDED',
};

const REFUND_STATUSES: Readonly<Record<string, ProviderRefund['status']>> = {
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  canceled: 'FAILED',
};

/** A PaymentIntent; what was refunded is in its charge, which has to be asked for with it. */
export function toPayment(intent: Stripe.PaymentIntent): ProviderPayment {
  const error = intent.last_payment_error;
  // Without a way to pay it is where it began, or where a card was refused.
  const declined = error && ['requires_payment_method', 'canceled'].includes(intent.status);
  const charge = intent.latest_charge;
  const inOurs = (amount: number) => fromStripe(amount, intent.currency);
  return {
    ref: intent.id,
    key: intent.metadata[KEY] ?? null,
    status: declined ? 'DECLINED' : (STATUSES[intent.status] ?? 'PENDING'),
    amount: inOurs(intent.amount),
    captured: inOurs(intent.amount_received).minor,
    refunded: typeof charge === 'object' && charge ? inOurs(charge.amount_refunded).minor : null,
    createdAt: new Date(intent.created * 1_000),
    nextAction: intent.status === 'requires_action' ? toAction(intent) : null,
    refusal: declined ? refusalOf(error) : null,
  };
}

/** `use_stripe_sdk` is for Stripe's scripts and SDKs; a page of the bank can be opened by anybody. Both go by the secret. */
function toAction({ next_action: action, client_secret: clientSecret }: Stripe.PaymentIntent) {
  return { type: action?.type ?? 'use_stripe_sdk', url: action?.redirect_to_url?.url ?? null, clientSecret };
}

export function toRefund(refund: Stripe.Refund): ProviderRefund {
  const { id, payment_intent: payment, status, amount, currency, created, metadata } = refund;
  const failed = REFUND_STATUSES[status ?? ''] === 'FAILED';
  return {
    ref: id,
    key: metadata?.[KEY] ?? null,
    paymentRef: (typeof payment === 'string' ? payment : payment?.id) ?? '',
    status: REFUND_STATUSES[status ?? ''] ?? 'PENDING',
    amount: fromStripe(amount, currency),
    createdAt: new Date(created * 1_000),
    refusal: failed ? REFUND_FAILED : null,
  };
}

const REFUND_FAILED = {
  code: 'refund_failed',
  message: 'The bank could not take the money back. Refund this customer in another way.',
};

/**
 * What concerns us of an event: that of a payment or of a refund. That an attempt failed is not the end of an intent, its
 * holder may try again; asking for it ends it, and then it is told as canceled.
 */
export function toEvent(event: Stripe.Event): ProviderEvent | null {
  const about = { id: event.id, at: new Date(event.created * 1_000) };
  switch (event.type) {
    case 'payment_intent.amount_capturable_updated':
    case 'payment_intent.canceled':
    case 'payment_intent.processing':
    case 'payment_intent.requires_action':
    case 'payment_intent.succeeded':
      return { ...about, payment: toPayment(event.data.object), refund: null };
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return { ...about, payment: null, refund: toRefund(event.data.object) };
    default:
      return null;
  }
}
