import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { database } from './database.ts';
import { announceStock } from './stock-news.ts';

const EVERY_MS = 2_000;
const BATCH = 200;

/** Takes reservations back whose time ran out before their order was confirmed. */
export const startExpiring = (): Running =>
  every(EVERY_MS, 'The sweep of expired reservations', async () => (await expireReservations()) === BATCH);

/** One batch; answers how many expired. Several sweepers share them out. */
export async function expireReservations(): Promise<number> {
  const [result] = await expire();
  announceStock(result?.given ?? []);
  return result?.expired ?? 0;
}

const expire = database.statement<{ expired: number; given: string[] }>(
  'inventory.expire',
  `WITH due AS (
     SELECT order_id, variant_ids, location_ids, quantities FROM reservation
     WHERE state = 'RESERVED' AND expires_at < now()
     ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED),
   expired AS (
     UPDATE reservation r SET state = 'EXPIRED', previous_state = r.state, changed_at = now()
     FROM due WHERE r.order_id = due.order_id RETURNING 1),
   total AS (
     SELECT line.variant_id, line.location_id, sum(line.quantity)::int AS quantity
     FROM due CROSS JOIN unnest(due.variant_ids, due.location_ids, due.quantities) AS line(variant_id, location_id, quantity)
     GROUP BY line.variant_id, line.location_id),
   locked AS (
     SELECT s.*, total.quantity FROM stock s JOIN total USING (variant_id, location_id)
     ORDER BY s.variant_id COLLATE "C", s.location_id COLLATE "C" FOR NO KEY UPDATE OF s),
   given AS (
     UPDATE stock s SET on_hand = locked.on_hand, reserved = locked.reserved - quantity FROM locked
     WHERE s.variant_id = locked.variant_id AND s.location_id = locked.location_id RETURNING s.variant_id)
   SELECT (SELECT count(*) FROM expired)::int AS expired, ARRAY(SELECT DISTINCT variant_id FROM given) AS given`,
);
