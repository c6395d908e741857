import { operation } from '#platform/graphql/operation.ts';

/** For the auditor: what became of these carts; one that is gone is missing. */
export const cartsOfOrders = operation<
  { cartsOfOrders: { cartId: string; status: string; orderId: string | null }[] },
  { cartIds: string[] }
>('carts', 'query($cartIds: [ID!]!) { cartsOfOrders(cartIds: $cartIds) { cartId status orderId } }');
