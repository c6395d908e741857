import type pg from 'pg';
import { live } from '#platform/live/live.ts';
import { money, toDecimal } from '#platform/money/money.ts';
import { outboxColumns } from '#platform/outbox/announce.ts';
import type { Step } from '#platform/saga/saga.ts';
import { orderEdited } from '../contracts/orders.events.ts';
import { database } from '../database.ts';
import type { OrderRecord } from '../order.records.ts';
import { type EditRecord, editById, type OrderContent, writeStep } from './edit.records.ts';
import { type EditState, tooLateToEdit } from './edit-state.ts';

/** The order as it will be: its lines, what it costs, what of that is due. Undone, it is as it was, with a word of it. */
export const writeEdit: Step<EditState> = {
  name: 'write',
  joins: true,
  recordsNext: true,
  async do(state, lease) {
    const { edit, order, input } = state;
    const due = edit.difference > 0n ? edit.difference : 0n;
    const says =
      due > 0n ? `Order changed, ${toDecimal(money(due, order.currency))} ${order.currency} to pay` : 'Order changed';
    await writeStep(lease, 'stock', { step: 'pay' }, async (client) => {
      const status = due > 0n ? 'PARTIALLY_PAID' : null;
      const isWritten = await putContent(client, edit, edit.after!, { due, status, type: 'order.changed', says });
      if (!isWritten) throw tooLateToEdit();
      await client.query('UPDATE order_edit SET written = true WHERE id = $1', [edit.id]);
      if (input.notify) await client.query(ANNOUNCE, outboxColumns(newsOf(edit, order)));
    });
    live.publish(`order:${edit.order_id}`);
    state.edit = (await editById(edit.id))!;
  },
  async undo({ edit: known }, lease) {
    await writeStep(lease, null, null, async (client) => {
      const { rows } = await client.query<{ written: boolean }>('SELECT written FROM order_edit WHERE id = $1', [
        known.id,
      ]);
      if (!rows[0]?.written) return;
      const says = 'Change of the order withdrawn';
      const status = known.before.paymentStatus;
      await putContent(client, known, known.before, { due: 0n, status, type: 'order.change-withdrawn', says });
      await client.query('UPDATE order_edit SET written = false WHERE id = $1', [known.id]);
    });
    live.publish(`order:${known.order_id}`);
  },
};

function newsOf({ id: editId, difference }: EditRecord, order: OrderRecord) {
  const { id: orderId, number, customer_id: customerId, currency } = order;
  const decimal = (minor: bigint) => toDecimal(money(minor > 0n ? minor : 0n, currency));
  return orderEdited({
    orderId,
    number,
    customerId,
    editId,
    balance: decimal(difference),
    refund: decimal(-difference),
    currency,
  });
}

const ANNOUNCE =
  'INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])';

interface Change {
  due: bigint;
  /** Null leaves it as it is. */
  status: string | null;
  type: string;
  says: string;
}

/** False when the order can no longer be changed, because it was cancelled or left. */
async function putContent(
  client: pg.PoolClient,
  edit: EditRecord,
  content: OrderContent,
  change: Change,
): Promise<boolean> {
  const { rowCount } = await client.query(PUT_ORDER, [
    ...[edit.order_id, edit.id, content.subtotal, content.discount, content.shipping, content.tax, content.total],
    ...[content.taxIncluded, JSON.stringify(content.taxLines), JSON.stringify(content.deliveryOption)],
    ...[change.due.toString(), change.status, change.type, change.says, edit.actor],
  ]);
  if (!rowCount) return false;
  await client.query('DELETE FROM order_line WHERE order_id = $1 AND id <> ALL ($2::text[])', [
    edit.order_id,
    content.lines.map(({ id }) => id),
  ]);
  await client.query(PUT_LINES, [edit.order_id, JSON.stringify(content.lines)]);
  return true;
}

const PUT_ORDER = `WITH o AS (
    UPDATE orders SET subtotal = $3, discount = $4, shipping = $5, tax = $6, total = $7, tax_included = $8, tax_lines = $9,
      delivery_option = $10, balance = $11, payment_status = coalesce($12, payment_status), next_action = NULL, payment_due_at = NULL,
      version = version + 1, updated_at = now()
    WHERE id = $1 AND edit_id = $2 AND status IN ('CONFIRMED', 'PREPARING') RETURNING *)
  INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status, actor)
  SELECT id, version, $13, $14, status, payment_status, fulfillment_status, $15 FROM o`;

const PUT_LINES = `INSERT INTO order_line (id, order_id, position, variant_id, product_id, seller_id, sku, title, options, image_url,
    quantity, weight_grams, unit_price, discount, tax, total)
  SELECT id, $1, position, variant_id, product_id, seller_id, sku, title, options, image_url, quantity, weight_grams, unit_price, discount,
    tax, total FROM jsonb_populate_recordset(NULL::order_line, $2::jsonb)
  ON CONFLICT (id) DO UPDATE SET quantity = excluded.quantity, discount = excluded.discount, tax = excluded.tax, total = excluded.total`;

/** What an edit that takes effect leaves: nothing is due any more, and what is given back is no part of the total. */
export const applied = database.statement<{ id: string }>(
  'orders.apply-edit',
  `WITH s AS (
     SELECT id FROM saga WHERE id = $1 AND name = 'edit' AND fence = $2 AND state = 'RUNNING' AND step = 'pay' FOR UPDATE),
   e AS (SELECT e.* FROM order_edit e JOIN s USING (id)),
   o AS (
     UPDATE orders SET balance = 0, next_action = NULL, payment_due_at = NULL, edits = edits + 1, version = version + 1, updated_at = now(),
       edit_refunded = edit_refunded + greatest(-e.difference, 0),
       payment_status = CASE WHEN e.difference > 0 THEN e.before ->> 'paymentStatus' ELSE payment_status END
     FROM e WHERE orders.id = e.order_id AND orders.edit_id = e.id AND orders.status IN ('CONFIRMED', 'PREPARING')
     RETURNING orders.*, e.actor, e.difference),
   d AS (
     UPDATE order_edit SET state = 'APPLIED', ended_at = now(), payment = payment - 'token' FROM o WHERE order_edit.id = o.edit_id),
   n AS (
     UPDATE saga SET step = 'refund', updated_at = now(), attempts = 1, bugs = 1 FROM o WHERE saga.id = o.edit_id AND saga.name = 'edit'),
   h AS (
     INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status, actor)
     SELECT id, version, 'order.edited', CASE WHEN difference > 0 THEN 'Change paid and made' ELSE 'Change made' END, status, payment_status,
       fulfillment_status, actor FROM o)
   SELECT o.id FROM o`,
);
