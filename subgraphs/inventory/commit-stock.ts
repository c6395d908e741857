import { Arg, ID, Mutation, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { outboxColumns } from '#platform/outbox/announce.ts';
import { reservationLost } from './contracts/inventory.events.ts';
import { database } from './database.ts';
import { announceLow, lowStockConsumers } from './low-stock.ts';
import { StockReservePayload } from './reserve-stock.ts';
import { ALLOCATION } from './stock-allocation.ts';
import { announceStock } from './stock-news.ts';

@Resolver()
export class CommitStockResolver {
  @Internal()
  @Mutation(() => StockReservePayload, {
    description: 'The reservation no longer expires. `held` false: it had expired and could not be had again.',
  })
  async stockCommit(@Arg('orderId', () => ID) orderId: string): Promise<StockReservePayload> {
    return { held: isHeld(await commitStock(orderId)), shortages: [] };
  }
}

/**
 * Makes an order's reservation last until it is shipped or released; one that expired meanwhile is taken again if
 * there is enough, from wherever it is now. Answers how the reservation stands, null where there never was one. An
 * event that was handled before changes nothing; one that finds the goods gone is answered by `reservationLost`.
 */
export async function commitStock(orderId: string, event?: { id: string; consumer: string }): Promise<string | null> {
  const lost = outboxColumns(...(event ? [reservationLost({ orderId })] : []));
  const [result] = await commit(orderId, event?.id ?? null, event?.consumer ?? null, lowStockConsumers(), ...lost);
  announceStock(result?.taken ?? []);
  return result?.state ?? null;
}

export const isHeld = (state: string | null): boolean => state === 'COMMITTED' || state === 'SHIPPED';

const FRESH = '($2::text IS NULL OR EXISTS (SELECT FROM noted))';

const commit = database.statement<{ state: string | null; taken: string[] }>(
  'inventory.commit',
  `WITH noted AS (
     INSERT INTO handled (event_id, consumer) SELECT $2, $3 WHERE $2::text IS NOT NULL ON CONFLICT DO NOTHING RETURNING 1),
   mine AS (SELECT * FROM reservation WHERE order_id = $1 FOR UPDATE),
   want AS (
     SELECT line.variant_id, sum(line.quantity)::int AS quantity
     FROM mine CROSS JOIN unnest(mine.variant_ids, mine.quantities) AS line(variant_id, quantity)
     WHERE mine.state = 'EXPIRED' AND ${FRESH} GROUP BY line.variant_id),${ALLOCATION},
   again AS (
     SELECT array_agg(variant_id) AS variant_ids, array_agg(location_id) AS location_ids, array_agg(quantity) AS quantities
     FROM portion),
   committed AS (
     UPDATE reservation r SET state = 'COMMITTED', previous_state = mine.state, expires_at = NULL, changed_at = now(),
       variant_ids = coalesce(again.variant_ids, mine.variant_ids),
       location_ids = coalesce(again.location_ids, mine.location_ids),
       quantities = coalesce(again.quantities, mine.quantities),
       -- What was promised to others meanwhile stays theirs.
       created_at = CASE mine.state WHEN 'EXPIRED' THEN now() ELSE mine.created_at END
     FROM mine, again
     WHERE r.order_id = mine.order_id AND ${FRESH}
       AND (mine.state = 'RESERVED' OR mine.state = 'EXPIRED' AND NOT EXISTS (SELECT FROM short))
     RETURNING r.state),
   taken AS (
     UPDATE stock s SET on_hand = portion.on_hand, reserved = portion.reserved + portion.quantity FROM portion
     WHERE EXISTS (SELECT FROM committed) AND s.variant_id = portion.variant_id AND s.location_id = portion.location_id
     RETURNING s.variant_id),
   ${announceLow('EXISTS (SELECT FROM committed)', '$4')},
   lost AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT * FROM unnest($5::text[], $6::text[], $7::text[], $8::jsonb[]) WHERE EXISTS (SELECT FROM short))
   SELECT coalesce((SELECT state FROM committed), (SELECT state FROM mine))::text AS state,
     ARRAY(SELECT DISTINCT variant_id FROM taken) AS taken`,
);
