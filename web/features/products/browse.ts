import type { ProductSort } from '#generated/graphql.ts';

/** What a list is asked for, as it stands in the address. */
export interface Browse {
  readonly query?: string;
  readonly sort?: ProductSort;
  readonly after?: string;
}

export interface SortChoice {
  readonly sort: ProductSort;
  readonly label: string;
}

const SORTS: readonly SortChoice[] = [
  { sort: 'NEWEST', label: 'Newest' },
  { sort: 'PRICE_ASC', label: 'Price, low to high' },
  { sort: 'PRICE_DESC', label: 'Price, high to low' },
  { sort: 'TITLE', label: 'A to Z' },
];

const BEST_MATCH: SortChoice = { sort: 'RELEVANCE', label: 'Best match' };

/** The orders a list can be read in; the first is the one it comes in. */
export function sortChoices({ query }: Browse): readonly SortChoice[] {
  return query ? [BEST_MATCH, ...SORTS] : SORTS;
}

/** How a list is sorted: as asked, else as fits it. */
export function sortOf(browse: Browse): ProductSort {
  return browse.sort ?? (browse.query ? 'RELEVANCE' : 'NEWEST');
}

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** Reads an address that anyone may have written: what makes no sense is left out. */
export function readBrowse(params: SearchParams): Browse {
  const query = text(params.q)?.trim().slice(0, 200);
  const sort = [BEST_MATCH, ...SORTS].find((one) => one.sort === text(params.sort))?.sort;
  const after = text(params.after);
  return { ...(query && { query }), ...(sort && { sort }), ...(after && { after }) };
}

/** The same, written. */
export function browseHref(path: string, { query, sort, after }: Browse): string {
  const params = new URLSearchParams({ ...(query && { q: query }), ...(sort && { sort }), ...(after && { after }) });
  return params.size > 0 ? `${path}?${params}` : path;
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
