import type { ProductFilter, ProductSort } from '#generated/graphql.ts';

/** What a list is asked for, as it stands in the address. */
export interface Browse {
  readonly query?: string;
  readonly sort?: ProductSort;
  readonly after?: string;
  /** Chosen values by facet, e.g. `{ Color: ['Indigo', 'Oat'] }`. */
  readonly chosen?: Readonly<Record<string, readonly string[]>>;
  /** Decimals. */
  readonly min?: string;
  readonly max?: string;
}

export interface SortChoice {
  readonly sort: ProductSort;
  readonly label: string;
}

const SORTS: readonly SortChoice[] = [
  { sort: 'NEWEST', label: 'Newest' },
  { sort: 'BEST_SELLING', label: 'Best-selling' },
  { sort: 'BEST_RATED', label: 'Best rated' },
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

/** Before the name of a facet in the address, so that an option may be called anything. */
export const FACET = 'is.';

const PRICE = /^\d{1,9}(\.\d{1,2})?$/;

/** Reads an address that anyone may have written: what makes no sense is left out. */
export function readBrowse(params: SearchParams): Browse {
  const query = text(params.q)?.trim().slice(0, 200);
  const sort = [BEST_MATCH, ...SORTS].find((one) => one.sort === text(params.sort))?.sort;
  const after = text(params.after);
  const [min, max] = [params.min, params.max]
    .map((price) => text(price)?.trim())
    .map((price) => price && PRICE.test(price) && price);
  const chosen = Object.fromEntries(
    Object.entries(params)
      .filter(([name]) => name.startsWith(FACET) && name.length > FACET.length)
      .slice(0, 9)
      .map(([name, values]) => [name.slice(FACET.length), [values ?? []].flat().filter(Boolean).slice(0, 50)] as const)
      .filter(([, values]) => values.length > 0),
  );
  return {
    ...{ ...(query && { query }), ...(sort && { sort }), ...(after && { after }) },
    ...{ ...(min && { min }), ...(max && { max }), ...(Object.keys(chosen).length > 0 && { chosen }) },
  };
}

/** The same, written. */
export function browseHref(path: string, { query, sort, after, chosen = {}, min, max }: Browse): string {
  const params = new URLSearchParams({ ...(query && { q: query }), ...(sort && { sort }) });
  for (const [by, values] of Object.entries(chosen)) for (const value of values) params.append(FACET + by, value);
  for (const [name, value] of Object.entries({ min, max, after })) if (value) params.set(name, value);
  return params.size > 0 ? `${path}?${params}` : path;
}

/** What the list is filtered by, as the API takes it. */
export function filtersOf({ chosen = {}, min, max }: Browse): ProductFilter[] {
  const filters: ProductFilter[] = Object.entries(chosen).map(([by, values]) => ({ by, values: [...values] }));
  if (min || max) filters.push({ by: 'price', ...(min && { min }), ...(max && { max }) });
  return filters;
}

/** The same list without one value of a facet, or without its price range. */
export function without(browse: Browse, by: string, value?: string): Browse {
  const { after: _, ...rest } = browse;
  if (by === 'price') {
    const { min: _min, max: _max, ...free } = rest;
    return free;
  }
  const { [by]: values = [], ...others } = browse.chosen ?? {};
  const left = values.filter((one) => one !== value);
  return { ...rest, chosen: left.length > 0 ? { ...browse.chosen, [by]: left } : others };
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
