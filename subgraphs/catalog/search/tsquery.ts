import type { ReadWords } from './read-words.ts';

/** A word that was typed, and what the goods' words make of it. */
export interface FoundWord {
  readonly word: string;
  /** Its English stem; none for words such as "the". */
  readonly stems: readonly string[];
  readonly last: boolean;
  readonly known: boolean;
  /** Words that it may be a typing error of, the likeliest first. */
  readonly near: readonly string[];
  readonly near_stems: readonly string[];
  /** What means the same, each as a tsquery. */
  readonly synonyms: readonly string[];
}

/**
 * All words must be there, each as itself, by its stem, or by what means the same; the last one may be unfinished. A
 * word that says nothing, or that no product has and none is like, is left out unless nothing else was typed.
 */
export function tsqueryOf(found: readonly FoundWord[]): ReadWords | null {
  const telling = found.filter(({ stems, last }) => stems.length > 0 || (last && found.length === 1));
  const asked = telling.length > 0 ? telling : found;
  const hopeful = asked.filter(({ known, near, synonyms }) => known || near.length > 0 || synonyms.length > 0);
  if (hopeful.length === 0) return null;
  return {
    tsquery: hopeful.map(alternatives).join(' & '),
    words: hopeful.map((one) => (isMistyped(one) ? (one.near[0] ?? one.word) : one.word)),
  };
}

const isMistyped = ({ known, synonyms }: FoundWord): boolean => !known && synonyms.length === 0;

function alternatives(found: FoundWord): string {
  const { word, stems, last, near, near_stems, synonyms } = found;
  const asTyped = [`${quote(word)}${last ? ':*' : ''}`, ...stems.map(quote)];
  const own = isMistyped(found) ? [...near, ...near_stems].map(quote) : asTyped;
  const same = synonyms.filter((query) => query !== '').map((query) => `(${query})`);
  return `(${[...new Set([...own, ...same])].join(' | ')})`;
}

const quote = (lexeme: string): string => `'${lexeme.replaceAll(/['\\]/g, '$&$&')}'`;
