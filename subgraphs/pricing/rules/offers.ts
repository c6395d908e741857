import { allocate, fraction, type Money, money, subtract, sum } from '#platform/money/money.ts';

/** What a promotion gives. Exactly one of the three. */
export type Gift =
  | { readonly kind: 'percent' /** In hundredths of a percent: 1000 is 10 %. */; readonly percent: number }
  | { readonly kind: 'amount'; readonly amount: Money }
  | { readonly kind: 'free shipping' };

/** A promotion that may be used on a cart now, as far as is known without the cart. */
export interface Offer {
  readonly id: string;
  readonly gift: Gift;
  /** Of the goods before any discount. */
  readonly minimumSubtotal: Money | null;
  /** Whether it goes together with others that do. */
  readonly combines: boolean;
}

export interface OfferedLine {
  readonly lineId: string;
  /** Quantity times price. */
  readonly gross: Money;
}

export interface Discounts {
  /** By line, in the order of the lines; together what is taken off the goods. */
  readonly lines: readonly Money[];
  readonly freeShipping: boolean;
  /** Those that give something, by id. */
  readonly used: ReadonlySet<string>;
}

/**
 * The best that a cart can have: one promotion that does not combine, or all that do together, whichever takes more off.
 * Of those together percentages come first, then amounts, of what is left. No line ever costs less than nothing, and
 * neither the order of the lines nor that of the offers changes what is taken off.
 */
export function bestDiscounts(
  lines: readonly OfferedLine[],
  shipping: Money | null,
  offers: readonly Offer[],
  currency: string,
): Discounts {
  const subtotal = sum(
    lines.map(({ gross }) => gross),
    currency,
  );
  const fitting = offers
    .filter(({ minimumSubtotal }) => !minimumSubtotal || subtotal.minor >= minimumSubtotal.minor)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const together = fitting.filter(({ combines }) => combines);
  const ways = [together, ...fitting.filter(({ combines }) => !combines).map((alone) => [alone])];
  const worths = ways.map((way) => {
    const discounts = apply(lines, way, currency);
    return { discounts, worth: worthOf(discounts, shipping, currency) };
  });
  return worths.reduce((best, each) => (each.worth > best.worth ? each : best)).discounts;
}

function worthOf({ lines, freeShipping }: Discounts, shipping: Money | null, currency: string): bigint {
  const goods = sum(lines, currency).minor;
  return freeShipping && shipping ? goods + shipping.minor : goods;
}

function apply(lines: readonly OfferedLine[], offers: readonly Offer[], currency: string): Discounts {
  let left = lines.map(({ gross }) => gross);
  const used = new Set<string>();
  const take = ({ id }: Offer, taken: readonly Money[]) => {
    if (taken.every(({ minor }) => minor === 0n)) return;
    used.add(id);
    left = left.map((amount, i) => subtract(amount, taken[i]!));
  };
  for (const offer of offers) if (offer.gift.kind === 'percent') take(offer, percentOf(left, offer.gift.percent));
  for (const offer of offers)
    if (offer.gift.kind === 'amount') take(offer, shareOf(lines, left, offer.gift.amount, currency));
  const free = offers.filter(({ gift }) => gift.kind === 'free shipping');
  for (const { id } of free) used.add(id);
  return { lines: lines.map(({ gross }, i) => subtract(gross, left[i]!)), freeShipping: free.length > 0, used };
}

const percentOf = (amounts: readonly Money[], percent: number): Money[] =>
  amounts.map((amount) => fraction(amount, BigInt(percent), 10_000n));

/** In proportion to what each line still costs; odd minor units go by the lines' ids, not by their order. */
function shareOf(lines: readonly OfferedLine[], left: readonly Money[], amount: Money, currency: string): Money[] {
  const rest = sum(left, currency).minor;
  const off = amount.minor > rest ? money(rest, currency) : amount;
  if (rest === 0n) return left.map(() => money(0n, currency));
  const byId = lines.map((_, i) => i).sort((a, b) => (lines[a]!.lineId < lines[b]!.lineId ? -1 : 1));
  const parts = allocate(
    off,
    byId.map((i) => left[i]!.minor),
  );
  const shares = new Array<Money>(lines.length);
  for (const [place, i] of byId.entries()) shares[i] = parts[place]!;
  return shares;
}
