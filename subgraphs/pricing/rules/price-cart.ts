import { add, fraction, type Money, money, subtract, sum, times } from '#platform/money/money.ts';
import { bestDiscounts, type Offer } from './offers.ts';

/** A tax by its rate in hundredths of a percent, e.g. 1900 for 19 %. */
export interface Tax {
  readonly title: string;
  readonly rate: number;
}

export interface LineToPrice {
  readonly lineId: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly productId?: string;
  readonly categoryIds?: readonly string[];
  /** Where its goods have a rate of their own; without it `tax` of the cart. */
  readonly tax?: Tax | null;
  /**
   * Money in another form: it costs what it is worth, counts toward no minimum, and bears no tax before it is spent, as a
   * multi-purpose voucher (Directive (EU) 2016/1065, articles 30a and 30b of 2006/112/EC).
   */
  readonly isGiftCard?: boolean;
}

export interface CartToPrice {
  readonly currency: string;
  readonly lines: readonly LineToPrice[];
  /** Null until an option is chosen. */
  readonly shipping: Money | null;
  /** Of goods without a rate of their own, and of shipping. Null where the shop owes none, e.g. for goods that leave the European Union. */
  readonly tax: Tax | null;
  /** Whether prices contain their tax, as they do by default, or it comes on top. */
  readonly taxIncluded?: boolean;
  /** Promotions that may be used now; the best of them are. */
  readonly offers?: readonly Offer[];
}

export interface PricedCart {
  /** `total` is what is left of a line after its discount; its tax is in it or comes on top. */
  readonly lines: { lineId: string; discount: Money; tax: Money; total: Money }[];
  readonly subtotal: Money;
  /** Of the goods. Where shipping is given away, `shipping` is zero. */
  readonly discount: Money;
  readonly shipping: Money | null;
  /** Ids of the offers that made it cheaper. */
  readonly used: ReadonlySet<string>;
  readonly tax: Money;
  readonly taxIncluded: boolean;
  /** One for each rate, the highest first. */
  readonly taxLines: { title: string; rate: number; amount: Money }[];
  readonly total: Money;
}

/**
 * What a cart costs: total = subtotal − discount + shipping, and tax is a part of it, or comes on top where prices do
 * not contain it. Tax is rounded line by line, so that the lines and shipping add up to it.
 */
export function priceCart(cart: CartToPrice): PricedCart {
  const { currency, shipping: asked, tax, taxIncluded = true, offers = [] } = cart;
  const lines = cart.lines.map((line) => ({ ...line, gross: times(line.unitPrice, line.quantity) }));
  const goods = lines.filter(({ isGiftCard }) => !isGiftCard);
  const discounts = bestDiscounts(goods, asked, goods.length > 0 ? offers : [], currency);
  const shipping = asked && discounts.freeShipping ? money(0n, currency) : asked;
  const taxed: Taxed[] = [];
  const taxOn = (amount: Money, rate: Tax | null): Money => {
    const owed = taxOf(amount, rate, taxIncluded);
    if (rate) taxed.push({ ...rate, amount: owed });
    return owed;
  };
  const discountOf = new Map(goods.map((line, i) => [line, discounts.lines[i]!]));
  const priced = lines.map((line) => {
    const discount = discountOf.get(line) ?? money(0n, currency);
    const total = subtract(line.gross, discount);
    const owed = line.isGiftCard ? null : line.tax === undefined ? tax : line.tax;
    return { lineId: line.lineId, discount, tax: taxOn(total, owed), total };
  });
  if (shipping) taxOn(shipping, tax);
  const subtotal = sum(
    lines.map((line) => line.gross),
    currency,
  );
  const net = sum(
    priced.map((line) => line.total),
    currency,
  );
  const taxTotal = sum(
    taxed.map(({ amount }) => amount),
    currency,
  );
  const due = shipping ? add(net, shipping) : net;
  return {
    lines: priced,
    subtotal,
    discount: subtract(subtotal, net),
    shipping,
    used: discounts.used,
    tax: taxTotal,
    taxIncluded,
    taxLines: byRate(taxed),
    total: taxIncluded ? due : add(due, taxTotal),
  };
}

type Taxed = Tax & { readonly amount: Money };

function byRate(taxed: readonly Taxed[]): Taxed[] {
  const lines = new Map<string, Taxed>();
  for (const each of taxed) {
    const key = `${each.rate} ${each.title}`;
    const known = lines.get(key);
    lines.set(key, known ? { ...known, amount: add(known.amount, each.amount) } : each);
  }
  return [...lines.values()]
    .filter(({ amount }) => amount.minor !== 0n)
    .sort((a, b) => b.rate - a.rate || (a.title < b.title ? -1 : 1));
}

/** €119.00 at 19 % contain €19.00; on top of €100.00 come €19.00. */
function taxOf(amount: Money, tax: Tax | null, included: boolean): Money {
  const rate = BigInt(tax?.rate ?? 0);
  return fraction(amount, rate, included ? 10_000n + rate : 10_000n);
}

/** 1900 → `0.19`. */
export const rateAsDecimal = (rate: number): string => (rate / 10_000).toString();
