import type { OrderedProducts } from '#subgraphs/orders/contracts/ordered-products.ts';
import { database } from './database.ts';

/** An order of a hundred things says little of each two of them, and has 9,900 pairs. */
const MOST_PRODUCTS = 20;

/**
 * Counts which products were bought together, in one statement for any number of orders. An order that is told of twice,
 * at once or by the rebuilding, is counted once: its own row says so. Rows are locked in one order, so that nobody waits crosswise.
 */
export async function countOrders(orders: readonly Omit<OrderedProducts, 'isGone'>[]): Promise<void> {
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
     INSERT INTO counted_order (order_id, product_ids) SELECT order_id, array_agg(product_id) FROM piece GROUP BY order_id ORDER BY order_id
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

/**
 * Takes orders out of the counts again, each once: what was counted of one stands in its own row, since an edit may have changed
 * it meanwhile. One that is not counted yet never will be.
 */
export async function forgetOrders(orderIds: readonly string[]): Promise<void> {
  if (orderIds.length > 0) await forget(orderIds);
}

const forget = database.statement(
  'discovery.forget-orders',
  `WITH gone AS (
     INSERT INTO counted_order (order_id, gone) SELECT DISTINCT id, true FROM unnest($1::text[]) AS id ORDER BY id
     ON CONFLICT (order_id) DO UPDATE SET gone = true WHERE NOT counted_order.gone RETURNING order_id, product_ids),
   mine AS MATERIALIZED (SELECT order_id, product_id FROM gone, unnest(product_ids) AS product_id),
   alone AS MATERIALIZED (SELECT product_id, count(*)::int AS orders FROM mine GROUP BY 1 ORDER BY 1),
   held AS MATERIALIZED (
     SELECT s.product_id, s.orders - a.orders AS rest FROM sold s JOIN alone a USING (product_id) ORDER BY s.product_id FOR UPDATE OF s),
   s AS (UPDATE sold SET orders = held.rest FROM held WHERE sold.product_id = held.product_id),
   shared AS MATERIALIZED (
     SELECT a.product_id, b.product_id AS other_id, count(*)::int AS orders FROM mine a JOIN mine b
     ON b.order_id = a.order_id AND b.product_id <> a.product_id GROUP BY 1, 2),
   pairs AS MATERIALIZED (
     SELECT p.product_id, p.other_id, p.orders - b.orders AS rest FROM pair p JOIN shared b USING (product_id, other_id)
     ORDER BY p.product_id, p.other_id FOR UPDATE OF p)
   UPDATE pair SET orders = pairs.rest FROM pairs WHERE pair.product_id = pairs.product_id AND pair.other_id = pairs.other_id`,
);
