import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SagaRow, StoredRefusal } from '#platform/saga/saga-store.ts';
import { database } from '../database.ts';
import type { CheckoutInput } from './checkout-state.ts';
import { checkoutConfig } from './config.ts';

/** Binds a key of a cart to a new order and starts its checkout; false when the key is bound already. */
export async function bindKey(orderId: string, input: CheckoutInput): Promise<SagaRow | null> {
  const rows = await bind(
    input.cartId,
    input.key,
    hashOf(input),
    orderId,
    input.viewer?.customerId ?? null,
    JSON.stringify(input),
  );
  return rows.length === 0
    ? null
    : { id: orderId, step: 'freeze', state: 'RUNNING', fence: 1, input, refusal: null, overdue: false };
}

/** What a bound key leads to. */
export interface Bound {
  order_id: string;
  request_hash: string;
  placed_by: string | null;
  state: SagaRow['state'];
}

export async function boundTo(cartId: string, key: string): Promise<Bound | null> {
  return (await find(cartId, key))[0] ?? null;
}

/** How a checkout ended, or that it waits: for the shopper, or for a hand. */
export type Settled =
  | { state: 'DONE' | 'WAITING' | 'PARKED'; refusal: null }
  | { state: 'REFUSED'; refusal: StoredRefusal };

const LOOK_EVERY_MS = 40;

/** Waits for a checkout that may be under way in another process; null when it takes too long. */
export async function untilSettled(orderId: string): Promise<Settled | null> {
  const until = Date.now() + checkoutConfig.waitMs;
  do {
    const [found] = await progress(orderId);
    // Swept: it ended long ago.
    if (!found) return { state: 'DONE', refusal: null };
    if (found.state !== 'RUNNING' && found.state !== 'COMPENSATING') return found as Settled;
    await sleep(LOOK_EVERY_MS);
  } while (Date.now() < until);
  return null;
}

/** What became of a cart: its order, also one that was cancelled later, or that a checkout is under way that may yet make one. */
export async function orderOf(cartId: string): Promise<{ order_id: string | null; under_way: boolean }> {
  return (await ofCart(cartId))[0] ?? { order_id: null, under_way: false };
}

/** Two inputs are equal when the shopper would get the same order for them. */
export function hashOf({ expectedTotal, expectedVersion, payment, giftCards, expectedPayment }: CheckoutInput): string {
  return createHash('sha256')
    .update(
      JSON.stringify([expectedTotal, expectedVersion, payment, ...(giftCards ? [giftCards, expectedPayment] : [])]),
    )
    .digest('base64url');
}

const bind = database.groupedStatement<{ order_id: string }>(
  'orders.bind-key',
  `WITH k AS (
     INSERT INTO idempotency (cart_id, key, request_hash, order_id, placed_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING RETURNING order_id)
   INSERT INTO saga (id, name, step, state, lease_until, input)
   SELECT order_id, 'checkout', 'freeze', 'RUNNING', now() + make_interval(secs => ${checkoutConfig.leaseMs / 1_000}), $6 FROM k
   RETURNING id AS order_id`,
);

/** A confirmed order stands, whatever keeps its cart from being closed. */
const STATE = `CASE WHEN s.state IN ('RUNNING', 'PARKED') AND s.step = 'close' THEN 'DONE' ELSE s.state END`;

const find = database.statement<Bound>(
  'orders.find-key',
  `SELECT i.order_id, i.request_hash, i.placed_by, ${STATE} AS state FROM idempotency i
   JOIN saga s ON s.id = i.order_id AND s.name = 'checkout' WHERE i.cart_id = $1 AND i.key = $2`,
);

const progress = database.statement<{ state: SagaRow['state']; refusal: StoredRefusal | null }>(
  'orders.progress',
  `SELECT ${STATE} AS state, refusal FROM saga s WHERE id = $1 AND name = 'checkout'`,
);

const ofCart = database.statement<{ order_id: string | null; under_way: boolean }>(
  'orders.of-cart',
  `SELECT coalesce(
       (SELECT id FROM orders WHERE cart_id = $1 AND status <> 'CANCELLED' AND (confirmed_at IS NOT NULL OR payment_due_at IS NOT NULL)),
       (SELECT o.id FROM idempotency i JOIN orders o ON o.id = i.order_id WHERE i.cart_id = $1 AND o.confirmed_at IS NOT NULL
        ORDER BY o.placed_at DESC LIMIT 1)) AS order_id,
     EXISTS (SELECT FROM idempotency i JOIN saga s ON s.id = i.order_id AND s.name = 'checkout'
       WHERE i.cart_id = $1 AND s.state IN ('RUNNING', 'COMPENSATING', 'PARKED')) AS under_way`,
);
