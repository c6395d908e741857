export interface StoredDocument {
  readonly id: string;
  readonly [attribute: string]: unknown;
}

export interface Settings {
  readonly searchableAttributes?: readonly string[];
  readonly filterableAttributes?: readonly string[];
  readonly sortableAttributes?: readonly string[];
  readonly typoTolerance?: { readonly minWordSizeForTypos?: { readonly oneTypo?: number; readonly twoTypos?: number } };
  readonly faceting?: { readonly maxValuesPerFacet?: number };
  readonly pagination?: { readonly maxTotalHits?: number };
  readonly synonyms?: Readonly<Record<string, readonly string[]>>;
}

/** Words in small letters and without accents. */
export const tokensOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Where a document stands among those that have all words of a query, the least first: by typing errors, then by the
 * attribute the words are in; null when one is missing. The last word may be unfinished.
 */
export function matches(
  document: StoredDocument,
  q: string,
  settings: Settings,
  on?: readonly string[],
): number | null {
  const asked = tokensOf(q);
  const attributes = (settings.searchableAttributes ?? Object.keys(document)).filter(
    (each) => !on || on.includes(each),
  );
  const words = attributes.flatMap((attribute, place) =>
    ([document[attribute] ?? []].flat() as unknown[]).flatMap((value) =>
      tokensOf(String(value)).map((word) => ({ word, place })),
    ),
  );
  let rank = 0;
  for (const [at, word] of asked.entries()) {
    const ranks = [word, ...synonymsOf(word, settings)].map((each, other) =>
      bestOf(each, words, at === asked.length - 1, other === 0 ? reachOf(word, settings) : 0),
    );
    const best = Math.min(...ranks);
    if (best === Number.POSITIVE_INFINITY) return null;
    rank += best;
  }
  return rank;
}

const synonymsOf = (word: string, { synonyms = {} }: Settings): string[] =>
  Object.entries(synonyms)
    .find(([key]) => tokensOf(key).join(' ') === word)?.[1]
    .flatMap(tokensOf) ?? [];

function reachOf(word: string, { typoTolerance }: Settings): number {
  const { oneTypo = 5, twoTypos = 9 } = typoTolerance?.minWordSizeForTypos ?? {};
  if (word.length >= twoTypos) return 2;
  return word.length >= oneTypo ? 1 : 0;
}

function bestOf(
  asked: string,
  words: readonly { word: string; place: number }[],
  isLast: boolean,
  reach: number,
): number {
  let best = Number.POSITIVE_INFINITY;
  for (const { word, place } of words) {
    const begun =
      isLast && word.length > asked.length ? edits(asked, word.slice(0, asked.length)) : Number.POSITIVE_INFINITY;
    const distance = Math.min(edits(asked, word), begun);
    // A first letter that is wrong counts as two.
    const counted = distance > 0 && asked[0] !== word[0] ? distance + 1 : distance;
    if (counted <= reach) best = Math.min(best, counted * 100 + place);
  }
  return best;
}

/** Damerau and Levenshtein's distance, a swap of neighbors being one. */
function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      rows[i]![j] = least;
    }
  return rows[a.length]![b.length]!;
}
