'use server';

import { chosenCurrency } from '#features/currency/chosen-currency.ts';
import { ProductListDocument, type ProductListQuery, type ProductSort } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { PAGE_SIZE } from './page-size.ts';

export interface MoreProducts {
  readonly query?: string;
  readonly category?: string;
  readonly sort?: ProductSort;
  readonly after: string;
}

/** The next part of a list, for a page that grows instead of turning. */
export async function loadMore({ query, category, sort, after }: MoreProducts): Promise<ProductListQuery['products']> {
  const variables = {
    query: query ?? null,
    category: category ?? null,
    sort: sort ?? 'RELEVANCE',
    after,
    first: PAGE_SIZE,
    currency: await chosenCurrency(),
  };
  return (await request(ProductListDocument, variables)).products;
}
