import { operation } from '#platform/graphql/operation.ts';

/** Where the storefront shows a product; null where it is not published. */
export const productHandle = operation<{ product: { handle: string } | null }, { id: string }>(
  'catalog',
  'query($id: ID!) { product(id: $id) { handle } }',
);
