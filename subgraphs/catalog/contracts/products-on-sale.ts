import { operation } from '#platform/graphql/operation.ts';

/** At most 100, in the order of `ids`; null where there is none or it is not published. */
export const productsOnSale = operation<{ productsByIds: ({ id: string } | null)[] }, { ids: string[] }>(
  'catalog',
  'query($ids: [ID!]!) { productsByIds(ids: $ids) { id } }',
);
