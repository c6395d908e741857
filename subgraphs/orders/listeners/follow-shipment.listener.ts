import { live } from '#platform/live/live.ts';
import { defineBatchListener } from '#platform/outbox/listener.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import { type FulfillmentMove, fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { orderStatusChanged } from '../contracts/orders.events.ts';
import { database } from '../database.ts';
import { PARCEL_WAY, STATUS_MESSAGES } from '../rules/order-lifecycle.ts';
import { isPartlyShipped, statusOfUnits } from '../rules/parcel-progress.ts';
import { eachOnce } from './each-once.ts';

/**
 * Parcels moved, many at a time. News may overtake each other: an order that hears of a later status first goes through
 * those before it, so that each is recorded once and in order, and the earlier news then changes nothing.
 */
export const followShipment = defineBatchListener(fulfillmentsMoved, 'orders-follow-shipment', async (told) => {
  const events = eachOnce(told);
  const news = newsOf(events.flatMap(({ payload }) => payload.moves));
  const parts = events.flatMap(({ id, payload }) => payload.moves.flatMap((move) => partsOf(id, move)));
  const moved = await follow(
    events.map(({ id }) => id),
    news.map(({ orderId }) => orderId),
    news.map(({ rank }) => rank),
    ...[1, 2, 3, 4].map((step) => news.map(({ reachedAt }) => reachedAt[step])),
    news.map(({ partlyAt }) => partlyAt),
    parts.map(({ eventId }) => eventId),
    parts.map(({ lineId }) => lineId),
    parts.map(({ quantity }) => quantity),
    PARCEL_WAY,
    PARCEL_WAY.map((status) => STATUS_MESSAGES[status]),
    orderStatusChanged.topic,
    consumersOf(orderStatusChanged.topic),
  );
  for (const { id: orderId } of moved) live.publish(`order:${orderId}`);
});

/** What is new of an order. */
interface News {
  orderId: string;
  /** How far on its way, counted from 1. */
  rank: number;
  /** RFC 3339: when each step of the way was reached, or passed. */
  reachedAt: (string | null)[];
  partlyAt: string | null;
}

/** One piece of news an order, the furthest. Shipping's numbers only grow, so that what came before needs no telling apart. */
function newsOf(moves: readonly FulfillmentMove[]): News[] {
  const orders = new Map<string, News>();
  for (const { orderId, status, at, progress } of moves) {
    if (status === 'CANCELLED') continue;
    const news = orders.get(orderId) ?? { orderId, rank: 1, reachedAt: PARCEL_WAY.map(() => null), partlyAt: null };
    orders.set(orderId, news);
    const rank = PARCEL_WAY.indexOf(statusOfUnits(progress)) + 1;
    news.rank = Math.max(news.rank, rank);
    for (let step = 0; step < rank; step++) news.reachedAt[step] = earlier(news.reachedAt[step] ?? null, at);
    if (isPartlyShipped(progress)) news.partlyAt = earlier(news.partlyAt, at);
  }
  return [...orders.values()];
}

const earlier = (a: string | null, b: string): string => (a !== null && Date.parse(a) <= Date.parse(b) ? a : b);

/** What left while the rest of its order stayed; of an order that leaves as one, its status says enough. */
function partsOf(eventId: string, { status, lines, progress }: FulfillmentMove) {
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  if (status !== 'SHIPPED' || units >= progress.ordered) return [];
  return lines.map(({ lineId, quantity }) => ({ eventId, lineId, quantity }));
}

const follow = database.statement<{ id: string }>(
  'orders.follow-shipment',
  `WITH k AS (
     INSERT INTO handled (event_id, consumer) SELECT unnest($1::text[]), 'orders-follow-shipment' ON CONFLICT DO NOTHING RETURNING event_id),
   parts AS (
     UPDATE order_line l SET shipped = least(l.quantity, l.shipped + p.units) FROM (
       SELECT line_id, sum(quantity)::int AS units FROM unnest($9::text[], $10::text[], $11::int[]) AS p(event_id, line_id, quantity)
       JOIN k USING (event_id) GROUP BY line_id) p WHERE l.id = p.line_id),
   due AS (
     SELECT o.id, o.number, o.customer_id, o.version, o.payment_status, o.fulfillment_status, n.rank, n.at2, n.at3, n.at4, n.at5, n.partly_at,
       array_position($12::text[], o.status) AS was,
       (n.partly_at IS NOT NULL AND n.rank = 2 AND o.fulfillment_status = 'UNFULFILLED')::int AS partly
     FROM orders o JOIN unnest($2::text[], $3::int[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[])
       AS n(order_id, rank, at2, at3, at4, at5, partly_at) ON o.id = n.order_id
     WHERE array_position($12::text[], o.status) < n.rank
       OR (n.partly_at IS NOT NULL AND n.rank = 2 AND o.status = 'PREPARING' AND o.fulfillment_status = 'UNFULFILLED')
     ORDER BY o.id FOR UPDATE OF o),
   o AS (
     UPDATE orders SET status = ($12::text[])[d.rank], version = orders.version + d.rank - d.was + d.partly, updated_at = now(),
       fulfillment_status = CASE WHEN d.rank = 5 THEN 'DELIVERED' WHEN d.rank >= 3 THEN 'FULFILLED' WHEN d.partly = 1 THEN 'PARTIALLY_FULFILLED'
         ELSE d.fulfillment_status END
     FROM due d WHERE orders.id = d.id RETURNING orders.id),
   steps AS (
     SELECT d.*, n, ($12::text[])[d.was + n] AS status, d.was + n AS step, (ARRAY[at2, at3, at4, at5])[d.was + n - 1] AS at
     FROM due d JOIN o USING (id), generate_series(1, d.rank - d.was) AS n),
   e AS (
     INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status, at)
     SELECT id, version + n, 'order.' || lower(replace(status, '_', '-')), ($13::text[])[step], status, payment_status,
       CASE WHEN step = 5 THEN 'DELIVERED' WHEN step >= 3 THEN 'FULFILLED' ELSE fulfillment_status END, at FROM steps
     UNION ALL
     SELECT id, version + rank - was + 1, 'order.partially-shipped', 'Part of the order is on its way', 'PREPARING', payment_status,
       'PARTIALLY_FULFILLED', partly_at FROM due JOIN o USING (id) WHERE partly = 1),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT 'evt_' || replace(gen_random_uuid()::text, '-', '') || '-' || consumer, $14, consumer, jsonb_build_object('orderId', id,
       'number', number, 'customerId', customer_id, 'status', status, 'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
     FROM steps, unnest($15::text[]) AS consumer WHERE customer_id IS NOT NULL)
   SELECT id FROM o`,
);
