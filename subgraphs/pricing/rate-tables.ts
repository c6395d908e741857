import type { PoolClient } from 'pg';
import { announceChange } from '#platform/cache/changes.ts';
import { kept } from '#platform/cache/kept.ts';
import {
  exchangeAmong,
  type KnownExchange,
  QUOTE_HOLDS_MS,
  type RateTable,
  ratesNow,
} from './contracts/exchange-rates.ts';
import { SHOP } from './contracts/shop.ts';
import { database } from './database.ts';

interface TableRow {
  since: Date;
  rates: Record<string, { rate: string; roundTo: string; at: string; sold: boolean }>;
  /** Currencies that any variant has a price of its own in. */
  fixed: string[];
}

const FIXED = 'ARRAY(SELECT DISTINCT currency::text FROM fixed_price) AS fixed';

/** What held at any moment of a window, the newest first: the newest before it is the one that it begins with. */
const inForce = database.statement<TableRow>(
  'pricing.rate-tables',
  `SELECT since, rates, ${FIXED} FROM rate_table
   WHERE id >= coalesce((SELECT max(id) FROM rate_table WHERE since <= $1::timestamptz), 0) AND since <= $2::timestamptz
   ORDER BY id DESC LIMIT 100`,
);

export const tablesNow = kept('exchange rates', 5_000, async () => {
  const now = Date.now();
  // The clock of the database may be a little ahead.
  return inForce(new Date(now - QUOTE_HOLDS_MS), new Date(now + 60_000));
});

/** Those of now and of the last ten minutes, or the one that held at a moment. */
export const tablesAt = (at: Date | null): Promise<TableRow[]> => (at ? inForce(at, at) : tablesNow());

export const toRateTable = ({ since, rates, fixed }: TableRow): RateTable => ({
  since: since.toISOString(),
  rates: Object.entries(rates).map(([code, { rate, roundTo, sold }]) => ({
    ...{ code, rate, roundTo, sold, hasFixedPrices: fixed.includes(code) },
  })),
});

/** As `exchangeInto()` of the contracts answers others. */
export async function ownExchange(currency: string, at: string | null): Promise<KnownExchange | null> {
  if (currency === SHOP.currency) return { currency, rate: '1', roundTo: 1n, sold: true, hasFixedPrices: false };
  const known = (await tablesNow()).map(toRateTable);
  const isKnown = at === null || known.some(({ since }) => since === at);
  const tables = isKnown ? known : (await tablesAt(new Date(at))).map(toRateTable);
  return exchangeAmong(tables, currency, at);
}

/**
 * Changes currencies and writes the table that holds from now on, where it is another one. Changes take turns, so that
 * no table misses what another change has just written.
 */
export async function changeRates<Result>(change: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const result = await database.transaction(async (client) => {
    await client.query('LOCK TABLE currency IN SHARE ROW EXCLUSIVE MODE');
    const changed = await change(client);
    await client.query(WRITE_TABLE);
    return changed;
  });
  tablesNow.forget();
  ratesNow.forget();
  // Prices in other currencies are in kept answers of goods.
  await announceChange('Product', 'Variant', 'Currency');
  return result;
}

const WRITE_TABLE = `
  INSERT INTO rate_table (since, rates)
  SELECT clock_timestamp(), rates FROM (
    SELECT coalesce(jsonb_object_agg(code, jsonb_build_object('rate', coalesce(own_rate, rate), 'roundTo', round_to::text,
      'at', CASE WHEN own_rate IS NULL THEN rate_at ELSE own_at END, 'sold', sold)), '{}') AS rates
    FROM currency WHERE coalesce(own_rate, rate) IS NOT NULL) AS now
  WHERE rates IS DISTINCT FROM (SELECT r.rates FROM rate_table r ORDER BY id DESC LIMIT 1)`;
