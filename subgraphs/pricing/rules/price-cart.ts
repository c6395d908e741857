import { add, fraction, type Money, money, subtract, sum, times } from '#platform/money/money.ts';
import { bestDiscounts, type Offer } from './offers.ts';

/** A tax by its rate in hundredths of a percent, e.g. 1900 for 19 %. */
export interface Tax {
  readonly title: string;
  readonly rate: number;
}

export interface CartToPrice {
  readonly currency: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly unitPrice: Money }[];
  /** Null until an option is chosen. */
  readonly shipping: Money | null;
  /** Null where the shop owes none, e.g. for goods that leave the European Union. */
  readonly tax: Tax | null;
  /** Promotions that may be used now; the best of them are. */
  readonly offers?: readonly Offer[];
}

export interface PricedCart {
  /** `total` is what is left of a line after its discount. */
  readonly lines: { lineId: string; discount: Money; tax: Money; total: Money }[];
  readonly subtotal: Money;
  /** Of the goods. Where shipping is given away, `shipping` is zero. */
  readonly discount: Money;
  readonly shipping: Money | null;
  /** Ids of the offers that made it cheaper. */
  readonly used: ReadonlySet<string>;
  readonly tax: Money;
  readonly taxLines: { title: string; rate: number; amount: Money }[];
  readonly total: Money;
}

/**
 * What a cart costs. Prices contain their tax: total = subtotal − discount + shipping, and tax is a part of it, rounded
 * line by line so that the lines and shipping add up to it.
 */
export function priceCart({ currency, lines, shipping: asked, tax, offers = [] }: CartToPrice): PricedCart {
  const gross = lines.map(({ lineId, quantity, unitPrice }) => ({ lineId, gross: times(unitPrice, quantity) }));
  const discounts = bestDiscounts(gross, asked, offers, currency);
  const shipping = asked && discounts.freeShipping ? money(0n, currency) : asked;
  const priced = gross.map(({ lineId, gross }, i) => {
    const discount = discounts.lines[i]!;
    const total = subtract(gross, discount);
    return { lineId, discount, tax: taxWithin(total, tax), total };
  });
  const total = sum(
    priced.map((line) => line.total),
    currency,
  );
  const taxes = [...priced.map((line) => line.tax), ...(shipping ? [taxWithin(shipping, tax)] : [])];
  const taxTotal = sum(taxes, currency);
  const subtotal = sum(
    gross.map((line) => line.gross),
    currency,
  );
  return {
    lines: priced,
    subtotal,
    discount: subtract(subtotal, total),
    shipping,
    used: discounts.used,
    tax: taxTotal,
    taxLines: tax && taxTotal.minor !== 0n ? [{ ...tax, amount: taxTotal }] : [],
    total: shipping ? add(total, shipping) : total,
  };
}

/** €119.00 at 19 % contain €19.00. */
function taxWithin(amount: Money, tax: Tax | null): Money {
  const rate = BigInt(tax?.rate ?? 0);
  return fraction(amount, rate, 10_000n + rate);
}

/** 1900 → `0.19`. */
export const rateAsDecimal = (rate: number): string => (rate / 10_000).toString();
