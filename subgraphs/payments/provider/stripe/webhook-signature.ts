import Stripe from 'stripe';
import { WEBHOOK_TOLERANCE_SECONDS, type WebhookRefusal } from '../payment-provider.ts';

type Read = { readonly event: Stripe.Event } | { readonly refused: WebhookRefusal };

/**
 * The event of a request that Stripe signed just now. Stripe's own check takes times of the future, so that whoever holds
 * one signed request could wait with it: here the clocks may be apart by the same minutes in both directions.
 */
export function signedEvent(body: Buffer, signature: string | undefined, secret: string, now: Date): Read {
  const times = (signature ?? '').split(',').filter((part) => part.startsWith('t='));
  // Of several times Stripe's check takes the last: one alone cannot be read in two ways.
  if (!signature || times.length !== 1 || !/^t=\d{1,12}$/.test(times[0]!)) return { refused: 'bad_signature' };
  const event = verified(body, signature, secret);
  if (typeof event === 'string') return { refused: event };
  const secondsAgo = now.getTime() / 1_000 - Number(times[0]!.slice(2));
  if (secondsAgo > WEBHOOK_TOLERANCE_SECONDS) return { refused: 'too_old' };
  if (secondsAgo < -WEBHOOK_TOLERANCE_SECONDS) return { refused: 'in_the_future' };
  return { event };
}

/** Tolerance 0 leaves the time to us. */
function verified(body: Buffer, signature: string, secret: string): Stripe.Event | 'bad_signature' | 'malformed' {
  try {
    return Stripe.webhooks.constructEvent(body, signature, secret, 0);
  } catch (error) {
    return error instanceof SyntaxError ? 'malformed' : 'bad_signature';
  }
}
