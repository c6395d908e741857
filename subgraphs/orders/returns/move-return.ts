import type { PoolClient } from 'pg';
import { Refusal } from '#platform/errors/refusal.ts';
import { live } from '#platform/live/live.ts';
import { database } from '../database.ts';
import type { Return } from '../order.type.ts';
import { changeOrder, type LockedOrder, lockOrder } from '../order-history.ts';
import { type ReturnStatus, returnMayBecome } from '../rules/return-lifecycle.ts';
import { type ReturnRow, returnById, shownReturn } from './return.records.ts';

interface Move {
  readonly returnId: string;
  readonly to: ReturnStatus;
  readonly message: string;
  readonly actor: string;
  /** What else is written with it. */
  readonly also?: (client: PoolClient, row: ReturnRow, order: LockedOrder) => Promise<void>;
}

/** Takes a return one step further, once: the step again answers with the return as it is. */
export async function moveReturn({ returnId, to, message, actor, also }: Move): Promise<{ return: Return }> {
  const row = await returnById(returnId);
  const { order_id: orderId } = row;
  await database.transaction(async (client) => {
    const order = await lockOrder(client, orderId);
    const now = await client.query<{ status: ReturnStatus }>('SELECT status FROM order_return WHERE id = $1', [
      returnId,
    ]);
    const { status } = now.rows[0]!;
    if (status === to) return;
    if (!returnMayBecome(status, to)) throw cannot(status, to);
    await client.query('UPDATE order_return SET status = $2, updated_at = now() WHERE id = $1', [returnId, to]);
    await changeOrder(client, orderId, { type: `return.${to.toLowerCase()}`, message, actor });
    await also?.(client, row, order);
  });
  live.publish(`order:${orderId}`);
  return { return: await shownReturn(returnId) };
}

export const cannot = (status: ReturnStatus, to: ReturnStatus) =>
  new Refusal('INVALID_TRANSITION', `A return that is ${status} cannot become ${to}.`, { path: ['input', 'returnId'] });
