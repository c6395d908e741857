import { operation } from '#platform/graphql/operation.ts';

/** Which products lie in a cart that the viewer may see, each once. */
export const productsInCart = operation<{ cart: { productIds: string[] } | null }, { id: string }>(
  'carts',
  'query($id: ID!) { cart(id: $id) { productIds } }',
);
