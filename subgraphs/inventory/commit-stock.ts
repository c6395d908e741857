import { Arg, ID, Mutation, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';
import { StockReservePayload } from './reserve-stock.ts';
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
 * there is enough. Answers how the reservation stands, null where there never was one. An event that was handled
 * before changes nothing.
 */
export async function commitStock(orderId: string, event?: { id: string; consumer: string }): Promise<string | null> {
  const [result] = await commit(orderId, event?.id ?? null, event?.consumer ?? null);
  announceStock(result?.taken ?? []);
  return result?.state ?? null;
}

export const isHeld = (state: string | null): boolean => state === 'COMMITTED' || state === 'SHIPPED';

const commit = database.statement<{ state: string | null; taken: string[] }>(
  'inventory.commit',
  `WITH noted AS (
     INSERT INTO handled (event_id, consumer) SELECT $2, $3 WHERE $2::text IS NOT NULL ON CONFLICT DO NOTHING RETURNING 1),
   mine AS (SELECT * FROM reservation WHERE order_id = $1 FOR UPDATE),
   locked AS (
     SELECT s.*, line.quantity
     FROM mine CROSS JOIN unnest(mine.variant_ids, mine.quantities) AS line(variant_id, quantity)
     JOIN stock s ON s.variant_id = line.variant_id AND s.location_id = mine.location_id
     WHERE mine.state = 'EXPIRED' AND ($2::text IS NULL OR EXISTS (SELECT FROM noted))
     ORDER BY s.variant_id COLLATE "C" FOR NO KEY UPDATE OF s),
   committed AS (
     UPDATE reservation r SET state = 'COMMITTED', previous_state = r.state, expires_at = NULL, changed_at = now()
     FROM mine
     WHERE r.order_id = mine.order_id AND ($2::text IS NULL OR EXISTS (SELECT FROM noted)) AND (mine.state = 'RESERVED'
       OR mine.state = 'EXPIRED' AND
         (SELECT count(*) FROM locked WHERE on_hand - reserved >= quantity) = cardinality(mine.variant_ids))
     RETURNING r.state, r.previous_state),
   taken AS (
     UPDATE stock s SET on_hand = locked.on_hand, reserved = locked.reserved + quantity FROM locked
     WHERE EXISTS (SELECT FROM committed WHERE previous_state = 'EXPIRED')
       AND s.variant_id = locked.variant_id AND s.location_id = locked.location_id RETURNING s.variant_id)
   SELECT coalesce((SELECT state FROM committed), (SELECT state FROM mine))::text AS state,
     ARRAY(SELECT variant_id FROM taken) AS taken`,
);
