import { registerEnumType } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { type Page, pageSize } from '#platform/graphql/connection.type.ts';
import { parseDecimal } from '#platform/money/money.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { Product } from './product.type.ts';
import { readQuery } from './rules/search-words.ts';
import { searchProvider } from './search/chosen-search.ts';
import { type Facet, facetsOf, type ProductFilter } from './search/facet.type.ts';
import type { ProductSearch, SearchFilter } from './search/search-provider.ts';

export enum ProductSort {
  RELEVANCE = 'RELEVANCE',
  PRICE_ASC = 'PRICE_ASC',
  PRICE_DESC = 'PRICE_DESC',
  NEWEST = 'NEWEST',
  BEST_RATED = 'BEST_RATED',
  BEST_SELLING = 'BEST_SELLING',
  TITLE = 'TITLE',
}
registerEnumType(ProductSort, { name: 'ProductSort' });

export interface ProductList {
  query?: string | null | undefined;
  /** A handle; products of the categories below it are in it too. */
  category?: string | null | undefined;
  /** A handle. */
  seller?: string | null | undefined;
  filters?: readonly ProductFilter[] | null | undefined;
  locale?: string | null | undefined;
  sort?: ProductSort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

export type ProductPage = Page<Product> & { facets: Facet[] };

/** Published products, a page at a time. All are counted, and facets made, only when they are asked for. */
export async function listProducts(list: ProductList, wanted?: { facets: boolean }): Promise<ProductPage> {
  const fromEnd = list.last != null;
  const size = fromEnd ? pageSize(list.last, 'last') : pageSize(list.first);
  const filters = readFilters(list.filters ?? []);
  const search = searchProvider().search({
    words: readQuery(list.query),
    category: list.category ?? undefined,
    seller: list.seller ?? undefined,
    filters,
    sort: list.sort ?? ProductSort.RELEVANCE,
  });
  const { after, before } = list;
  const whole = new Whole(search);
  // Both look at all that is found: together they take as long as the slower.
  if (wanted?.facets) void whole.facets().catch(() => undefined);
  // One more than is shown tells whether there are others.
  const found = await search.page({ limit: size + 1, after, before, fromEnd });
  const more = found.length > size;
  const hits = fromEnd ? found.slice(Math.max(0, found.length - size)) : found.slice(0, size);
  const edges = hits.map(({ row, cursor }) => ({ node: new Product(row, list.locale), cursor }));
  const shown = {
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: {
      hasNextPage: fromEnd ? before != null : more,
      hasPreviousPage: fromEnd ? more : after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
  return withWhole(shown, whole, filters, list.locale);
}

/** What is said of all that is found. Facets count it as well: whoever asks for both has both from them. */
class Whole {
  private readonly search: ProductSearch;
  private counted: ReturnType<ProductSearch['facets']> | null = null;

  constructor(search: ProductSearch) {
    this.search = search;
  }

  facets(): ReturnType<ProductSearch['facets']> {
    this.counted ??= this.search.facets();
    return this.counted;
  }

  async count(): Promise<number> {
    // All fields of an object are asked for in one go: by the next turn it is known whether facets are among them.
    await Promise.resolve();
    return this.counted ? (await this.counted).count : this.search.count();
  }
}

const withWhole = (
  shown: Omit<Page<Product>, 'totalCount'>,
  whole: Whole,
  filters: readonly SearchFilter[],
  locale: string | null | undefined,
): ProductPage =>
  Object.defineProperties(shown as ProductPage, {
    facets: { get: async () => facetsOf((await whole.facets()).facets, filters, locale) },
    totalCount: { get: () => whole.count() },
  });

const MOST_FILTERS = 10;
const MOST_FILTER_VALUES = 50;

/** Filters of one facet are one, with the values of all. */
function readFilters(filters: readonly ProductFilter[]): SearchFilter[] {
  const values = new Map<string, string[]>();
  let price: SearchFilter | null = null;
  for (const { by, values: asked, min, max } of filters) {
    if (by === 'price') {
      if (price || asked != null) throw refused('One price filter with min and max is understood.');
      price = { by, min: minorOf(min), max: minorOf(max) };
      continue;
    }
    // "Three stars and up" is said as a least rating as well.
    const stars = by === 'rating' && min != null ? [String(Math.ceil(Number(min)))] : [];
    if (max != null || (min != null && by !== 'rating')) throw refused(`A filter by ${by} takes values.`);
    values.set(by, [...(values.get(by) ?? []), ...(asked ?? []), ...stars]);
  }
  if (values.size > MOST_FILTERS) throw refused(`Filter by at most ${MOST_FILTERS} facets at a time.`);
  const listed = [...values]
    .filter(([, all]) => all.length > 0)
    .map(([by, all]) => ({ by, values: [...new Set(all)] }));
  if (
    listed.some(
      ({ by, values: all }) => all.length > MOST_FILTER_VALUES || [by, ...all].some((text) => text.includes('\0')),
    )
  )
    throw refused(`A filter takes at most ${MOST_FILTER_VALUES} values, none with NUL in it.`);
  return price ? [...listed, price] : listed;
}

const refused = (message: string) => new Denied('BAD_USER_INPUT', message);

function minorOf(amount: string | null | undefined): number | null {
  if (amount == null) return null;
  const parsed = parseDecimal(amount, SHOP.currency);
  if (!parsed || parsed.minor < 0n || parsed.minor > BigInt(Number.MAX_SAFE_INTEGER))
    throw refused(`${amount.slice(0, 40)} is no price in ${SHOP.currency}.`);
  return Number(parsed.minor);
}
