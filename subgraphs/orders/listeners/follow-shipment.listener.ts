import { live } from '#platform/live/live.ts';
import { defineListener } from '#platform/outbox/listener.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import { fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { orderStatusChanged } from '../contracts/orders.events.ts';
import { database } from '../database.ts';
import { PARCEL_WAY, STATUS_MESSAGES } from '../rules/order-lifecycle.ts';

/**
 * Parcels moved, many at a time. News may overtake each other: an order that hears of a later status first goes through
 * those before it, so that each is recorded once and in order, and the earlier news then changes nothing.
 */
export const followShipment = defineListener(
  fulfillmentsMoved,
  'orders-follow-shipment',
  async ({ id, payload: { moves } }) => {
    const forward = moves.filter(({ status }) => status !== 'CANCELLED');
    const moved = await follow(
      id,
      forward.map(({ orderId }) => orderId),
      forward.map(({ status }) => (PARCEL_WAY as readonly string[]).indexOf(status) + 1),
      forward.map(({ at }) => at),
      PARCEL_WAY,
      PARCEL_WAY.map((status) => STATUS_MESSAGES[status]),
      orderStatusChanged.topic,
      consumersOf(orderStatusChanged.topic),
    );
    for (const { id: orderId } of moved) live.publish(`order:${orderId}`);
  },
);

const follow = database.statement<{ id: string }>(
  'orders.follow-shipment',
  `WITH k AS (INSERT INTO handled (event_id, consumer) VALUES ($1, 'orders-follow-shipment') ON CONFLICT DO NOTHING RETURNING event_id),
   news AS (
     SELECT m.order_id, max(m.rank) AS rank, max(m.at) AS at FROM k, unnest($2::text[], $3::int[], $4::timestamptz[]) AS m(order_id, rank, at)
     GROUP BY m.order_id),
   due AS (
     SELECT o.id, o.number, o.customer_id, o.version, o.payment_status, array_position($5::text[], o.status) AS was, n.rank, n.at
     FROM orders o JOIN news n ON n.order_id = o.id
     WHERE array_position($5::text[], o.status) < n.rank ORDER BY o.id FOR UPDATE OF o),
   o AS (
     UPDATE orders SET status = ($5::text[])[d.rank], version = orders.version + d.rank - d.was, updated_at = now(),
       fulfillment_status = CASE WHEN ($5::text[])[d.rank] = 'DELIVERED' THEN 'DELIVERED' WHEN d.rank >= 3 THEN 'FULFILLED' ELSE 'UNFULFILLED' END
     FROM due d WHERE orders.id = d.id RETURNING orders.id),
   steps AS (
     SELECT d.*, n, ($5::text[])[d.was + n] AS status, d.was + n AS rank_now FROM due d JOIN o USING (id), generate_series(1, d.rank - d.was) AS n),
   e AS (
     INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status, at)
     SELECT id, version + n, 'order.' || lower(replace(status, '_', '-')), ($6::text[])[rank_now], status, payment_status,
       CASE WHEN status = 'DELIVERED' THEN 'DELIVERED' WHEN rank_now >= 3 THEN 'FULFILLED' ELSE 'UNFULFILLED' END, at FROM steps),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT 'evt_' || replace(gen_random_uuid()::text, '-', '') || '-' || consumer, $7, consumer, jsonb_build_object('orderId', id,
       'number', number, 'customerId', customer_id, 'status', status, 'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
     FROM steps, unnest($8::text[]) AS consumer WHERE customer_id IS NOT NULL)
   SELECT id FROM o`,
);
