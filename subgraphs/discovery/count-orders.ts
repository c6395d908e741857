import type { OrderedProducts } from '#subgraphs/orders/contracts/ordered-products.ts';
import { database } from './database.ts';

/** An order of a hundred things says little of each two of them, and has 9,900 pairs. */
const MOST_PRODUCTS = 20;

/**
 * Counts which products were bought together, in one statement for any number of orders. An order that is told of twice,
 * at once or by the rebuilding, is counted once: its own row says so. Rows are locked in one order, so that nobody waits crosswise.
 */
export async function countOrders(orders: readonly OrderedProducts[]): Promise<void> {
  const pieces = orders.flatMap(({ orderId, productIds }) =>
    [...productIds]
      .sort()
      .slice(0, MOST_PRODUCTS)
      .map((productId) => ({ orderId, productId })),
  );
  if (pieces.length === 0) return;
  await count(
    pieces.map(({ orderId }) => orderId),
    pieces.map(({ productId }) => productId),
  );
}

const count = database.statement(
  'discovery.count-orders',
  `WITH piece AS (SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) AS p(order_id, product_id)),
   fresh AS (
     INSERT INTO counted_order (order_id) SELECT DISTINCT order_id FROM piece ORDER BY order_id
     ON CONFLICT DO NOTHING RETURNING order_id),
   mine AS MATERIALIZED (SELECT piece.* FROM piece JOIN fresh USING (order_id)),
   alone AS (
     INSERT INTO sold (product_id, orders) SELECT product_id, count(*) FROM mine GROUP BY product_id ORDER BY product_id
     ON CONFLICT (product_id) DO UPDATE SET orders = sold.orders + excluded.orders)
   INSERT INTO pair (product_id, other_id, orders)
   SELECT a.product_id, b.product_id, count(*) FROM mine a JOIN mine b ON b.order_id = a.order_id AND b.product_id <> a.product_id
   GROUP BY 1, 2 ORDER BY 1, 2
   ON CONFLICT (product_id, other_id) DO UPDATE SET orders = pair.orders + excluded.orders`,
);
