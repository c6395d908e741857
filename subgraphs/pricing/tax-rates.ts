import { kept } from '#platform/cache/kept.ts';
import { database } from './database.ts';
import { type CountryTaxes, countryTaxes } from './rules/country-taxes.ts';

const RELOAD_MS = 60_000;

export const taxRates = kept('tax rates', RELOAD_MS, async () =>
  countryTaxes(
    await database.prisma.taxRate.findMany({
      where: { validFrom: { lte: new Date() } },
      orderBy: { validFrom: 'asc' },
    }),
  ),
);

const NONE: CountryTaxes = { standard: null, byCategory: new Map(), included: true };

/** Today's. Where a country has no row the shop owes no tax, and prices stay. */
export const taxesOf = async (country: string): Promise<CountryTaxes> => (await taxRates()).get(country) ?? NONE;
