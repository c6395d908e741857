import { live } from '#platform/live/live.ts';
import { money, toDecimal } from '#platform/money/money.ts';
import { type Step, Waiting } from '#platform/saga/saga.ts';
import { type Lease, LeaseLost } from '#platform/saga/saga-store.ts';
import { paymentCharge, paymentChargeVoid } from '#subgraphs/payments/contracts/charges.ts';
import type { PaymentResult } from '#subgraphs/payments/contracts/payments.ts';
import { database } from '../database.ts';
import { editConfig } from './config.ts';
import { editById } from './edit.records.ts';
import type { EditState } from './edit-state.ts';

/** What the order costs more is paid by the shopper, who has his time for it; a declined card may be followed by another. */
export const takePayment: Step<EditState> = {
  name: 'pay',
  async do(state, lease) {
    const { context, order } = state;
    // Anew: a shopper may have chosen how to pay since.
    const edit = (await editById(state.edit.id))!;
    state.edit = edit;
    if (edit.difference <= 0n) return;
    if (!edit.payment) return waitForShopper(lease, edit.order_id, null, null);
    const { paymentCharge: result } = await context.ask(paymentCharge, {
      input: {
        orderId: edit.order_id,
        orderNumber: order.number,
        chargeId: edit.payment.chargeId,
        amount: toDecimal(money(edit.difference, order.currency)),
        currency: order.currency,
        token: edit.payment.token ?? '',
        email: order.email,
        provider: edit.payment.provider ?? null,
      },
    });
    if (result.refusal) return waitForShopper(lease, edit.order_id, null, result.refusal.message);
    if (result.nextAction) return waitForShopper(lease, edit.order_id, result.nextAction, null);
  },
  async undo({ context, edit: { id } }) {
    const edit = await editById(id);
    if (!edit?.payment) return;
    await context.ask(paymentChargeVoid, { orderId: edit.order_id, chargeId: edit.payment.chargeId });
  },
};

// The time to pay begins once. A token is of no more use once it was declined.
const park = database.statement(
  'orders.await-edit-payment',
  `WITH s AS (
     UPDATE saga SET state = 'WAITING', due_at = coalesce(due_at, now() + make_interval(secs => ${editConfig.dueMs / 1_000})), updated_at = now()
     WHERE id = $1 AND name = 'edit' AND fence = $2 AND state = 'RUNNING' RETURNING id, due_at),
   e AS (
     UPDATE order_edit SET declined = coalesce($4, declined), payment = CASE WHEN $4::text IS NULL THEN payment END
     FROM s WHERE order_edit.id = s.id),
   o AS (
     UPDATE orders SET next_action = $3, payment_due_at = s.due_at, version = version + 1, updated_at = now()
     FROM s WHERE orders.edit_id = s.id RETURNING orders.*)
   INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
   SELECT id, version, $5, $6, status, payment_status, fulfillment_status FROM o RETURNING order_id`,
);

async function waitForShopper(
  lease: Lease,
  orderId: string,
  nextAction: PaymentResult['nextAction'],
  declined: string | null,
): Promise<never> {
  const action = nextAction && JSON.stringify(nextAction);
  const rows = await park(lease.id, lease.fence, action, declined, ...saysOf(nextAction, declined));
  if (rows.length === 0) throw new LeaseLost(`The lease on the edit ${lease.id} is lost.`);
  live.publish(`order:${orderId}`);
  throw new Waiting('The shopper must pay what the order costs more.');
}

function saysOf(nextAction: PaymentResult['nextAction'], declined: string | null): [type: string, message: string] {
  if (nextAction) return ['payment.requires-action', 'Waiting for you to confirm the payment'];
  return declined
    ? ['payment.declined', 'The payment was declined']
    : ['payment.due', 'Waiting for the payment of the change'];
}
