import { ArgsType, Field } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import type { Context } from '#platform/graphql/context.ts';
import { type MoneyType, shown } from '#platform/graphql/money.type.ts';
import { CurrencyCodeScalar } from '#platform/graphql/scalars.ts';
import { exchanged } from '#platform/money/exchange.ts';
import { type Money, money } from '#platform/money/money.ts';
import { exchangeInto, type KnownExchange } from '#subgraphs/pricing/contracts/exchange-rates.ts';
import { fixedPrices } from '#subgraphs/pricing/contracts/fixed-prices.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';

@ArgsType()
export class CurrencyArgument {
  @Field(() => CurrencyCodeScalar, { nullable: true })
  currency?: string | null;
}

/** `minor` as it comes from the database: a number within JSON, else a bigint. */
export const priceOf = (minor: number | bigint): MoneyType => shown(money(BigInt(minor), SHOP.currency));

/** What is answered at once: most ask for no other currency, hundreds of times a list. */
export const isShopCurrency = (currency: string | null | undefined): boolean =>
  currency == null || currency === SHOP.currency;

/** The exchange into a currency that shoppers can choose. */
export async function soldCurrency(context: Context, currency: string): Promise<KnownExchange> {
  const exchange = await exchangeInto(context, currency);
  if (exchange?.sold) return exchange;
  throw new Denied('BAD_USER_INPUT', `There are no prices in ${currency}; \`currencies\` has those there are.`);
}

/** As stored: minor units of the shop's currency. */
export interface BasePrice {
  readonly variantId: string;
  readonly price: number | bigint;
  readonly compareAtPrice?: number | bigint | null;
}

export interface PriceInCurrency {
  readonly price: Money;
  readonly compareAtPrice: Money | null;
}

/** What a variant costs in another currency: its own price there where the merchant set one, else by the rate. */
export async function priceIn(context: Context, exchange: KnownExchange, base: BasePrice): Promise<PriceInCurrency> {
  const { currency } = exchange;
  const fixed = exchange.hasFixedPrices ? await context.loader(loadFixed).load(`${currency} ${base.variantId}`) : null;
  if (fixed) {
    const compared = fixed.compareAtPrice === null ? null : money(BigInt(fixed.compareAtPrice), currency);
    return { price: money(BigInt(fixed.price), currency), compareAtPrice: compared };
  }
  const byRate = (minor: number | bigint) => exchanged(money(BigInt(minor), SHOP.currency), exchange);
  const { price, compareAtPrice } = base;
  return { price: byRate(price), compareAtPrice: compareAtPrice == null ? null : byRate(compareAtPrice) };
}

interface Fixed {
  readonly price: string;
  readonly compareAtPrice: string | null;
}

/** Keys are a currency and a variant; one question for each currency. */
async function loadFixed(keys: readonly string[], context: Context): Promise<(Fixed | null)[]> {
  const found = new Map<string, Fixed>();
  for (const currency of new Set(keys.map(currencyOf))) {
    const variantIds = keys.filter((key) => currencyOf(key) === currency).map((key) => key.slice(4));
    const { fixedPrices: prices } = await context.ask(fixedPrices, { variantIds, currency });
    for (const each of prices) found.set(`${currency} ${each.variantId}`, each);
  }
  return keys.map((key) => found.get(key) ?? null);
}

const currencyOf = (key: string): string => key.slice(0, 3);
