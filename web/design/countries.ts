const NAMES = new Intl.DisplayNames('en', { type: 'region' });

/** "Germany" for "DE"; the code itself where there is no name. */
export function countryName(code: string): string {
  return NAMES.of(code) ?? code;
}
