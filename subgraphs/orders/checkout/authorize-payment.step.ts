import { Refusal } from '#platform/errors/refusal.ts';
import { parseDecimal, toDecimal } from '#platform/money/money.ts';
import { type Step, Waiting } from '#platform/saga/saga.ts';
import type { Lease } from '#platform/saga/saga-store.ts';
import { LeaseLost } from '#platform/saga/saga-store.ts';
import { giftCardsSpend } from '#subgraphs/payments/contracts/gift-cards.ts';
import { type PaymentResult, paymentAuthorize, paymentVoid } from '#subgraphs/payments/contracts/payments.ts';
import { database } from '../database.ts';
import type { CheckoutState } from './checkout-state.ts';
import { checkoutConfig } from './config.ts';

/** Asks the provider for the money, outside any transaction. A repetition answers with the present state. */
export const authorizePayment: Step<CheckoutState> = {
  name: 'authorize',
  async do(state, lease) {
    const { context, orderId, order, input } = state;
    if (!order) throw new Error('The payment cannot be authorized before the order is created.');
    const due = order.total - (await paidByGiftCards(state, order));
    checkShown(input, due, order.currency);
    if (due === 0n) return;
    if (!input.payment) {
      const rest = `${toDecimal({ minor: due, currency: order.currency })} ${order.currency}`;
      throw new Refusal('PAYMENT_REQUIRED', `Choose how to pay the other ${rest}: send payment { token }.`, {
        path: ['input', 'payment'],
      });
    }
    const { paymentAuthorize: result } = await context.ask(paymentAuthorize, {
      input: {
        orderId,
        orderNumber: order.number,
        amount: toDecimal({ minor: due, currency: order.currency }),
        currency: order.currency,
        provider: input.payment.provider,
        token: input.payment.token,
        email: order.email,
      },
    });
    if (result.refusal)
      throw new Refusal('PAYMENT_DECLINED', result.refusal.message, { path: ['input', 'payment', 'token'] });
    if (result.nextAction) await waitForShopper(lease, result.nextAction);
  },
  async undo({ context, orderId }) {
    await context.ask(paymentVoid, { orderId });
  },
};

/**
 * What gift cards hold of the order from now on; 0 where there are none, which asks nobody. They buy no gift cards, as at
 * Shopify (https://help.shopify.com/en/manual/products/gift-card-products/faq): else one would be worth what it is for ever.
 */
async function paidByGiftCards(
  { context, orderId, input, giftCardsWorth }: CheckoutState,
  { total, currency }: NonNullable<CheckoutState['order']>,
): Promise<bigint> {
  if (!input.giftCards || total === 0n) return 0n;
  const payable = total - giftCardsWorth;
  if (payable <= 0n)
    throw new Refusal('GIFT_CARD_INVALID', 'A gift card cannot buy another one. Take it off and pay in another way.', {
      path: ['input', 'giftCards'],
    });
  const { giftCardsSpend: result } = await context.ask(giftCardsSpend, {
    input: { orderId, amount: toDecimal({ minor: payable, currency }), currency, codes: input.giftCards },
  });
  if (result.refusal) throw new Refusal('GIFT_CARD_INVALID', result.refusal.message, { path: ['input', 'giftCards'] });
  return parseDecimal(result.covered, currency)!.minor;
}

/** Nobody pays more beside a gift card than was shown, because somebody else has used it meanwhile. */
function checkShown({ expectedPayment }: CheckoutState['input'], due: bigint, currency: string): void {
  if (expectedPayment == null || parseDecimal(expectedPayment, currency)?.minor === due) return;
  throw new Refusal(
    'GIFT_CARD_INVALID',
    'A gift card does not pay what it did a moment ago. Look at what is left to pay.',
    {
      path: ['input', 'expectedPayment'],
    },
  );
}

// The time to pay begins once: asking again does not make it longer, and the stock is not held for ever.
const park = database.statement(
  'orders.await-payment',
  `WITH s AS (
     UPDATE saga SET state = 'WAITING', due_at = coalesce(due_at, now() + make_interval(secs => ${checkoutConfig.paymentDueMs / 1_000})), updated_at = now()
     WHERE id = $1 AND name = 'checkout' AND fence = $2 AND state = 'RUNNING' RETURNING id, due_at),
   o AS (
     UPDATE orders SET payment_status = 'REQUIRES_ACTION', next_action = $3, payment_due_at = s.due_at,
       version = version + CASE WHEN payment_status = 'REQUIRES_ACTION' THEN 0 ELSE 1 END, updated_at = now()
     FROM s WHERE orders.id = s.id RETURNING orders.*)
   INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
   SELECT id, version, 'payment.requires-action', 'Waiting for you to confirm the payment', status, payment_status, fulfillment_status
   FROM o ON CONFLICT DO NOTHING RETURNING order_id`,
);

async function waitForShopper(lease: Lease, nextAction: NonNullable<PaymentResult['nextAction']>): Promise<never> {
  const rows = await park(lease.id, lease.fence, JSON.stringify(nextAction));
  if (rows.length === 0 && !(await isWaiting(lease.id)).length)
    throw new LeaseLost(`The lease on checkout ${lease.id} is lost.`);
  throw new Waiting('The shopper must confirm the payment.');
}

const isWaiting = database.statement(
  'orders.is-waiting',
  `SELECT id FROM saga WHERE id = $1 AND name = 'checkout' AND state = 'WAITING'`,
);
