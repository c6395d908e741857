import { defineListener } from '#platform/outbox/listener.ts';
import { fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { database } from '../database.ts';

const CONSUMER = 'inventory-ship-reservation';

/** Goods that left are no longer on hand, nor reserved. What can be promised stays as it was. */
export const shipReservation = defineListener(fulfillmentsMoved, CONSUMER, async ({ id, payload: { moves } }) => {
  const orderIds = moves.filter((move) => move.status === 'SHIPPED').map((move) => move.orderId);
  if (orderIds.length > 0) await ship(id, CONSUMER, orderIds);
});

const ship = database.statement(
  'inventory.ship',
  `WITH noted AS (
     INSERT INTO handled (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1),
   mine AS (
     SELECT order_id, location_id, variant_ids, quantities FROM reservation
     WHERE order_id = ANY($3::text[]) AND state IN ('RESERVED', 'COMMITTED') AND EXISTS (SELECT FROM noted)
     ORDER BY order_id COLLATE "C" FOR UPDATE),
   shipped AS (
     UPDATE reservation r SET state = 'SHIPPED', previous_state = r.state, expires_at = NULL, changed_at = now()
     FROM mine WHERE r.order_id = mine.order_id),
   line AS (
     SELECT mine.order_id, mine.location_id, l.variant_id, l.quantity
     FROM mine CROSS JOIN unnest(mine.variant_ids, mine.quantities) AS l(variant_id, quantity)),
   total AS (
     SELECT variant_id, location_id, sum(quantity)::int AS quantity FROM line GROUP BY variant_id, location_id),
   locked AS (
     SELECT s.*, total.quantity FROM stock s JOIN total USING (variant_id, location_id)
     ORDER BY s.variant_id COLLATE "C" FOR NO KEY UPDATE OF s),
   moved AS (
     UPDATE stock s SET on_hand = locked.on_hand - quantity, reserved = locked.reserved - quantity FROM locked
     WHERE s.variant_id = locked.variant_id AND s.location_id = locked.location_id)
   INSERT INTO stock_movement (variant_id, location_id, change, reason, order_id)
   SELECT variant_id, location_id, -quantity, 'SHIPPED', order_id FROM line`,
);
