import { Arg, ID, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';

@Resolver()
export class CustomerHasBought {
  @Internal()
  @Query(() => Boolean, { description: 'In an order that was paid and not cancelled.' })
  async customerHasBought(
    @Arg('customerId', () => ID) customerId: string,
    @Arg('productId', () => ID) productId: string,
  ): Promise<boolean> {
    return (await bought(customerId, productId)).length > 0;
  }
}

const bought = database.statement(
  'orders.has-bought',
  `SELECT 1 FROM orders o JOIN order_line l ON l.order_id = o.id
   WHERE o.customer_id = $1 AND l.product_id = $2 AND o.status <> 'CANCELLED' AND o.paid_at IS NOT NULL LIMIT 1`,
);
