import { kept } from '#platform/cache/kept.ts';
import type { Context } from '#platform/graphql/context.ts';
import { operation } from '#platform/graphql/operation.ts';
import type { Exchange } from '#platform/money/exchange.ts';
import { SHOP } from './shop.ts';

/** The rates that hold from a moment on, until those of the next table. */
export interface RateTable {
  /** RFC 3339. */
  readonly since: string;
  readonly rates: readonly KnownRate[];
}

export interface KnownRate {
  readonly code: string;
  readonly rate: string;
  /** Minor units that prices are a multiple of, as text. */
  readonly roundTo: string;
  /** Whether shoppers can choose it; carts and orders that have it keep it. */
  readonly sold: boolean;
  /** Whether any variant has a price of its own in it. */
  readonly hasFixedPrices: boolean;
}

/** For so long a cart costs what it was shown with, whatever the rates do. */
export const QUOTE_HOLDS_MS = 10 * 60_000;

/** The newest first: those of now and of the last ten minutes, or the one that held at `at`. */
export const exchangeRates = operation<{ exchangeRates: RateTable[] }, { at?: string | null }>(
  'pricing',
  'query($at: DateTime) { exchangeRates(at: $at) { since rates { code rate roundTo sold hasFixedPrices } } }',
);

/** Asked at most every five seconds, and not at all for the shop's own currency. */
export const ratesNow = kept(
  'exchange rates',
  5_000,
  async (context: Context) => (await context.ask(exchangeRates, {})).exchangeRates,
);

/** An exchange of the shop's currency for another one. */
export type KnownExchange = Exchange & Pick<KnownRate, 'sold' | 'hasFixedPrices'>;

/** Null for a currency that there are no rates of. `at` is the moment whose rates count; without it now. */
export async function exchangeInto(
  context: Context,
  currency: string,
  at: string | null = null,
): Promise<KnownExchange | null> {
  if (currency === SHOP.currency) return { currency, rate: '1', roundTo: 1n, sold: true, hasFixedPrices: false };
  return exchangeAmong(await tablesFor(context, at), currency, at);
}

/** A moment is mostly where a table begins. One that is not known yet, or not any more, is asked for. */
async function tablesFor(context: Context, at: string | null): Promise<readonly RateTable[]> {
  const tables = await ratesNow(context);
  const isKnown = at === null || tables.some(({ since }) => since === at);
  return isKnown ? tables : (await context.ask(exchangeRates, { at })).exchangeRates;
}

export function exchangeAmong(tables: readonly RateTable[], currency: string, at: string | null): KnownExchange | null {
  const table = at === null ? tables[0] : (tables.find(({ since }) => since <= at) ?? tables.at(-1));
  const known = table?.rates.find(({ code }) => code === currency);
  if (!known) return null;
  const { rate, roundTo, sold, hasFixedPrices } = known;
  return { currency, rate, roundTo: BigInt(roundTo), sold, hasFixedPrices };
}
