import { Refusal } from '#platform/errors/refusal.ts';
import { database } from '../database.ts';
import { loadOrders, toOrder } from '../order.records.ts';
import type { Return } from '../order.type.ts';
import type { ReturnStatus } from '../rules/return-lifecycle.ts';

/** A return with what its deeds need to know of it. */
export interface ReturnRow {
  id: string;
  order_id: string;
  status: ReturnStatus;
  lines: { lineId: string; variantId: string; quantity: number }[];
}

export async function returnById(id: string): Promise<ReturnRow> {
  const [row] = await byId(id);
  if (!row) throw new Refusal('RETURN_NOT_FOUND', 'There is no such return.', { path: ['input', 'returnId'] });
  return row;
}

const byId = database.statement<ReturnRow>(
  'orders.return-by-id',
  `SELECT r.id, r.order_id, r.status, (
     SELECT jsonb_agg(jsonb_build_object('lineId', l.id, 'variantId', l.variant_id, 'quantity', rl.quantity) ORDER BY l.position)
     FROM order_return_line rl JOIN order_line l ON l.id = rl.line_id WHERE rl.return_id = r.id) AS lines
   FROM order_return r WHERE r.id = $1`,
);

const ordersOf = database.statement<{ id: string; order_id: string }>(
  'orders.orders-of-returns',
  'SELECT id, order_id FROM order_return WHERE id = ANY($1::text[])',
);

/** Returns with their orders, as the API shows them, in the order of `ids`. */
export async function shownReturns(ids: readonly string[]): Promise<Return[]> {
  const orderIds = new Map((await ordersOf(ids)).map(({ id, order_id }) => [id, order_id]));
  const records = await loadOrders([...new Set(orderIds.values())]);
  const returns = records.flatMap((record) => (record ? toOrder(record).returns : []));
  return ids.flatMap((id) => returns.filter((each) => each.id === id));
}

export async function shownReturn(id: string): Promise<Return> {
  const [found] = await shownReturns([id]);
  if (!found) throw new Error(`There is no return ${id}.`);
  return found;
}
