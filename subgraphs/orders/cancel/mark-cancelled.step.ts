import { live } from '#platform/live/live.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import type { Step } from '#platform/saga/saga.ts';
import { LeaseLost } from '#platform/saga/saga-store.ts';
import { checkoutConfig } from '../checkout/config.ts';
import { orderCancelled, orderStatusChanged } from '../contracts/orders.events.ts';
import { database } from '../database.ts';
import { type CancelState, tooLate } from './cancel-state.ts';

/** The order and its history, and the saga's next step with them. Nothing after this may keep it from being cancelled. */
export const markCancelled: Step<CancelState> = {
  name: 'cancel',
  joins: true,
  recordsNext: true,
  async do({ orderId, message, reason, actor }, lease) {
    const [result] = await cancel(
      ...[lease.id, lease.fence, message, actor, reason],
      ...[orderCancelled.topic, consumersOf(orderCancelled.topic)],
      ...[orderStatusChanged.topic, consumersOf(orderStatusChanged.topic)],
    );
    if (!result?.held) throw new LeaseLost(`The lease on the cancellation of ${orderId} is lost.`);
    if (!result.cancelled) throw tooLate();
    live.publish(`order:${orderId}`);
  },
};

// All that was captured goes back, what edits gave back before included.
const cancel = database.statement<{ held: boolean; cancelled: boolean }>(
  'orders.cancel',
  `WITH held AS (
     SELECT id FROM saga WHERE id = $1 AND name = 'cancel' AND fence = $2 AND state = 'RUNNING' AND step = 'stop' FOR UPDATE),
   o AS (
     UPDATE orders SET status = 'CANCELLED', version = version + 1, updated_at = now(),
       payment_status = CASE WHEN payment_status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED') THEN 'REFUNDED' ELSE 'VOIDED' END,
       refunded = CASE WHEN payment_status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED') THEN total + edit_refunded ELSE refunded END
     FROM held WHERE orders.id = held.id AND status IN ('CONFIRMED', 'PREPARING') RETURNING orders.*),
   s AS (
     UPDATE saga SET step = 'void', lease_until = now() + make_interval(secs => ${checkoutConfig.leaseMs / 1_000}), updated_at = now()
     FROM o WHERE saga.id = o.id AND saga.name = 'cancel'),
   e AS (
     INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status, actor)
     SELECT id, version, 'order.cancelled', $3, status, payment_status, fulfillment_status, $4 FROM o),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT 'evt_' || replace(gen_random_uuid()::text, '-', '') || '-' || news.consumer, news.topic, news.consumer, jsonb_build_object(
       'orderId', o.id, 'number', o.number, 'customerId', o.customer_id) || news.more
     FROM o, LATERAL (
       SELECT $6::text AS topic, unnest($7::text[]) AS consumer, jsonb_build_object('reason', $5::text) AS more
       UNION ALL
       SELECT $8::text, unnest($9::text[]), jsonb_build_object('status', o.status,
         'at', to_char(o.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) WHERE o.customer_id IS NOT NULL) news)
   SELECT EXISTS (SELECT FROM held) AS held, EXISTS (SELECT FROM o) AS cancelled`,
);
