import { kept } from '#platform/cache/kept.ts';
import { database } from './database.ts';
import type { Tax } from './rules/price-cart.ts';

const RELOAD_MS = 60_000;

const taxRates = kept('tax rates', RELOAD_MS, async (): Promise<ReadonlyMap<string, Tax>> => {
  const rows = await database.prisma.taxRate.findMany({
    where: { validFrom: { lte: new Date() } },
    orderBy: { validFrom: 'asc' },
  });
  // Later rows of a country replace earlier ones.
  return new Map(rows.map(({ country, title, rate }) => [country, { title, rate }]));
});

/** The tax of a country today; null where the shop owes none. */
export async function taxOf(country: string): Promise<Tax | null> {
  return (await taxRates()).get(country) ?? null;
}
