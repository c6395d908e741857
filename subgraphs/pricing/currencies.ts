import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import { announceChange } from '#platform/cache/changes.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { Internal, RequiresScopes } from '#platform/graphql/access.ts';
import { CacheControl } from '#platform/graphql/cache-control.ts';
import type { Context } from '#platform/graphql/context.ts';
import { MoneyInput } from '#platform/graphql/money.type.ts';
import { CurrencyCodeScalar, DateTimeScalar, DecimalScalar } from '#platform/graphql/scalars.ts';
import { payload, UserError } from '#platform/graphql/user-error.type.ts';
import { isRate } from '#platform/money/exchange.ts';
import { fractionDigits, money, parseDecimal, toDecimal } from '#platform/money/money.ts';
import { variantsForSale } from '#subgraphs/catalog/contracts/variants-for-sale.ts';
import { ratesNow } from './contracts/exchange-rates.ts';
import { SHOP } from './contracts/shop.ts';
import { database } from './database.ts';
import { changeRates, tablesAt, tablesNow, toRateTable } from './rate-tables.ts';

const MAX_AGE = 60;

@CacheControl({ maxAge: MAX_AGE })
@ObjectType({ simpleResolvers: true })
export class Currency {
  @Field(() => CurrencyCodeScalar)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int)
  fractionDigits!: number;

  @Field(() => DecimalScalar, { description: "Units of it for one of the shop's own currency." })
  rate!: string;

  @Field(() => DateTimeScalar, { description: 'The day of the rate.' })
  rateAt!: Date;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class KnownRate {
  @Field(() => CurrencyCodeScalar)
  code!: string;

  @Field(() => DecimalScalar)
  rate!: string;

  @Field(() => String)
  roundTo!: string;

  @Field(() => Boolean)
  sold!: boolean;

  @Field(() => Boolean)
  hasFixedPrices!: boolean;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class RateTable {
  @Field(() => DateTimeScalar)
  since!: Date;

  @Field(() => [KnownRate])
  rates!: KnownRate[];
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class FixedPrice {
  @Field(() => ID)
  variantId!: string;

  @Field(() => String)
  price!: string;

  @Field(() => String, { nullable: true })
  compareAtPrice?: string | null;
}

@InputType()
export class CurrencyInput {
  @Field(() => CurrencyCodeScalar)
  code!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether shoppers can choose it.' })
  sold?: boolean | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'What prices are a multiple of, e.g. `0.05`.' })
  roundTo?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Goes before the feed's; 0 gives the feed its word again.",
  })
  ownRate?: string | null;
}

@InputType()
class FixedPriceInput {
  @Field(() => MoneyInput)
  price!: MoneyInput;

  @Field(() => MoneyInput, { nullable: true })
  compareAtPrice?: MoneyInput | null;
}

@InputType()
export class VariantPricesInput {
  @Field(() => ID)
  variantId!: string;

  @Field(() => [FixedPriceInput], { description: 'One a currency; they replace those there were.' })
  prices!: FixedPriceInput[];
}

enum CurrencyErrorCode {
  CURRENCY_UNSUPPORTED = 'CURRENCY_UNSUPPORTED',
  RATE_INVALID = 'RATE_INVALID',
  AMOUNT_INVALID = 'AMOUNT_INVALID',
  VARIANT_NOT_FOUND = 'VARIANT_NOT_FOUND',
}
registerEnumType(CurrencyErrorCode, { name: 'CurrencyErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
class CurrencyError extends UserError {
  @Field(() => CurrencyErrorCode)
  code!: CurrencyErrorCode;
}

@ObjectType({ simpleResolvers: true })
class CurrencyPayload {
  @Field(() => Currency, { nullable: true })
  currency?: Currency | null;

  @Field(() => [CurrencyError])
  userErrors!: CurrencyError[];
}

@ObjectType({ simpleResolvers: true })
class VariantPricesPayload {
  @Field(() => ID, { nullable: true })
  variantId?: string | null;

  @Field(() => [CurrencyError])
  userErrors!: CurrencyError[];
}

@Resolver()
export class Currencies {
  @CacheControl({ maxAge: MAX_AGE })
  @Directive('@listSize(assumedSize: 10)')
  @Query(() => [Currency], { nullable: true, description: "What shoppers can pay in, the shop's own first." })
  async currencies(): Promise<Currency[]> {
    const [table] = await tablesNow();
    const own = { rate: '1', at: new Date().toISOString() };
    const others = Object.entries(table?.rates ?? {}).filter(([, { sold }]) => sold);
    return [[SHOP.currency, own] as const, ...others.sort(([a], [b]) => (a < b ? -1 : 1))].map(([code, rate]) =>
      toCurrency(code, rate),
    );
  }

  @Internal()
  @Query(() => [RateTable], {
    description: 'Those of now and of the last ten minutes, or the one that held at a moment.',
  })
  async exchangeRates(@Arg('at', () => DateTimeScalar, { nullable: true }) at?: Date | null): Promise<RateTable[]> {
    return (await tablesAt(at ?? null)).map((table) => ({ ...toRateTable(table), since: table.since }) as RateTable);
  }

  @Internal()
  @Query(() => [FixedPrice], { description: 'One that has none is missing.' })
  fixedPrices(
    @Arg('variantIds', () => [ID]) variantIds: string[],
    @Arg('currency', () => CurrencyCodeScalar) currency: string,
  ): Promise<FixedPrice[]> {
    return fixed(variantIds, currency);
  }

  @RequiresScopes('currencies:write')
  @Mutation(() => CurrencyPayload, {
    description: 'Carts that have it keep it, whether or not it is still sold. currencies:write',
  })
  currencySet(@Arg('input', () => CurrencyInput) input: CurrencyInput, @Ctx() _context: Context) {
    return payload(() => setCurrency(input));
  }

  @RequiresScopes('currencies:write')
  @Mutation(() => VariantPricesPayload, {
    description: 'Prices in other currencies that follow no rate. currencies:write',
  })
  variantPricesSet(@Arg('input', () => VariantPricesInput) input: VariantPricesInput, @Ctx() context: Context) {
    return payload(() => setVariantPrices(context, input));
  }
}

const fixed = database.statement<FixedPrice>(
  'pricing.fixed-prices',
  `SELECT variant_id AS "variantId", price::text, compare_at_price::text AS "compareAtPrice" FROM fixed_price
   WHERE variant_id = ANY($1::text[]) AND currency = $2`,
);

const names = new Intl.DisplayNames('en', { type: 'currency' });

const toCurrency = (code: string, { rate, at }: { rate: string; at: string }): Currency => ({
  ...{ code, name: names.of(code) ?? code, fractionDigits: fractionDigits(code), rate, rateAt: new Date(at) },
});

async function setCurrency({ code, sold, roundTo, ownRate }: CurrencyInput) {
  if (code === SHOP.currency)
    throw refused('CURRENCY_UNSUPPORTED', 'code', `${code} is the shop's own currency: it is always sold.`);
  const step = roundTo == null ? null : parseDecimal(roundTo, code);
  if (roundTo != null && (!step || step.minor <= 0n))
    throw refused('AMOUNT_INVALID', 'roundTo', `roundTo is an amount above 0 in ${code}, e.g. ${smallest(code)}.`);
  const clears = ownRate != null && Number(ownRate) === 0;
  if (ownRate != null && !clears && !isRate(ownRate))
    throw refused(
      'RATE_INVALID',
      'ownRate',
      'ownRate is above 0, with at most ten digits after the point; 0 clears it.',
    );
  const known = await changeRates(async (client) => {
    const { rows } = await client.query<{ rate: string | null; at: Date }>(
      `INSERT INTO currency AS c (code, sold, round_to, own_rate, own_at)
       VALUES ($1, coalesce($2, false), coalesce($3::bigint, 1), $4, CASE WHEN $4::text IS NOT NULL THEN now() END)
       ON CONFLICT (code) DO UPDATE SET sold = coalesce($2, c.sold), round_to = coalesce($3::bigint, c.round_to),
         own_rate = CASE WHEN $5 THEN NULL ELSE coalesce($4, c.own_rate) END, own_at = coalesce(excluded.own_at, c.own_at)
       RETURNING coalesce(own_rate, rate) AS rate, CASE WHEN own_rate IS NULL THEN rate_at ELSE own_at END AS at`,
      [code, sold ?? null, step?.minor.toString() ?? null, clears ? null : (ownRate ?? null), clears],
    );
    const [row] = rows;
    if (!row?.rate) throw refused('RATE_INVALID', 'ownRate', `The feed has no rate of ${code}. Give one by ownRate.`);
    return { rate: row.rate, at: row.at.toISOString() };
  });
  return { currency: toCurrency(code, known) };
}

const smallest = (code: string): string => toDecimal(money(1n, code));

const MOST_PRICES = 50;

async function setVariantPrices(context: Context, { variantId, prices }: VariantPricesInput) {
  const rows = prices.map(({ price, compareAtPrice }, i) => {
    const path = ['prices', String(i)];
    const { currency } = price;
    const parsed = parseDecimal(price.amount, currency);
    const compared = compareAtPrice?.currency === currency ? parseDecimal(compareAtPrice.amount, currency) : null;
    if (currency === SHOP.currency || prices.findIndex((each) => each.price.currency === currency) !== i)
      throw refused(
        'CURRENCY_UNSUPPORTED',
        [...path, 'price'],
        `Give one price a currency other than ${SHOP.currency}.`,
      );
    if (!parsed || parsed.minor < 0n || prices.length > MOST_PRICES)
      throw refused('AMOUNT_INVALID', [...path, 'price'], `${price.amount} is no price in ${currency}.`);
    if (compareAtPrice && (!compared || compared.minor <= parsed.minor))
      throw refused(
        'AMOUNT_INVALID',
        [...path, 'compareAtPrice'],
        'compareAtPrice is more than price, and in its currency.',
      );
    return { currency, price: parsed.minor, compareAtPrice: compared?.minor ?? null };
  });
  const { variantsForSale: found } = variantId.includes('\0')
    ? { variantsForSale: [] }
    : await context.ask(variantsForSale, { ids: [variantId], currency: SHOP.currency });
  const [variant] = found;
  if (!variant) throw refused('VARIANT_NOT_FOUND', 'variantId', 'There is no such variant.');
  await database.prisma.$transaction([
    database.prisma.fixedPrice.deleteMany({ where: { variantId } }),
    database.prisma.fixedPrice.createMany({ data: rows.map((row) => ({ ...row, variantId })) }),
  ]);
  tablesNow.forget();
  ratesNow.forget();
  await announceChange(`Variant:${variantId}`, `Product:${variant.productId}`);
  return { variantId };
}

const refused = (code: string, path: string | readonly string[], message: string) =>
  new Refusal(code, message, { path: ['input', ...(typeof path === 'string' ? [path] : path)] });
