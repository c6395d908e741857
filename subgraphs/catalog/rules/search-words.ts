const MOST_CHARACTERS = 200;

/** What a shopper typed, without what Postgres refuses or nobody searches for; null when nothing is left. */
export function readQuery(query: string | null | undefined): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is refused in Postgres' texts.
  const text = (query ?? '').replace(/\u0000/g, ' ').trim();
  return text ? text.slice(0, MOST_CHARACTERS) : null;
}

/** All words, the last one perhaps unfinished, as a tsquery: `blue lam` → `'blue' & 'lam':*`. Empty without words. */
export function prefixQuery(text: string): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length ? `${words.map((word) => `'${word}'`).join(' & ')}:*` : '';
}
