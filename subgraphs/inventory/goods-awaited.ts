import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class GoodsAwaited {
  @Field(() => ID)
  orderId!: string;

  @Field(() => ID)
  variantId!: string;

  @Field(() => Int)
  quantity!: number;
}

@Resolver()
export class GoodsAwaitedQueries {
  @Internal()
  @Query(() => [GoodsAwaited], {
    description: 'What these orders hold and is not there yet; whoever ordered first gets what comes first.',
  })
  stockAwaited(@Arg('orderIds', () => [ID]) orderIds: string[]): Promise<GoodsAwaited[]> {
    return goodsAwaited(orderIds);
  }
}

/**
 * What is backordered is booked on `main`: there more is promised than lies there. Its open reservations stand in line as
 * they were made, and what goes beyond the goods waits. It is kept nowhere, so that goods that come, orders that go and
 * stock that is counted anew all move the line by themselves. What expired is held by nobody until it is taken again.
 */
export const goodsAwaited = (orderIds: readonly string[]): Promise<GoodsAwaited[]> => awaited(orderIds);

const awaited = database.statement<GoodsAwaited>(
  'inventory.goods-awaited',
  `WITH short AS MATERIALIZED (
     SELECT variant_id, greatest(on_hand, 0) AS on_hand FROM stock
     WHERE location_id = 'main' AND reserved > on_hand AND variant_id = ANY (ARRAY(
       SELECT unnest(variant_ids) FROM reservation WHERE order_id = ANY($1::text[]) AND state IN ('RESERVED', 'COMMITTED')))),
   queue AS (
     SELECT r.order_id, r.created_at, l.variant_id, sum(l.quantity)::int AS quantity
     FROM reservation r CROSS JOIN unnest(r.variant_ids, r.location_ids, r.quantities) AS l(variant_id, location_id, quantity)
     WHERE r.state IN ('RESERVED', 'COMMITTED') AND l.location_id = 'main' AND EXISTS (SELECT FROM short)
       AND l.variant_id IN (SELECT variant_id FROM short)
     GROUP BY r.order_id, r.created_at, l.variant_id),
   line AS (
     SELECT q.*, sum(quantity) OVER (PARTITION BY variant_id ORDER BY q.created_at, q.order_id) - short.on_hand AS beyond
     FROM queue q JOIN short USING (variant_id))
   SELECT order_id AS "orderId", variant_id AS "variantId", least(quantity, beyond)::int AS quantity
   FROM line WHERE beyond > 0 AND order_id = ANY($1::text[])
   UNION ALL SELECT r.order_id, l.variant_id, sum(l.quantity)::int
   FROM reservation r CROSS JOIN unnest(r.variant_ids, r.quantities) AS l(variant_id, quantity)
   WHERE r.order_id = ANY($1::text[]) AND r.state = 'EXPIRED' GROUP BY r.order_id, l.variant_id
   ORDER BY 1, 2`,
);
