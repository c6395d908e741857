import { operation } from '#platform/graphql/operation.ts';

/** By what a product is compared with others; unpublished ones too. */
export interface ProductTraits {
  id: string;
  published: boolean;
  title: string;
  categoryId: string | null;
  /** The category above its own, or its own where there is none above. */
  aisleId: string | null;
  /** Of its category and all above it. */
  categoryTitles: string[];
  brand: string | null;
  tags: string[];
  /** What its cheapest variant costs, in minor units of the shop's currency. */
  priceMinor: string;
  /** RFC 3339. */
  createdAt: string;
  /** Grows with every change. */
  version: number;
}

const FIELDS = 'id published title categoryId aisleId categoryTitles brand tags priceMinor createdAt version';

/** Those of the products named that there are, in any order; at most 500. */
export const productTraits = operation<{ productTraits: ProductTraits[] }, { ids: string[] }>(
  'catalog',
  `query($ids: [ID!]!) { productTraits(ids: $ids) { ${FIELDS} } }`,
);

/** All products, in the order of their ids, at most 500 at a time: those after `after`. */
export const allProductTraits = operation<
  { allProductTraits: ProductTraits[] },
  { after: string | null; first: number }
>('catalog', `query($after: ID, $first: Int!) { allProductTraits(after: $after, first: $first) { ${FIELDS} } }`);
