import type { SuggestionsQuery } from '#generated/graphql.ts';

export type Suggested = SuggestionsQuery['searchSuggestions'];
type Range = NonNullable<Suggested>['products'][number]['priceRange'];

/** A line below the search field. */
export interface Suggestion {
  readonly href: string;
  readonly text: string;
  /** What `text` is in, where it is not what was typed. */
  readonly locale?: string;
  readonly note?: string;
  readonly picture?: string;
}

const MOST_QUERIES = 4;

/** Words to search for, then aisles, then goods: from the widest to the narrowest. */
export function suggestionsOf(
  found: Suggested | undefined,
  { searchFor, price }: { searchFor: (words: string) => string; price: (range: Range) => string },
): Suggestion[] {
  if (!found) return [];
  return [
    ...found.queries.slice(0, MOST_QUERIES).map((text) => ({ href: searchFor(text), text })),
    ...found.categories.map(({ handle, title, titleLocale }) => ({
      ...{ href: `/categories/${handle}`, text: title, locale: titleLocale, note: 'Aisle' },
    })),
    ...found.products.map(({ handle, title, titleLocale, images, priceRange }) => ({
      ...{ href: `/products/${handle}`, text: title, locale: titleLocale, note: price(priceRange) },
      ...(images[0] && { picture: images[0].url160 }),
    })),
  ];
}
