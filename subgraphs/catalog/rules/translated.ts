/** What a thing is called by locale, as it is stored with it. */
export type Translations = Readonly<
  Record<string, { readonly title?: string | null | undefined; readonly description?: string | null | undefined }>
>;

type Translatable = 'title' | 'description';

/** In the language asked for: `de-AT`, else `de`, else `own`, the shop's (RFC 4647, section 3.4, Lookup). */
export function translated<Own extends string | null>(
  own: Own,
  translations: Translations,
  field: Translatable,
  locale: string | null | undefined,
): Own | string {
  const found = localeOf(translations, field, locale);
  return found === null ? own : (translations[found]?.[field] ?? own);
}

/** The locale that a text asked for in another is in; null for the shop's own. */
export function localeOf(
  translations: Translations,
  field: Translatable,
  locale: string | null | undefined,
): string | null {
  for (let tag = locale ?? ''; tag; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    // Stored as JSON: what every object has, such as `constructor`, is no locale of it.
    if (Object.hasOwn(translations, tag) && translations[tag]?.[field]) return tag;
  }
  return null;
}
