import { live } from '#platform/live/live.ts';
import { outboxColumns } from '#platform/outbox/announce.ts';
import type { Step } from '#platform/saga/saga.ts';
import { LeaseLost } from '#platform/saga/saga-store.ts';
import { orderConfirmed } from '../contracts/orders.events.ts';
import { database } from '../database.ts';
import { STATUS_MESSAGES } from '../rules/order-lifecycle.ts';
import type { CheckoutState } from './checkout-state.ts';
import { checkoutConfig } from './config.ts';

/** The order, its history and its announcement, in one transaction. Nothing after this may fail the order. */
export const confirmOrder: Step<CheckoutState> = {
  name: 'confirm',
  joins: true,
  recordsNext: true,
  pivot: true,
  async do({ orderId }, lease) {
    const rows = await confirm(lease.id, lease.fence, ...outboxColumns(orderConfirmed({ orderId })));
    if (rows.length === 0) throw new LeaseLost(`The lease on checkout ${orderId} is lost.`);
    live.publish(`order:${orderId}`);
  },
};

/** Its goods are taken again, and may be on backorder then: shipping is to ask. Databases need not agree on the time. */
const RESERVATION_MAY_BE_OVER = `placed_at < now() - make_interval(secs => ${checkoutConfig.paymentDueMs / 1_000})`;

const confirm = database.groupedStatement(
  'orders.confirm',
  `WITH s AS (
     UPDATE saga SET step = 'close', lease_until = now() + make_interval(secs => ${checkoutConfig.leaseMs / 1_000}), updated_at = now()
     WHERE id = $1 AND name = 'checkout' AND fence = $2 AND state = 'RUNNING' AND step = 'authorize' RETURNING id),
   o AS (
     UPDATE orders SET status = 'CONFIRMED', payment_status = CASE WHEN total = 0 THEN 'PAID' ELSE 'AUTHORIZED' END, next_action = NULL,
       payment_due_at = NULL, confirmed_at = now(), backordered = backordered OR ${RESERVATION_MAY_BE_OVER}, version = version + 1, updated_at = now()
     FROM s WHERE orders.id = s.id AND status = 'PENDING_PAYMENT' RETURNING orders.*),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT a.* FROM o, unnest($3::text[], $4::text[], $5::text[], $6::jsonb[]) AS a)
   INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
   SELECT id, version, 'order.confirmed', '${STATUS_MESSAGES.CONFIRMED}', status, payment_status, fulfillment_status FROM o
   RETURNING order_id`,
);
