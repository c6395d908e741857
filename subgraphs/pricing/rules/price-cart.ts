import { add, fraction, type Money, money, sum, times } from '#platform/money/money.ts';

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
}

export interface PricedCart {
  readonly lines: { lineId: string; discount: Money; tax: Money; total: Money }[];
  readonly subtotal: Money;
  readonly discount: Money;
  readonly shipping: Money | null;
  readonly tax: Money;
  readonly taxLines: { title: string; rate: number; amount: Money }[];
  readonly total: Money;
}

/**
 * What a cart costs. Prices contain their tax: total = subtotal − discount + shipping, and tax is a part of it, rounded
 * line by line so that the lines and shipping add up to it.
 */
export function priceCart({ currency, lines, shipping, tax }: CartToPrice): PricedCart {
  const nothing = money(0n, currency);
  const priced = lines.map(({ lineId, quantity, unitPrice }) => {
    const total = times(unitPrice, quantity);
    return { lineId, discount: nothing, tax: taxWithin(total, tax), total };
  });
  const subtotal = sum(
    priced.map((line) => line.total),
    currency,
  );
  const taxes = [...priced.map((line) => line.tax), ...(shipping ? [taxWithin(shipping, tax)] : [])];
  const taxTotal = sum(taxes, currency);
  return {
    lines: priced,
    subtotal,
    discount: nothing,
    shipping,
    tax: taxTotal,
    taxLines: tax && taxTotal.minor !== 0n ? [{ ...tax, amount: taxTotal }] : [],
    total: shipping ? add(subtotal, shipping) : subtotal,
  };
}

/** €119.00 at 19 % contain €19.00. */
function taxWithin(amount: Money, tax: Tax | null): Money {
  const rate = BigInt(tax?.rate ?? 0);
  return fraction(amount, rate, 10_000n + rate);
}

/** 1900 → `0.19`. */
export const rateAsDecimal = (rate: number): string => (rate / 10_000).toString();
