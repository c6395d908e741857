import Stripe from 'stripe';
import type { Money } from '#platform/money/money.ts';
import type {
  Authorization,
  PaymentProvider,
  ProviderEntry,
  ProviderPayment,
  ProviderRefund,
} from '../payment-provider.ts';
import { plainRefusal, refusalOf } from './declines.ts';
import type { StripeConfig } from './stripe.config.ts';
import { toStripe } from './stripe-amount.ts';
import { type CallOptions, openStripe, withinBudget } from './stripe-client.ts';
import { KEY, toEvent, toPayment, toRefund } from './stripe-records.ts';
import { signedEvent } from './webhook-signature.ts';

const { StripeCardError, StripeError, StripeIdempotencyError, StripeInvalidRequestError } = Stripe.errors;

const EXPANDED = ['latest_charge'];
const PAGE = 100;
/** Stripe's clock and ours. */
const SKEW_SECONDS = 60;

/**
 * Payments through Stripe: one PaymentIntent each, confirmed as it is made and captured later. Every call is repeatable;
 * `budgetMs` is how long one may take with all its tries.
 */
export function stripeProvider(config: StripeConfig, budgetMs: number): PaymentProvider {
  const stripe = openStripe(config);

  const ask = (ref: string) =>
    withinBudget(budgetMs, null, (options) => stripe.paymentIntents.retrieve(ref, { expand: EXPANDED }, options));

  async function retrieve(ref: string): Promise<ProviderPayment> {
    const intent = await ask(ref);
    // The shopper holds its secret and could try another card behind our back: a refusal is the end of it, where it is ours.
    const refused = intent.status === 'requires_payment_method' && intent.last_payment_error;
    if (refused && intent.metadata[KEY]) return release(ref);
    return toPayment(intent);
  }

  async function release(ref: string): Promise<ProviderPayment> {
    try {
      const cancel = (options: CallOptions) => stripe.paymentIntents.cancel(ref, { expand: EXPANDED }, options);
      return toPayment(await withinBudget(budgetMs, null, cancel));
    } catch (error) {
      // It is beyond that: already released, or taken.
      if (error instanceof StripeInvalidRequestError) return toPayment(await ask(ref));
      throw error;
    }
  }

  async function find(key: string, since: Date): Promise<ProviderPayment | null> {
    const asked = Math.floor(since.getTime() / 1_000) - SKEW_SECONDS;
    // Not Stripe's search: that is up to a minute behind, and what is not in the list was not made.
    const all = stripe.paymentIntents.list(
      { created: { gte: asked }, limit: PAGE, expand: ['data.latest_charge'] },
      { timeout: budgetMs, maxNetworkRetries: 1 },
    );
    for await (const intent of all) if (intent.metadata[KEY] === key) return toPayment(intent);
    return null;
  }

  async function findRefund(ref: string, key: string): Promise<ProviderRefund | null> {
    const all = stripe.refunds.list({ payment_intent: ref, limit: PAGE }, { timeout: budgetMs, maxNetworkRetries: 1 });
    for await (const refund of all) if (refund.metadata?.[KEY] === key) return toRefund(refund);
    return null;
  }

  return {
    name: 'stripe',
    publishableKey: config.publishableKey,
    // Stripe gives up a request after 80 seconds; what was on its way then is in the list.
    certainAfterMs: 180_000,
    retrieve,
    find,
    void: release,

    async authorize(asked) {
      const params = toParams(asked, config);
      if (!params) return declined(asked, 'amount_invalid');
      try {
        return toPayment(
          await withinBudget(budgetMs, `souk-authorize-${asked.key}`, (options) =>
            stripe.paymentIntents.create(params, options),
          ),
        );
      } catch (error) {
        if (error instanceof StripeCardError && error.payment_intent)
          return { ...toPayment(error.payment_intent), status: 'DECLINED', refusal: refusalOf(error) };
        // The key was used with other words before, e.g. another address to come back to: that payment is the one.
        const before =
          error instanceof StripeIdempotencyError ? await find(asked.key, new Date(Date.now() - DAY_MS)) : null;
        if (before) return before;
        const code = error instanceof StripeInvalidRequestError ? refusedAs(error) : null;
        if (code) return declined(asked, code);
        throw error;
      }
    },

    // Without a key of ours: an intent can be captured once whatever the key, and a failure kept under one would last a day.
    async capture(ref, amount) {
      try {
        return toPayment(
          await withinBudget(budgetMs, null, (options) =>
            stripe.paymentIntents.capture(ref, { amount_to_capture: exactly(amount), expand: EXPANDED }, options),
          ),
        );
      } catch (error) {
        if (!(error instanceof StripeError)) throw error;
        const present = toPayment(await ask(ref));
        if (present.status === 'AUTHORIZED' && !(error instanceof StripeInvalidRequestError)) throw error;
        return present;
      }
    },

    async refund(ref, amount, key) {
      // Stripe forgets keys after a day, and a refund may be tried again after that.
      const before = await findRefund(ref, key);
      if (before) return before;
      try {
        return toRefund(
          await withinBudget(budgetMs, `souk-refund-${key}`, (options) =>
            stripe.refunds.create({ payment_intent: ref, amount: exactly(amount), metadata: { [KEY]: key } }, options),
          ),
        );
      } catch (error) {
        const made = await findRefund(ref, key);
        if (made) return made;
        if (!(error instanceof StripeInvalidRequestError)) throw error;
        const refusal = { code: 'refund_refused', message: 'The payment provider does not give this amount back.' };
        return { ref: null, key, paymentRef: ref, status: 'FAILED', amount, createdAt: new Date(), refusal };
      }
    },

    webhook(headers, rawBody, now) {
      const read = signedEvent(rawBody, headers['stripe-signature'], config.webhookSecret, now);
      if ('refused' in read) return read;
      const event = toEvent(read.event);
      return { events: event ? [event] : [] };
    },

    async *reconcile({ since, until }): AsyncIterable<ProviderEntry> {
      const created = { gte: Math.ceil(since.getTime() / 1_000), lt: Math.ceil(until.getTime() / 1_000) };
      const options = { timeout: budgetMs, maxNetworkRetries: 3 };
      const expand = ['data.latest_charge'];
      for await (const intent of stripe.paymentIntents.list({ created, limit: PAGE, expand }, options))
        yield { payment: toPayment(intent), refund: null };
      for await (const refund of stripe.refunds.list({ created, limit: PAGE }, options))
        yield { payment: null, refund: toRefund(refund) };
    },
  };
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Null where Stripe cannot take exactly this amount. */
function toParams(asked: Authorization, { storefrontUrl }: StripeConfig): Stripe.PaymentIntentCreateParams | null {
  const amount = toStripe(asked.amount);
  if (amount === null) return null;
  return {
    amount,
    currency: asked.amount.currency.toLowerCase(),
    capture_method: 'manual',
    automatic_payment_methods: { enabled: true },
    confirm: true,
    // The Payment Element gives confirmation tokens; apps and tests may have a payment method instead.
    ...(asked.token.startsWith('ctoken_') ? { confirmation_token: asked.token } : { payment_method: asked.token }),
    return_url: `${storefrontUrl}/order/${encodeURIComponent(asked.orderId)}`,
    description: `Order ${asked.orderNumber}`,
    metadata: { [KEY]: asked.key, order_id: asked.orderId, order_number: asked.orderNumber },
    expand: EXPANDED,
  };
}

/** Nothing was begun at Stripe. */
function declined({ key, amount }: Authorization, code: string): ProviderPayment {
  const nothing = { ref: '', captured: 0n, refunded: 0n, nextAction: null };
  return { ...nothing, key, amount, status: 'DECLINED', createdAt: new Date(), refusal: plainRefusal(code) };
}

/** What of Stripe's "invalid request" is for the shopper; the rest is a mistake of ours, or of the shop's settings. */
function refusedAs({ code, param }: InstanceType<typeof StripeInvalidRequestError>): string | null {
  if (['payment_method', 'confirmation_token'].includes(param ?? '')) return 'unknown_token';
  return ['amount_too_small', 'amount_too_large'].includes(code ?? '') ? 'amount_invalid' : null;
}

function exactly(amount: Money): number {
  const exact = toStripe(amount);
  if (exact === null) throw new RangeError(`Stripe cannot move ${amount.minor} minor units of ${amount.currency}.`);
  return exact;
}
