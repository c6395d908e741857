/** What the pages themselves are in. */
export const PAGES = 'en';

/**
 * What a text says of itself where it is in another language than the page: `<span {...inLanguage(titleLocale)}>`. Its own
 * letters decide which way it runs.
 */
export const inLanguage = (locale: string): { lang?: string; dir?: 'auto' } =>
  locale === PAGES ? {} : { lang: locale, dir: 'auto' };
