import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';

const MOST = 500;

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class OrderedProducts {
  @Field(() => ID)
  orderId!: string;

  @Field(() => [ID], { description: 'Each once.' })
  productIds!: string[];

  @Field(() => Boolean, { description: 'Cancelled, or wholly paid back.' })
  isGone!: boolean;
}

const byIds = database.statement<OrderedProducts>(
  'orders.ordered-products',
  `SELECT l.order_id AS "orderId", array_agg(DISTINCT l.product_id) AS "productIds",
     bool_or(o.status = 'CANCELLED' OR o.payment_status = 'REFUNDED') AS "isGone"
   FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.order_id = ANY($1::text[]) GROUP BY l.order_id`,
);
const inTurn = database.statement<OrderedProducts>(
  'orders.all-ordered-products',
  `SELECT o.id AS "orderId", ARRAY(SELECT DISTINCT product_id FROM order_line l WHERE l.order_id = o.id) AS "productIds", false AS "isGone"
   FROM orders o WHERE o.id > $1 AND o.confirmed_at IS NOT NULL AND o.status <> 'CANCELLED' AND o.payment_status <> 'REFUNDED'
   ORDER BY o.id LIMIT $2::int`,
  'values',
);

@Resolver()
export class OrderedProductsQueries {
  @Internal()
  @Query(() => [OrderedProducts], { description: 'Of those orders that there are; at most 500.' })
  orderedProducts(@Arg('orderIds', () => [ID]) orderIds: string[]): Promise<OrderedProducts[]> {
    return byIds(orderIds.slice(0, MOST));
  }

  @Internal()
  @Query(() => [OrderedProducts], { description: 'Of all orders that were confirmed and are not gone, by their ids.' })
  allOrderedProducts(
    @Arg('after', () => ID, { nullable: true }) after: string | null,
    @Arg('first', () => Int) first: number,
  ): Promise<OrderedProducts[]> {
    return inTurn(after ?? '', Math.min(first, MOST));
  }
}
