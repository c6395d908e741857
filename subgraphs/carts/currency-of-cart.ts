import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { type Exchange, exchanged, exchangedBack } from '#platform/money/exchange.ts';
import { money } from '#platform/money/money.ts';
import { exchangeInto, QUOTE_HOLDS_MS, ratesNow } from '#subgraphs/pricing/contracts/exchange-rates.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import type { CartLineRecord } from './rules/cart-lines.ts';

/** Refuses what shoppers cannot choose. */
export async function requireSold(context: Context, currency: string): Promise<void> {
  if ((await exchangeInto(context, currency))?.sold) return;
  throw new Refusal(
    'CURRENCY_UNSUPPORTED',
    `This shop does not sell in ${currency}; \`currencies\` lists what it takes.`,
    {
      path: ['input', 'currency'],
    },
  );
}

/** What lines remember of their prices, in another currency. */
export async function linesIn(
  context: Context,
  from: string,
  to: string,
): Promise<(lines: readonly CartLineRecord[]) => CartLineRecord[]> {
  if (from === to) return (lines) => [...lines];
  const [back, there] = await Promise.all([knownExchange(context, from), knownExchange(context, to)]);
  return (lines) =>
    lines.map((line) => {
      const inShops = exchangedBack(money(BigInt(line.unitPrice), from), back, SHOP.currency);
      return { ...line, unitPrice: exchanged(inShops, there).minor.toString() };
    });
}

async function knownExchange(context: Context, currency: string): Promise<Exchange> {
  const exchange = await exchangeInto(context, currency);
  if (!exchange) throw new Error(`There are no rates of ${currency}.`);
  return exchange;
}

/**
 * The moment whose rates price a cart now; all that are asked get the same. Null for the shop's own currency, which asks
 * nobody.
 */
export async function ratesOfNow(context: Context, currency: string): Promise<string | null> {
  return currency === SHOP.currency ? null : ((await ratesNow(context))[0]?.since ?? null);
}

/** The moments of older rates that a cart may still be bought at, the newest first: those shown in the last ten minutes. */
export async function heldRates(context: Context, currency: string): Promise<string[]> {
  if (currency === SHOP.currency) return [];
  const tables = await ratesNow(context);
  // The rates of a table were shown until the next began.
  const shownUntil = (i: number) => Date.parse(tables[i - 1]!.since);
  return tables.flatMap(({ since }, i) => (i > 0 && shownUntil(i) > Date.now() - QUOTE_HOLDS_MS ? [since] : []));
}
