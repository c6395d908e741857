import type { PoolClient } from 'pg';
import type { OrderStatus } from './rules/order-lifecycle.ts';

/** What the history says of a change. */
export interface OrderChange {
  readonly type: string;
  readonly message: string;
  /** Who of staff did it. */
  readonly actor?: string | null;
  readonly status?: OrderStatus;
  readonly hasReturns?: boolean;
}

/** Changes an order and says so in its history, in one statement: each version has its event. */
export async function changeOrder(client: PoolClient, orderId: string, change: OrderChange): Promise<void> {
  const { type, message, actor = null, status = null, hasReturns = false } = change;
  await client.query(CHANGE, [orderId, type, message, actor, status, hasReturns]);
}

const CHANGE = `WITH o AS (
    UPDATE orders SET version = version + 1, updated_at = now(), status = coalesce($5, status), has_returns = has_returns OR $6
    WHERE id = $1 RETURNING *)
  INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status, actor)
  SELECT id, version, $2, $3, status, payment_status, fulfillment_status, $4 FROM o`;

/** Keeps other changes of an order waiting until the transaction ends. */
export async function lockOrder(client: PoolClient, orderId: string): Promise<LockedOrder> {
  const { rows } = await client.query<LockedOrder>(
    `SELECT status, payment_status, fulfillment_status, currency, tax_included, edit_id, number, customer_id FROM orders WHERE id = $1 FOR UPDATE`,
    [orderId],
  );
  if (!rows[0]) throw new Error(`There is no order ${orderId}.`);
  return rows[0];
}

export interface LockedOrder {
  status: OrderStatus;
  payment_status: string;
  fulfillment_status: string;
  currency: string;
  tax_included: boolean;
  edit_id: string | null;
  number: string;
  customer_id: string | null;
}
