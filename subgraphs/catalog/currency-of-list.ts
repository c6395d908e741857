import { Denied } from '#platform/errors/denied.ts';
import { type Exchange, exchanged, exchangedBack } from '#platform/money/exchange.ts';
import { parseDecimal, toDecimal } from '#platform/money/money.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import type { ProductPage } from './list-products.ts';
import type { ProductFilter } from './search/facet.type.ts';

/**
 * Filters of a list in another currency, as the index knows prices. They go by the rate, as the order does: a price
 * that the merchant set for that currency may be a little on the other side.
 */
export function filtersFrom(
  filters: readonly ProductFilter[] | null | undefined,
  exchange: Exchange,
): ProductFilter[] | null {
  const inShops = (amount: string | null | undefined) => {
    if (amount == null) return null;
    const parsed = parseDecimal(amount, exchange.currency);
    if (!parsed) throw new Denied('BAD_USER_INPUT', `${amount.slice(0, 40)} is no price in ${exchange.currency}.`);
    return toDecimal(exchangedBack(parsed, exchange, SHOP.currency));
  };
  if (!filters) return null;
  return filters.map((filter) =>
    filter.by === 'price' ? { ...filter, min: inShops(filter.min), max: inShops(filter.max) } : filter,
  );
}

/** The page with its range of prices in that currency; facets are still made only when they are asked for. */
export function facetsIn(page: ProductPage, exchange: Exchange): ProductPage {
  const shown = (amount: string | null | undefined) =>
    amount == null ? null : toDecimal(exchanged(parseDecimal(amount, SHOP.currency)!, exchange));
  return Object.create(page, {
    facets: {
      get: async () =>
        (await page.facets).map((facet) =>
          facet.by === 'price' ? { ...facet, min: shown(facet.min), max: shown(facet.max) } : facet,
        ),
    },
  }) as ProductPage;
}
