import type { Step } from '#platform/saga/saga.ts';
import { paymentVoid } from '#subgraphs/payments/contracts/payments.ts';
import { database } from '../database.ts';
import type { CancelState } from './cancel-state.ts';

/** Releases or refunds. What was captured while the order was being cancelled is a refund we had not heard of. */
export const giveMoneyBack: Step<CancelState> = {
  name: 'void',
  async do({ context, orderId }) {
    const { paymentVoid: result } = await context.ask(paymentVoid, { orderId });
    if (result.payment?.status === 'REFUNDED') await refunded(orderId);
  },
};

const refunded = database.statement(
  'orders.refunded',
  `WITH o AS (
     UPDATE orders SET payment_status = 'REFUNDED', refunded = total + edit_refunded, version = version + 1, updated_at = now()
     WHERE id = $1 AND status = 'CANCELLED' AND payment_status <> 'REFUNDED' RETURNING *)
   INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
   SELECT id, version, 'payment.refunded', 'Payment refunded', status, payment_status, fulfillment_status FROM o`,
);
