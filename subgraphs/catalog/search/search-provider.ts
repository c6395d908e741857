import type { ProductRow } from '../product.type.ts';
import type { Translations } from '../rules/translated.ts';
import type { Transaction } from './index-products.ts';

/** Where products are searched, filtered, sorted and counted. Only published ones are ever found. */
export interface SearchProvider {
  search(question: SearchQuestion): ProductSearch;
  /** For what was typed so far: whole queries that begin so, the best products, and categories. */
  suggest(typed: string, limit: number): Promise<Suggested>;
  /** The products changed in this transaction; once it committed, or soon after, they are found as they are. */
  changed(tx: Transaction, productIds: readonly string[]): Promise<void>;
  /** Tells an engine of its own what changed; a worker calls it every second. Answers how many changes it told. */
  flush?(): Promise<number>;
  /** Staff changed the synonyms. */
  synonymsChanged(): Promise<void>;
  /** Makes the whole index anew while the shop is open; answers the number of products looked at. */
  rebuild(progress: (done: number) => void): Promise<number>;
}

/** What is looked for; without words everything is. */
export interface SearchQuestion {
  readonly words: string | null;
  /** Handles; a category holds what is in those below it. */
  readonly category?: string | undefined;
  readonly seller?: string | undefined;
  readonly filters: readonly SearchFilter[];
  readonly sort: SearchSort;
}

export type SearchSort = 'RELEVANCE' | 'PRICE_ASC' | 'PRICE_DESC' | 'NEWEST' | 'BEST_RATED' | 'BEST_SELLING' | 'TITLE';

/** One facet's: a product passes with any of the values, or with a price within the range, in minor units. */
export type SearchFilter =
  | { readonly by: string; readonly values: readonly string[] }
  | { readonly by: 'price'; readonly min: number | null; readonly max: number | null };

/** A question under way. Each of these asks the index once, and only when it is called. */
export interface ProductSearch {
  /** At most `limit` products beyond a cursor in the direction of reading; those before it come in their order as well. */
  page(window: SearchWindow): Promise<Hit[]>;
  count(): Promise<number>;
  /** Of the whole result. A facet's own filter does not narrow its own counts. */
  facets(): Promise<{ readonly count: number; readonly facets: readonly FoundFacet[] }>;
}

export interface SearchWindow {
  readonly limit: number;
  /** A cursor that this provider gave. */
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
  /** The last of them instead of the first. */
  readonly fromEnd: boolean;
}

export interface Hit {
  readonly row: ProductRow;
  readonly cursor: string;
}

export interface FoundFacet {
  readonly by: string;
  readonly values: readonly FoundValue[];
  /** Of a price, in minor units; null when nothing is found. */
  readonly range?: { readonly min: number; readonly max: number } | null;
}

export interface FoundValue {
  readonly value: string;
  readonly label: string;
  /** Of a category. */
  readonly translations?: Translations | null;
  readonly count: number;
}

export interface Suggested {
  readonly queries: readonly string[];
  readonly products: readonly ProductRow[];
  readonly categoryIds: readonly string[];
}

/** Values of a facet beyond these are left out, the rarest first. */
export const MOST_VALUES = 60;
