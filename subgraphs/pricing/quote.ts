import { Arg, Directive, Field, ID, InputType, Int, Query, Resolver } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { Internal } from '#platform/graphql/access.ts';
import { MoneyInput, shown } from '#platform/graphql/money.type.ts';
import { CountryCodeScalar, CurrencyCodeScalar, DateTimeScalar } from '#platform/graphql/scalars.ts';
import { type Exchange, exchanged } from '#platform/money/exchange.ts';
import { type Money, parseDecimal } from '#platform/money/money.ts';
import { SHOP } from './contracts/shop.ts';
import { offeredFor } from './offered-codes.ts';
import { Quote } from './quote.type.ts';
import { ownExchange } from './rate-tables.ts';
import { taxOfGoods } from './rules/country-taxes.ts';
import type { Offer } from './rules/offers.ts';
import { priceCart, rateAsDecimal } from './rules/price-cart.ts';
import { taxesOf } from './tax-rates.ts';

@Directive('@inaccessible')
@InputType()
export class QuoteLineInput {
  @Field(() => ID)
  lineId!: string;

  @Field(() => ID)
  productId!: string;

  @Field(() => [ID], { description: 'The nearest first.' })
  categoryIds!: string[];

  @Field(() => ID)
  sellerId!: string;

  @Field(() => Int)
  quantity!: number;

  @Field(() => MoneyInput)
  unitPrice!: MoneyInput;

  @Field(() => Boolean, { nullable: true, description: 'Bears no tax and takes no discount.' })
  isGiftCard?: boolean | null;
}

@Directive('@inaccessible')
@InputType()
export class QuoteInput {
  @Field(() => CurrencyCodeScalar)
  currency!: string;

  @Field(() => [QuoteLineInput])
  lines!: QuoteLineInput[];

  @Field(() => [String])
  codes!: string[];

  @Field(() => ID, { nullable: true })
  customerId?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: "For tax; without it the shop's own country, and `isEstimate`.",
  })
  country?: string | null;

  @Field(() => String, { nullable: true })
  region?: string | null;

  @Field(() => String, { nullable: true })
  postalCode?: string | null;

  @Field(() => MoneyInput, { nullable: true, description: 'Null until an option is chosen.' })
  shipping?: MoneyInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'An order holds the codes already: they stay its own past their time and limit.',
  })
  codesAreHeld?: boolean | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The moment whose exchange rates count; without it now.',
  })
  ratesAt?: Date | null;
}

@Resolver()
export class QuoteResolver {
  @Internal()
  @Query(() => Quote, { description: 'Tax and totals of lines whose unit prices the caller brings; changes nothing.' })
  quote(@Arg('input', () => QuoteInput) input: QuoteInput): Promise<Quote> {
    return quoteCart(input);
  }
}

export async function quoteCart(input: QuoteInput): Promise<Quote> {
  const exchange = await ownExchange(input.currency, input.ratesAt?.toISOString() ?? null);
  if (!exchange) throw new Denied('BAD_USER_INPUT', `There are no rates of ${input.currency}.`);
  const [offered, taxes] = await Promise.all([
    offeredFor({
      codes: input.codes,
      customerId: input.customerId ?? null,
      email: input.email ?? null,
      areHeld: input.codesAreHeld ?? false,
    }),
    taxesOf(input.country ?? SHOP.country),
  ]);
  const priced = priceCart({
    currency: input.currency,
    lines: input.lines.map(({ lineId, productId, categoryIds, quantity, unitPrice, isGiftCard }) => {
      if (quantity < 1) throw new Denied('BAD_USER_INPUT', `The quantity of line ${lineId} must be at least 1.`);
      const line = { lineId, productId, categoryIds, quantity, unitPrice: amount(unitPrice, input.currency) };
      return isGiftCard ? { ...line, isGiftCard } : { ...line, tax: taxOfGoods(taxes, categoryIds) };
    }),
    shipping: input.shipping ? amount(input.shipping, input.currency) : null,
    tax: taxes.standard,
    taxIncluded: taxes.included,
    offers: offered.offers.map((offer) => offerIn(offer, exchange)),
  });
  return {
    lines: priced.lines.map((line) => ({
      lineId: line.lineId,
      discount: shown(line.discount),
      tax: shown(line.tax),
      total: shown(line.total),
    })),
    subtotal: shown(priced.subtotal),
    discount: shown(priced.discount),
    shipping: priced.shipping && shown(priced.shipping),
    tax: shown(priced.tax),
    taxIncluded: priced.taxIncluded,
    taxLines: priced.taxLines.map((line) => ({
      title: line.title,
      rate: rateAsDecimal(line.rate),
      amount: shown(line.amount),
    })),
    total: shown(priced.total),
    codes: offered.answers(priced.used),
    isEstimate: !input.country || !input.shipping,
  };
}

/** Promotions are written in the shop's currency. */
function offerIn(offer: Offer, exchange: Exchange): Offer {
  if (exchange.currency === SHOP.currency) return offer;
  const { gift, minimumSubtotal } = offer;
  return {
    ...offer,
    gift: gift.kind === 'amount' ? { ...gift, amount: exchanged(gift.amount, exchange) } : gift,
    minimumSubtotal: minimumSubtotal && exchanged(minimumSubtotal, exchange),
  };
}

function amount(given: MoneyInput, currency: string): Money {
  const parsed = given.currency === currency ? parseDecimal(given.amount, currency) : null;
  if (parsed && parsed.minor >= 0n) return parsed;
  throw new Denied('BAD_USER_INPUT', `${given.amount} ${given.currency} is no price in ${currency}.`);
}
