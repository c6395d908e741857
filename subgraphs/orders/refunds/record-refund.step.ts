import type { PoolClient } from 'pg';
import { live } from '#platform/live/live.ts';
import { parseDecimal } from '#platform/money/money.ts';
import { outboxColumns } from '#platform/outbox/announce.ts';
import type { Step } from '#platform/saga/saga.ts';
import { LeaseLost } from '#platform/saga/saga-store.ts';
import { orderRefunded } from '../contracts/orders.events.ts';
import { database } from '../database.ts';
import { changeOrder, lockOrder } from '../order-history.ts';
import { mayBecome, STATUS_MESSAGES } from '../rules/order-lifecycle.ts';
import { isNothing } from './pay-back.step.ts';
import { followPayments } from './payment-totals.ts';
import type { RefundState } from './refund-state.ts';

/**
 * The money is on its way: the order shows it, its return has ended, and who paid is told. Taken up again, it starts at
 * the step before, which answers with what payments knows.
 */
export const recordRefund: Step<RefundState> = {
  name: 'record',
  joins: true,
  pivot: true,
  async do(state, lease) {
    const { orderId, amount, currency, paid } = state;
    if (!paid && !isNothing(state)) throw new Error('A refund cannot be recorded before payments was asked.');
    if (paid) {
      const minor = (decimal: string) => parseDecimal(decimal, currency)!.minor;
      const totals = { captured: minor(paid.captured), refunded: minor(paid.refunded), sequence: paid.sequence };
      await followPayments([{ orderId, ...totals, message: `Refunded ${amount} ${currency}` }]);
    }
    await database.transaction(async (client) => {
      const held = await client.query(
        `SELECT FROM saga WHERE id = $1 AND name = 'refund' AND fence = $2 AND state = 'RUNNING' FOR UPDATE`,
        [lease.id, lease.fence],
      );
      if (held.rowCount === 0) throw new LeaseLost(`The lease on refund ${lease.id} is lost.`);
      await record(client, state, paid?.status ?? 'SUCCEEDED');
    });
    live.publish(`order:${orderId}`);
  },
};

async function record(client: PoolClient, state: RefundState, status: string): Promise<void> {
  const { refundId, orderId, number, customerId, amount, currency, returnId } = state;
  const order = await lockOrder(client, orderId);
  const written = await client.query(`UPDATE refund SET status = $2 WHERE id = $1 AND status = 'RUNNING'`, [
    refundId,
    status,
  ]);
  if (written.rowCount === 0) return;
  if (returnId) {
    await client.query(`UPDATE order_return SET status = 'REFUNDED', updated_at = now() WHERE id = $1`, [returnId]);
    const message = `Return refunded: ${amount} ${currency}`;
    await changeOrder(client, orderId, { type: 'return.refunded', message, actor: state.actor });
  }
  if (mayBecome(order.status, 'RETURNED') && (await isAllBack(client, orderId)))
    await changeOrder(client, orderId, {
      ...{ type: 'order.returned', message: STATUS_MESSAGES.RETURNED, status: 'RETURNED' },
    });
  if (isNothing(state)) return;
  await client.query(
    'INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])',
    outboxColumns(orderRefunded({ orderId, number, customerId, amount, currency, refundId })),
  );
}

/** Every unit came back and was paid back, and no return is still open. A gift card comes back by being paid back. */
async function isAllBack(client: PoolClient, orderId: string): Promise<boolean> {
  const { rows } = await client.query<{ all: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM order_line WHERE order_id = $1 AND (returned < quantity AND NOT gift_card OR refunded < quantity))
       AND NOT EXISTS (SELECT FROM order_return WHERE order_id = $1 AND status NOT IN ('REFUNDED', 'REJECTED')) AS all`,
    [orderId],
  );
  return rows[0]?.all ?? false;
}
