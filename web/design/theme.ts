/** In a cookie, so that the server renders the right colors at once and no script is needed before the first paint. */
export const THEME_COOKIE = 'souk_theme';

export type Theme = 'light' | 'dark';

export function asTheme(value: string | undefined): Theme | undefined {
  return value === 'light' || value === 'dark' ? value : undefined;
}
