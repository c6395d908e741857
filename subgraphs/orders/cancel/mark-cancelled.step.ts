import { live } from '#platform/live/live.ts';
import type { Step } from '#platform/saga/saga.ts';
import { LeaseLost } from '#platform/saga/saga-store.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { database } from '../database.ts';
import { type CancelState, tooLate } from './cancel-state.ts';

/** The order and its history, and the saga's next step with them. Nothing after this may keep it from being cancelled. */
export const markCancelled: Step<CancelState> = {
  name: 'cancel',
  joins: true,
  recordsNext: true,
  async do({ orderId, message }, lease) {
    const [result] = await cancel(lease.id, lease.fence, message);
    if (!result?.held) throw new LeaseLost(`The lease on the cancellation of ${orderId} is lost.`);
    if (!result.cancelled) throw tooLate();
    live.publish(`order:${orderId}`);
  },
};

const cancel = database.statement<{ held: boolean; cancelled: boolean }>(
  'orders.cancel',
  `WITH held AS (
     SELECT id FROM saga WHERE id = $1 AND name = 'cancel' AND fence = $2 AND state = 'RUNNING' AND step = 'stop' FOR UPDATE),
   o AS (
     UPDATE orders SET status = 'CANCELLED', payment_status = CASE payment_status WHEN 'PAID' THEN 'REFUNDED' ELSE 'VOIDED' END,
       refunded = CASE payment_status WHEN 'PAID' THEN total ELSE refunded END, version = version + 1, updated_at = now()
     FROM held WHERE orders.id = held.id AND status IN ('CONFIRMED', 'PREPARING') RETURNING orders.*),
   s AS (
     UPDATE saga SET step = 'void', lease_until = now() + make_interval(secs => ${checkoutConfig.leaseMs / 1_000}), updated_at = now()
     FROM o WHERE saga.id = o.id AND saga.name = 'cancel'),
   e AS (
     INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
     SELECT id, version, 'order.cancelled', $3, status, payment_status, fulfillment_status FROM o)
   SELECT EXISTS (SELECT FROM held) AS held, EXISTS (SELECT FROM o) AS cancelled`,
);
