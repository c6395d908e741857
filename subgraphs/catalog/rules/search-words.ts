const MOST_CHARACTERS = 200;
const MOST_WORDS = 10;

/** What a shopper typed, without what Postgres refuses or nobody searches for; null when nothing is left. */
export function readQuery(query: string | null | undefined): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is refused in Postgres' texts.
  const text = (query ?? '').replace(/\u0000/g, ' ').trim();
  return text ? text.slice(0, MOST_CHARACTERS) : null;
}

/** The words of a query in their order, without marks: at most `MOST_WORDS`. */
export function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS);
}
