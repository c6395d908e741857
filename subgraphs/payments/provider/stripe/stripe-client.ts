import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import type { StripeConfig } from './stripe.config.ts';

/** What each call of the SDK is given. */
export type CallOptions = Pick<Stripe.RequestOptions, 'timeout' | 'maxNetworkRetries' | 'idempotencyKey'>;

export function openStripe({ secretKey, apiUrl }: StripeConfig): Stripe {
  const protocol = apiUrl.protocol === 'http:' ? 'http' : 'https';
  return new Stripe(secretKey, {
    ...{ protocol, host: apiUrl.hostname, port: apiUrl.port || (protocol === 'http' ? '80' : '443') },
    // Tries are counted by `withinBudget`, which knows how much time is left.
    ...{ maxNetworkRetries: 0, telemetry: false, appInfo: { name: 'Souk' } },
  });
}

const PAUSE_MS = 150;

/**
 * Calls Stripe, and again while it cannot be reached, is at fault, asks for less (429) or still works on the same request
 * (409), under the same key, as long as the budget lasts: all tries together stay under the lease of whoever waits.
 */
export async function withinBudget<Answer>(
  budgetMs: number,
  key: string | null,
  call: (options: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const end = Date.now() + budgetMs;
  for (let attempt = 1; ; attempt++) {
    try {
      const timeout = Math.max(1, end - Date.now());
      return await call({ timeout, maxNetworkRetries: 0, ...(key ? { idempotencyKey: key } : {}) });
    } catch (error) {
      const pause = PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
      if (!isPassing(error) || Date.now() + pause + PAUSE_MS >= end) throw error;
      await sleep(pause);
    }
  }
}

/** Whether the same request may end otherwise in a moment. A 500 that Stripe keeps under the key never does, and it says so. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  if (error.headers?.['stripe-should-retry'] === 'false') return false;
  if (error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeRateLimitError)
    return true;
  return error.statusCode === 409 || (error.statusCode ?? 0) >= 500;
}
