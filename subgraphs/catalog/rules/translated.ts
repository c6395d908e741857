/** What a thing is called by locale, as it is stored with it. */
export type Translations = Readonly<
  Record<string, { readonly title?: string | null | undefined; readonly description?: string | null | undefined }>
>;

/** In the language asked for: `de-AT`, else `de`, else `own`, the shop's (RFC 4647, section 3.4, Lookup). */
export function translated<Own extends string | null>(
  own: Own,
  translations: Translations,
  field: 'title' | 'description',
  locale: string | null | undefined,
): Own | string {
  for (let tag = locale ?? ''; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    const found = translations[tag]?.[field];
    if (found) return found;
  }
  return own;
}
