import { createHash } from 'node:crypto';
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

/** How the checkout of an order stands. */
export async function progressOf(
  orderId: string,
): Promise<{ state: SagaRow['state']; refusal: StoredRefusal | null } | null> {
  return (await progress(orderId))[0] ?? null;
}

/** Two inputs are equal when the shopper would get the same order for them. */
export function hashOf({ expectedTotal, expectedVersion, payment }: CheckoutInput): string {
  return createHash('sha256')
    .update(JSON.stringify([expectedTotal, expectedVersion, payment]))
    .digest('base64url');
}

const bind = database.statement<{ order_id: string }>(
  'orders.bind-key',
  `WITH k AS (
     INSERT INTO idempotency (cart_id, key, request_hash, order_id, placed_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING RETURNING order_id)
   INSERT INTO saga (id, name, step, state, lease_until, input)
   SELECT order_id, 'checkout', 'freeze', 'RUNNING', now() + make_interval(secs => ${checkoutConfig.leaseMs / 1_000}), $6 FROM k
   RETURNING id AS order_id`,
);

const find = database.statement<Bound>(
  'orders.find-key',
  `SELECT i.order_id, i.request_hash, i.placed_by, s.state FROM idempotency i
   JOIN saga s ON s.id = i.order_id AND s.name = 'checkout' WHERE i.cart_id = $1 AND i.key = $2`,
);

const progress = database.statement<{ state: SagaRow['state']; refusal: StoredRefusal | null }>(
  'orders.progress',
  `SELECT state, refusal FROM saga WHERE id = $1 AND name = 'checkout'`,
);
