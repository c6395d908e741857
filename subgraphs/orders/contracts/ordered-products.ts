import { operation } from '#platform/graphql/operation.ts';

/** Which products an order holds, each once. */
export interface OrderedProducts {
  orderId: string;
  productIds: string[];
}

/** Of the orders named that there are, in any order; at most 500. */
export const orderedProducts = operation<{ orderedProducts: OrderedProducts[] }, { orderIds: string[] }>(
  'orders',
  'query($orderIds: [ID!]!) { orderedProducts(orderIds: $orderIds) { orderId productIds } }',
);

/** Of all orders that were confirmed and not cancelled, in the order of their ids, at most 500 at a time. */
export const allOrderedProducts = operation<
  { allOrderedProducts: OrderedProducts[] },
  { after: string | null; first: number }
>(
  'orders',
  'query($after: ID, $first: Int!) { allOrderedProducts(after: $after, first: $first) { orderId productIds } }',
);
