import { Arg, Directive, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import type { StockShortage } from './contracts/stock.ts';
import { database } from './database.ts';
import { announceLow, lowStockConsumers } from './low-stock.ts';
import { StockReserveLineInput, StockReservePayload, sumByVariant } from './reserve-stock.ts';
import { ALLOCATION, SHORTAGES } from './stock-allocation.ts';
import { announceStock } from './stock-news.ts';

@Directive('@inaccessible')
@InputType()
export class StockAdjustInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => ID)
  adjustId!: string;

  @Field(() => [StockReserveLineInput])
  lines!: StockReserveLineInput[];
}

@Resolver()
export class AdjustStockResolver {
  @Internal()
  @Mutation(() => StockReservePayload, {
    description:
      'The open reservation holds exactly these lines then, or stays as it was; idempotent by adjust id. Not held and nothing short: it is not open.',
  })
  stockAdjust(@Arg('input', () => StockAdjustInput) input: StockAdjustInput): Promise<StockReservePayload> {
    return adjustStock(input);
  }
}

/** Takes what an order needs more and gives back what it needs no longer, in one breath; what has left does not count. */
export async function adjustStock({ orderId, adjustId, lines }: StockAdjustInput): Promise<StockReservePayload> {
  const quantities = sumByVariant(lines);
  const [result] = await adjust(
    orderId,
    adjustId,
    [...quantities.keys()],
    [...quantities.values()],
    lowStockConsumers(),
  );
  if (!result) return { held: false, shortages: [] };
  announceStock(result.changed);
  return { held: result.held, shortages: result.shortages };
}

interface Adjusted {
  held: boolean;
  shortages: StockShortage[];
  changed: string[];
}

/** `want` is what is taken of each variant, below 0 where some is given back: from the end of what the order holds. */
const adjust = database.statement<Adjusted>(
  'inventory.adjust',
  `WITH gate AS (SELECT pg_advisory_xact_lock(hashtextextended($1, 0))),
   known AS (
     SELECT r.*, ($2 = ANY (adjust_ids)) IS TRUE AS adjusted FROM gate CROSS JOIN reservation r
     WHERE order_id = $1 FOR UPDATE OF r),
   mine AS (SELECT * FROM known WHERE state IN ('RESERVED', 'COMMITTED') AND NOT adjusted),
   line AS (
     SELECT l.*, sum(l.quantity) OVER (PARTITION BY l.variant_id ORDER BY l.nth DESC) AS from_end
     FROM mine CROSS JOIN unnest(mine.variant_ids, mine.location_ids, mine.quantities)
       WITH ORDINALITY AS l(variant_id, location_id, quantity, nth)),
   want AS (
     SELECT variant_id, (coalesce(wished.quantity, 0) - coalesce(held.quantity, 0))::int AS quantity
     FROM (SELECT g.* FROM mine CROSS JOIN unnest($3::text[], $4::int[]) AS g(variant_id, quantity)) AS wished
     FULL JOIN (SELECT variant_id, sum(quantity) AS quantity FROM line GROUP BY variant_id) AS held USING (variant_id)
     WHERE coalesce(wished.quantity, 0) <> coalesce(held.quantity, 0)),${ALLOCATION},
   given AS (
     SELECT line.variant_id, line.location_id,
       least(line.quantity, -want.quantity - (from_end - line.quantity))::int AS quantity
     FROM line JOIN want USING (variant_id) WHERE from_end - line.quantity < -want.quantity),
   change AS (
     SELECT variant_id, location_id, sum(quantity)::int AS quantity FROM (
       SELECT variant_id, location_id, quantity FROM portion
       UNION ALL SELECT variant_id, location_id, -quantity FROM given) AS c
     GROUP BY variant_id, location_id),
   goal AS (
     SELECT array_agg(variant_id ORDER BY nth) AS variant_ids, array_agg(location_id ORDER BY nth) AS location_ids,
       array_agg(quantity ORDER BY nth) AS quantities
     FROM (
       SELECT variant_id, location_id, min(nth) AS nth, sum(quantity)::int AS quantity FROM (
         SELECT variant_id, location_id, quantity, nth FROM line
         UNION ALL SELECT variant_id, location_id, quantity, 1000000 + nth FROM portion
         UNION ALL SELECT variant_id, location_id, -quantity, NULL FROM given) AS l
       GROUP BY variant_id, location_id HAVING sum(quantity) > 0) AS kept),
   adjusted AS (
     UPDATE reservation r SET variant_ids = coalesce(goal.variant_ids, '{}'), location_ids = coalesce(goal.location_ids, '{}'),
       quantities = coalesce(goal.quantities, '{}'), adjust_ids = mine.adjust_ids || $2, changed_at = now()
     FROM mine, goal WHERE r.order_id = mine.order_id AND NOT EXISTS (SELECT FROM short)
     RETURNING r.order_id),
   changed AS (
     UPDATE stock s SET on_hand = locked.on_hand, reserved = locked.reserved + change.quantity
     FROM locked JOIN change USING (variant_id, location_id)
     WHERE EXISTS (SELECT FROM adjusted) AND s.variant_id = locked.variant_id AND s.location_id = locked.location_id
     RETURNING s.variant_id),
   ${announceLow('EXISTS (SELECT FROM adjusted)', '$5')}
   SELECT adjusted OR EXISTS (SELECT FROM adjusted) AS held, ARRAY(SELECT DISTINCT variant_id FROM changed) AS changed,
     ${SHORTAGES} AS shortages
   FROM known`,
);
