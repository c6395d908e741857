import { operation } from '#platform/graphql/operation.ts';

/** Which products an order holds, each once. */
export interface OrderedProducts {
  orderId: string;
  productIds: string[];
  /** It was cancelled, or all of it was paid back. */
  isGone: boolean;
}

/** Of the orders named that there are, in any order; at most 500. */
export const orderedProducts = operation<{ orderedProducts: OrderedProducts[] }, { orderIds: string[] }>(
  'orders',
  'query($orderIds: [ID!]!) { orderedProducts(orderIds: $orderIds) { orderId productIds isGone } }',
);

/** Of all orders that were confirmed and are not gone, in the order of their ids, at most 500 at a time. */
export const allOrderedProducts = operation<
  { allOrderedProducts: OrderedProducts[] },
  { after: string | null; first: number }
>(
  'orders',
  'query($after: ID, $first: Int!) { allOrderedProducts(after: $after, first: $first) { orderId productIds isGone } }',
);
