/**
 * The one currency prices are in, tax included, the country whose tax a cart without an address is shown with, and the
 * language that goods are described in before any translation.
 */
export const SHOP = { currency: 'EUR', country: 'DE', locale: 'en' } as const;
