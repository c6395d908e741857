import { log } from '#platform/telemetry/log.ts';
import { database } from './database.ts';
import type { Tax } from './rules/price-cart.ts';

const RELOAD_MS = 60_000;

let loaded: { rates: ReadonlyMap<string, Tax>; at: number } | null = null;
let loading: Promise<ReadonlyMap<string, Tax>> | null = null;

/** The tax of a country today, kept in memory; null where the shop owes none. */
export async function taxOf(country: string): Promise<Tax | null> {
  const rates = loaded?.rates ?? (await load());
  if (loaded && Date.now() - loaded.at > RELOAD_MS) {
    // What is known serves until the new table is here: a database that is down for a while stops no checkout.
    load().catch((reason) =>
      log.warn({ err: reason }, 'The tax rates could not be read again; the known ones serve on'),
    );
  }
  return rates.get(country) ?? null;
}

function load(): Promise<ReadonlyMap<string, Tax>> {
  loading ??= read().finally(() => {
    loading = null;
  });
  return loading;
}

async function read(): Promise<ReadonlyMap<string, Tax>> {
  const rows = await database.prisma.taxRate.findMany({
    where: { validFrom: { lte: new Date() } },
    orderBy: { validFrom: 'asc' },
  });
  // Later rows of a country replace earlier ones.
  const rates = new Map(rows.map(({ country, title, rate }) => [country, { title, rate }]));
  loaded = { rates, at: Date.now() };
  return rates;
}
