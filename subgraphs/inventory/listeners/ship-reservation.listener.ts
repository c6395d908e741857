import type { Event } from '#platform/outbox/event.ts';
import { defineBatchListener } from '#platform/outbox/listener.ts';
import { log } from '#platform/telemetry/log.ts';
import { type FulfillmentMove, fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { commitStock } from '../commit-stock.ts';
import { database } from '../database.ts';

const CONSUMER = 'inventory-ship-reservation';

/**
 * Goods that left are no longer on hand, nor reserved: each parcel's lines once. What can be promised stays as it was,
 * and what has not left yet stays reserved.
 */
export const shipReservation = defineBatchListener(fulfillmentsMoved, CONSUMER, async (events) => {
  const left = linesThatLeft(events);
  if (left.length === 0) return;
  const found = await shipLines(left, false);
  const expired = found.filter(({ isExpired }) => isExpired).map(({ orderId }) => orderId);
  // The word that the order was confirmed may come later than that of its parcel.
  for (const orderId of expired) await commitStock(orderId);
  const unheld = expired.length > 0 ? await shipLines(left, true) : found;
  for (const { orderId, variantId, quantity } of unheld)
    log.error(
      { orderId, variantId, quantity },
      'A parcel left with goods that its order did not hold: look at the stock',
    );
});

/** What of these was not held; or, unless they are shipped anyway, the orders whose reservation expired, and nothing was done. */
function shipLines(left: ReturnType<typeof linesThatLeft>, anyway: boolean) {
  const column = <Value>(value: (line: (typeof left)[number]) => Value) => left.map(value);
  return ship(
    CONSUMER,
    column(({ eventId }) => eventId),
    column(({ fulfillmentId }) => fulfillmentId),
    column(({ orderId }) => orderId),
    column(({ variantId }) => variantId),
    column(({ quantity }) => quantity),
    anyway,
  );
}

/** A parcel that is told of twice counts once, and lines of one variant together. */
function linesThatLeft(events: readonly Event<{ moves: FulfillmentMove[] }>[]) {
  const told = new Set<string>();
  return events.flatMap(({ id: eventId, payload }) =>
    payload.moves.flatMap(({ status, fulfillmentId, orderId, lines }) => {
      if (status !== 'SHIPPED' || told.has(fulfillmentId)) return [];
      told.add(fulfillmentId);
      const quantities = new Map<string, number>();
      for (const { variantId, quantity } of lines)
        quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
      return [...quantities].map(([variantId, quantity]) => ({ eventId, fulfillmentId, orderId, variantId, quantity }));
    }),
  );
}

/**
 * `held_line` and `gone` lay what an order holds of a variant, and what its parcels took, along one line each: where two
 * stretches overlap, that much of the parcel came from that location. Reservations are locked by order, then stock.
 */
const ship = database.statement<{ orderId: string; variantId: string; quantity: number; isExpired: boolean }>(
  'inventory.ship',
  `WITH part AS (
     SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[])
       AS p(event_id, fulfillment_id, order_id, variant_id, quantity)),
   mine AS (SELECT * FROM reservation WHERE order_id = ANY($4::text[]) ORDER BY order_id COLLATE "C" FOR UPDATE),
   expired AS (SELECT order_id FROM mine WHERE state = 'EXPIRED' AND NOT $7::boolean),
   noted AS (
     INSERT INTO handled (event_id, consumer) SELECT DISTINCT event_id, $1 FROM part WHERE NOT EXISTS (SELECT FROM expired)
     ORDER BY event_id ON CONFLICT DO NOTHING RETURNING event_id),
   fresh AS (
     SELECT part.* FROM part JOIN noted USING (event_id) LEFT JOIN mine USING (order_id)
     WHERE (fulfillment_id = ANY (mine.fulfillment_ids)) IS NOT TRUE),
   gone AS (
     SELECT *, sum(quantity) OVER (PARTITION BY order_id, variant_id ORDER BY fulfillment_id) AS until FROM fresh),
   held_line AS (
     SELECT mine.order_id, l.*, sum(l.quantity) OVER (PARTITION BY mine.order_id, l.variant_id ORDER BY l.nth) AS until
     FROM mine CROSS JOIN unnest(mine.variant_ids, mine.location_ids, mine.quantities)
       WITH ORDINALITY AS l(variant_id, location_id, quantity, nth)
     WHERE mine.state IN ('RESERVED', 'COMMITTED')),
   left_line AS (
     SELECT h.order_id, h.nth, h.variant_id, h.location_id, gone.fulfillment_id,
       (least(h.until, gone.until) - greatest(h.until - h.quantity, gone.until - gone.quantity))::int AS quantity
     FROM held_line h JOIN gone USING (order_id, variant_id)
     WHERE least(h.until, gone.until) > greatest(h.until - h.quantity, gone.until - gone.quantity)),
   remaining AS (
     SELECT order_id, array_agg(variant_id ORDER BY nth) FILTER (WHERE quantity > 0) AS variant_ids,
       array_agg(location_id ORDER BY nth) FILTER (WHERE quantity > 0) AS location_ids,
       array_agg(quantity ORDER BY nth) FILTER (WHERE quantity > 0) AS quantities
     FROM (
       SELECT h.order_id, h.nth, h.variant_id, h.location_id, (h.quantity - coalesce(sum(l.quantity), 0))::int AS quantity
       FROM held_line h LEFT JOIN left_line l USING (order_id, nth) GROUP BY h.order_id, h.nth, h.variant_id, h.location_id, h.quantity) AS line
     GROUP BY order_id),
   shipped AS (
     UPDATE reservation r SET previous_state = mine.state, expires_at = NULL, changed_at = now(),
       state = CASE WHEN remaining.quantities IS NULL THEN 'SHIPPED' ELSE 'COMMITTED' END::reservation_state,
       variant_ids = coalesce(remaining.variant_ids, '{}'), location_ids = coalesce(remaining.location_ids, '{}'),
       quantities = coalesce(remaining.quantities, '{}'), fulfillment_ids = mine.fulfillment_ids || parcels.ids
     FROM mine JOIN remaining USING (order_id)
       JOIN (SELECT order_id, array_agg(DISTINCT fulfillment_id) AS ids FROM fresh GROUP BY order_id) AS parcels USING (order_id)
     WHERE r.order_id = mine.order_id),
   total AS (
     SELECT variant_id, location_id, sum(quantity)::int AS quantity FROM left_line GROUP BY variant_id, location_id),
   locked AS (
     SELECT s.*, total.quantity FROM stock s JOIN total USING (variant_id, location_id)
     ORDER BY s.variant_id COLLATE "C", s.location_id COLLATE "C" FOR NO KEY UPDATE OF s),
   moved AS (
     UPDATE stock s SET on_hand = locked.on_hand - quantity, reserved = locked.reserved - quantity FROM locked
     WHERE s.variant_id = locked.variant_id AND s.location_id = locked.location_id),
   journal AS (
     INSERT INTO stock_movement (variant_id, location_id, change, reason, order_id, cause_id)
     SELECT variant_id, location_id, -quantity, 'SHIPPED', order_id, fulfillment_id FROM left_line)
   SELECT order_id AS "orderId", '' AS "variantId", 0 AS quantity, true AS "isExpired" FROM expired
   UNION ALL SELECT order_id, variant_id, (wanted.quantity - coalesce(found.quantity, 0))::int, false
   FROM (SELECT order_id, variant_id, sum(quantity) AS quantity FROM fresh GROUP BY order_id, variant_id) AS wanted
   LEFT JOIN (SELECT order_id, variant_id, sum(quantity) AS quantity FROM left_line GROUP BY order_id, variant_id) AS found
     USING (order_id, variant_id)
   WHERE wanted.quantity > coalesce(found.quantity, 0)`,
);
