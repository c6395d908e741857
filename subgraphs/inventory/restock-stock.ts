import { Arg, Directive, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';
import { StockReserveLineInput, sumByVariant } from './reserve-stock.ts';
import { announceStock } from './stock-news.ts';

@Directive('@inaccessible')
@InputType()
export class StockRestockInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => ID)
  returnId!: string;

  @Field(() => [StockReserveLineInput])
  lines!: StockReserveLineInput[];
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class StockRestockPayload {
  @Field(() => Boolean)
  restocked!: boolean;
}

@Resolver()
export class RestockStockResolver {
  @Internal()
  @Mutation(() => StockRestockPayload, { description: 'Goods that came back go on hand, once per return id.' })
  stockRestock(@Arg('input', () => StockRestockInput) input: StockRestockInput): Promise<StockRestockPayload> {
    return restockStock(input);
  }
}

/** Puts what came back into the first location that keeps each variant; one that inventory does not know is left out. */
export async function restockStock({ orderId, returnId, lines }: StockRestockInput): Promise<StockRestockPayload> {
  const quantities = sumByVariant(lines);
  const given = await restock(returnId, orderId, [...quantities.keys()], [...quantities.values()]);
  announceStock(given.map((row) => row.variant_id));
  return { restocked: true };
}

const restock = database.statement<{ variant_id: string }>(
  'inventory.restock',
  `WITH noted AS (
     INSERT INTO restock (return_id, order_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING return_id),
   place AS (
     SELECT DISTINCT ON (s.variant_id) s.variant_id, s.location_id, line.quantity
     FROM noted CROSS JOIN unnest($3::text[], $4::int[]) AS line(variant_id, quantity)
     JOIN stock s USING (variant_id) JOIN location ON location.id = s.location_id
     ORDER BY s.variant_id, location.priority, s.location_id COLLATE "C"),
   locked AS (
     SELECT s.*, place.quantity FROM stock s JOIN place USING (variant_id, location_id)
     ORDER BY s.variant_id COLLATE "C" FOR NO KEY UPDATE OF s),
   given AS (
     UPDATE stock s SET on_hand = locked.on_hand + quantity, reserved = locked.reserved FROM locked
     WHERE s.variant_id = locked.variant_id AND s.location_id = locked.location_id
     RETURNING s.variant_id, s.location_id, locked.quantity)
   INSERT INTO stock_movement (variant_id, location_id, change, reason, order_id, cause_id)
   SELECT variant_id, location_id, quantity, 'RETURNED', $2, $1 FROM given RETURNING variant_id`,
);
