import { Arg, ID, Mutation, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { log } from '#platform/telemetry/log.ts';
import { database } from './database.ts';
import { announceStock } from './stock-news.ts';
import { StockPayload, variantNotFound } from './stock-payload.type.ts';
import { variantsByIds } from './variant.loaders.ts';

@Resolver()
export class RebuildStockResolver {
  @RequiresScopes('inventory:write')
  @Mutation(() => StockPayload, {
    description:
      'inventory:write. Counts what is on hand and what is reserved anew, from the journal and the open reservations.',
  })
  stockRebuild(@Arg('variantId', () => ID) variantId: string): Promise<StockPayload> {
    return payload(() => rebuildStock(variantId));
  }
}

/**
 * The journal and the reservations are the truth; the row of stock is what they come to, kept so that it is quick to ask.
 * Where broken books let more be promised than there is, that stays promised, as after a withdrawn backorder.
 */
export async function rebuildStock(variantId: string) {
  if (variantId.includes('\0')) throw variantNotFound();
  const mended = await database.transaction(async (client) => {
    // A statement of its own: the one that counts must see all that those committed who held these rows before.
    const { rowCount } = await client.query(LOCK, [variantId]);
    if (rowCount === 0) throw variantNotFound();
    return (await client.query(REBUILD, [variantId])).rows;
  });
  if (mended.length > 0) log.warn({ variantId, mended }, 'Stock was not what its books say, and was counted anew');
  announceStock([variantId]);
  const [variant] = await variantsByIds([variantId]);
  return { variant: variant ?? null };
}

const LOCK = 'SELECT FROM stock WHERE variant_id = $1 ORDER BY location_id COLLATE "C" FOR UPDATE';

const REBUILD = `WITH journal AS (
     SELECT location_id, sum(change) AS on_hand FROM stock_movement WHERE variant_id = $1 GROUP BY location_id),
   open AS (
     SELECT line.location_id, sum(line.quantity) AS reserved
     FROM reservation r CROSS JOIN unnest(r.variant_ids, r.location_ids, r.quantities) AS line(variant_id, location_id, quantity)
     WHERE r.state IN ('RESERVED', 'COMMITTED') AND line.variant_id = $1 GROUP BY line.location_id)
   UPDATE stock s SET on_hand = coalesce(journal.on_hand, 0), reserved = coalesce(open.reserved, 0),
     backorder_limit = greatest(s.backorder_limit, coalesce(open.reserved, 0) - coalesce(journal.on_hand, 0))
   FROM stock old LEFT JOIN journal USING (location_id) LEFT JOIN open USING (location_id)
   WHERE s.variant_id = $1 AND old.variant_id = $1 AND s.location_id = old.location_id
     AND (s.on_hand, s.reserved) IS DISTINCT FROM (coalesce(journal.on_hand, 0), coalesce(open.reserved, 0))
   RETURNING s.location_id AS location, old.on_hand AS "onHandBefore", s.on_hand AS "onHand",
     old.reserved AS "reservedBefore", s.reserved`;
