/** The one currency prices are in, tax included, and the country whose tax a cart without an address is shown with. */
export const SHOP = { currency: 'EUR', country: 'DE' } as const;
