import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { live } from '#platform/live/live.ts';
import { money, parseDecimal, toDecimal } from '#platform/money/money.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import type { Step } from '#platform/saga/saga.ts';
import { LeaseLost } from '#platform/saga/saga-store.ts';
import type { CartSnapshot } from '#subgraphs/carts/contracts/checkout.ts';
import { orderCancelled } from '../contracts/orders.events.ts';
import { database } from '../database.ts';
import { STATUS_MESSAGES } from '../rules/order-lifecycle.ts';
import type { CheckoutState } from './checkout-state.ts';
import { checkoutConfig } from './config.ts';

/** Writes the order from the priced snapshot, and the saga's next step with it. */
export const createOrder: Step<CheckoutState> = {
  name: 'create',
  joins: true,
  recordsNext: true,
  async do(state, lease) {
    const { snapshot, input } = state;
    if (!snapshot) throw new Error('The order cannot be created before the cart is frozen.');
    const total = minorOf(snapshot.cost.total);
    checkTotal(snapshot, input.expectedTotal);
    // With gift cards it is known only when they are asked.
    if (total > 0n && !input.payment && !input.giftCards) {
      throw new Refusal('PAYMENT_REQUIRED', 'Choose how to pay: send payment { token }.', {
        path: ['input', 'payment'],
      });
    }
    const lines = snapshot.lines.map((line, position) => lineRow(line, position));
    const [created] = await create(lease.id, lease.fence, orderRow(snapshot), JSON.stringify(lines)).catch(
      refuseSecondOrder,
    );
    if (!created) throw new LeaseLost(`The lease on checkout ${lease.id} is lost.`);
    state.order = {
      number: created.number,
      total,
      currency: snapshot.currency,
      email: snapshot.email ?? '',
      customer_id: snapshot.customerId,
    };
    state.codes = snapshot.discountCodes;
    state.lines = snapshot.lines
      .filter(({ isGiftCard }) => !isGiftCard)
      .map(({ variantId, quantity }) => ({ variantId, quantity }));
    state.giftCardsWorth = snapshot.lines.reduce(
      (sum, { isGiftCard, total }) => (isGiftCard ? sum + minorOf(total) : sum),
      0n,
    );
  },
  async undo({ orderId }, lease) {
    await cancel(lease.id, lease.fence, orderCancelled.topic, consumersOf(orderCancelled.topic));
    live.publish(`order:${orderId}`);
  },
};

const create = database.groupedStatement<{ number: string }>(
  'orders.create',
  `WITH s AS (
     UPDATE saga SET step = 'reserve', lease_until = now() + make_interval(secs => ${checkoutConfig.leaseMs / 1_000}), updated_at = now()
     WHERE id = $1 AND name = 'checkout' AND fence = $2 AND state = 'RUNNING' AND step = 'freeze' RETURNING id),
   o AS (
     INSERT INTO orders (id, cart_id, customer_id, status, payment_status, fulfillment_status, email, note, currency, subtotal,
       discount, shipping, tax, tax_included, tax_lines, total, delivery_address, billing_address, delivery_option, discount_codes)
     SELECT s.id, r.cart_id, r.customer_id, 'PENDING_PAYMENT', 'PENDING', 'UNFULFILLED', r.email, r.note, r.currency, r.subtotal,
       r.discount, r.shipping, r.tax, r.tax_included, r.tax_lines, r.total, r.delivery_address, r.billing_address, r.delivery_option, r.discount_codes
     FROM s, jsonb_populate_record(NULL::orders, $3::jsonb) AS r RETURNING id, number),
   l AS (
     INSERT INTO order_line (id, order_id, position, variant_id, product_id, seller_id, sku, title, options, image_url, quantity,
       weight_grams, unit_price, discount, tax, total, gift_card)
     SELECT r.id, o.id, r.position, r.variant_id, r.product_id, r.seller_id, r.sku, r.title, r.options, r.image_url, r.quantity,
       r.weight_grams, r.unit_price, r.discount, r.tax, r.total, r.gift_card
     FROM o, jsonb_populate_recordset(NULL::order_line, $4::jsonb) AS r),
   e AS (
     INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
     SELECT o.id, 1, 'order.placed', '${STATUS_MESSAGES.PENDING_PAYMENT}', 'PENDING_PAYMENT', 'PENDING', 'UNFULFILLED' FROM o)
   SELECT number FROM o`,
);

// Told to a shopper who had seen the order waiting for him; a declined card made none.
const cancel = database.statement(
  'orders.cancel-unconfirmed',
  `WITH s AS (SELECT id FROM saga WHERE id = $1 AND name = 'checkout' AND fence = $2 FOR UPDATE),
   o AS (
     UPDATE orders SET status = 'CANCELLED', payment_status = 'VOIDED', next_action = NULL, version = version + 1, updated_at = now()
     FROM s WHERE orders.id = s.id AND status = 'PENDING_PAYMENT' RETURNING orders.*),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT 'evt_' || replace(gen_random_uuid()::text, '-', '') || '-' || consumer, $3, consumer, jsonb_build_object(
       'orderId', id, 'number', number, 'customerId', customer_id, 'reason', 'It was not paid.')
     FROM o, unnest($4::text[]) AS consumer WHERE payment_due_at IS NOT NULL)
   INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
   SELECT id, version, 'order.cancelled', '${STATUS_MESSAGES.CANCELLED}', status, payment_status, fulfillment_status FROM o`,
);

function checkTotal({ cost, currency }: CartSnapshot, expected: string | null): void {
  if (expected === null) return;
  const total = money(minorOf(cost.total), currency);
  if (parseDecimal(expected, currency)?.minor !== total.minor) {
    throw new Refusal(
      'PRICE_CHANGED',
      `The total is now ${toDecimal(total)} ${currency}. Look at the cart again before you pay.`,
      {
        path: ['input', 'expectedTotal'],
      },
    );
  }
}

/** The partial unique index holds where two keys of one cart raced each other. */
function refuseSecondOrder(reason: { code?: string; constraint?: string }): never {
  if (reason.code === '23505' && reason.constraint === 'orders_one_open_per_cart') {
    throw new Refusal('CART_CLOSED', 'This cart has become an order already.', { path: ['input', 'cartId'] });
  }
  throw reason;
}

function orderRow(snapshot: CartSnapshot): string {
  const { cost } = snapshot;
  return JSON.stringify({
    cart_id: snapshot.cartId,
    customer_id: snapshot.customerId,
    email: snapshot.email,
    note: snapshot.note,
    currency: snapshot.currency,
    subtotal: minorOf(cost.subtotal).toString(),
    discount: minorOf(cost.discount).toString(),
    shipping: cost.shipping ? minorOf(cost.shipping).toString() : '0',
    tax: minorOf(cost.tax).toString(),
    tax_included: cost.taxIncluded,
    tax_lines: cost.taxLines,
    total: minorOf(cost.total).toString(),
    delivery_address: snapshot.deliveryAddress,
    billing_address: snapshot.billingAddress ?? snapshot.deliveryAddress,
    delivery_option: snapshot.deliveryOption,
    discount_codes: snapshot.discountCodes,
  });
}

const lineRow = (line: CartSnapshot['lines'][number], position: number) => ({
  id: newId('line'),
  position,
  variant_id: line.variantId,
  product_id: line.productId,
  seller_id: line.sellerId,
  sku: line.sku,
  title: line.title,
  options: line.options,
  image_url: line.imageUrl,
  quantity: line.quantity,
  weight_grams: line.weightGrams,
  unit_price: minorOf(line.unitPrice).toString(),
  discount: minorOf(line.discount).toString(),
  tax: minorOf(line.tax).toString(),
  total: minorOf(line.total).toString(),
  gift_card: line.isGiftCard,
});

function minorOf({ amount, currency }: { amount: string; currency: string }): bigint {
  const parsed = parseDecimal(amount, currency);
  if (!parsed) throw new Error(`${amount} is no amount of ${currency}.`);
  return parsed.minor;
}
