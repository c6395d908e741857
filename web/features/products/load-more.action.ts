'use server';

import { shownIn } from '#features/language/chosen-language.ts';
import { ProductListDocument, type ProductListQuery } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { type Browse, filtersOf, sortOf } from './browse.ts';
import { withOnePicture } from './one-picture.ts';
import { PAGE_SIZE } from './page-size.ts';

export interface MoreProducts extends Browse {
  readonly category?: string;
  readonly after: string;
}

/** The next part of a list, for a page that grows instead of turning. */
export async function loadMore(asked: MoreProducts): Promise<ProductListQuery['products']> {
  const variables = {
    query: asked.query ?? null,
    category: asked.category ?? null,
    filters: filtersOf(asked),
    sort: sortOf(asked),
    after: asked.after,
    first: PAGE_SIZE,
    ...(await shownIn()),
  };
  const { products } = await request(ProductListDocument, variables);
  return products && { ...products, nodes: products.nodes.map(withOnePicture) };
}
