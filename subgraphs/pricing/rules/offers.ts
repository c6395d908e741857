import { allocate, fraction, type Money, money, subtract, sum } from '#platform/money/money.ts';

/** What a promotion gives. */
export type Gift =
  | { readonly kind: 'percent' /** In hundredths of a percent: 1000 is 10 %. */; readonly percent: number }
  | { readonly kind: 'amount'; readonly amount: Money }
  | { readonly kind: 'free shipping' }
  /** Of each `buy + get` units the cheapest `get` cost `percent` less. */
  | { readonly kind: 'buy get'; readonly buy: number; readonly get: number; readonly percent: number };

/** A promotion that may be used on a cart now, as far as is known without the cart. */
export interface Offer {
  readonly id: string;
  readonly gift: Gift;
  /** Of the goods before any discount. */
  readonly minimumSubtotal: Money | null;
  /** Whether it goes together with others that do. */
  readonly combines: boolean;
  /** Whether it goes before all that are not, whatever they take off; default false. */
  readonly exclusive?: boolean;
  /** Those with more go first; default 0. */
  readonly priority?: number;
  /** The goods that it is for, by product or category; null for all. */
  readonly goods?: { readonly productIds: ReadonlySet<string>; readonly categoryIds: ReadonlySet<string> } | null;
}

export interface OfferedLine {
  readonly lineId: string;
  readonly quantity: number;
  /** Quantity times price. */
  readonly gross: Money;
  readonly productId?: string;
  readonly categoryIds?: readonly string[];
}

export interface Discounts {
  /** By line, in the order of the lines; together what is taken off the goods. */
  readonly lines: readonly Money[];
  readonly freeShipping: boolean;
  /** Those that give something, by id. */
  readonly used: ReadonlySet<string>;
}

/**
 * The best that a cart can have. An exclusive promotion that gives it something is used alone, of several the first by
 * priority; else one that does not combine, or all that do together, whichever takes more off. Those together take in
 * the order of priority, then gifts of units, percentages and amounts, each of what is left. No line ever costs less
 * than nothing, and neither the order of the lines nor that of the offers changes what is taken off.
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
    .sort(inOrder);
  const valued = (way: readonly Offer[]) => {
    const discounts = apply(lines, way, currency);
    return { discounts, worth: worthOf(discounts, shipping, currency) };
  };
  for (const offer of fitting.filter(({ exclusive }) => exclusive)) {
    const { discounts, worth } = valued([offer]);
    // What delivery will cost is not known before one is chosen.
    if (worth > 0n || (discounts.freeShipping && !shipping)) return discounts;
  }
  const others = fitting.filter(({ exclusive }) => !exclusive);
  const alone = others.filter(({ combines }) => !combines).map((offer) => [offer]);
  const ways = [others.filter(({ combines }) => combines), ...alone].map(valued);
  return ways.reduce((best, each) => (each.worth > best.worth ? each : best)).discounts;
}

const KINDS: readonly Gift['kind'][] = ['buy get', 'percent', 'amount', 'free shipping'];

const inOrder = (a: Offer, b: Offer): number =>
  (b.priority ?? 0) - (a.priority ?? 0) ||
  KINDS.indexOf(a.gift.kind) - KINDS.indexOf(b.gift.kind) ||
  (a.id < b.id ? -1 : 1);

function worthOf({ lines, freeShipping }: Discounts, shipping: Money | null, currency: string): bigint {
  const goods = sum(lines, currency).minor;
  return freeShipping && shipping ? goods + shipping.minor : goods;
}

function apply(lines: readonly OfferedLine[], offers: readonly Offer[], currency: string): Discounts {
  let left = lines.map(({ gross }) => gross);
  let freeShipping = false;
  const used = new Set<string>();
  for (const { id, gift, goods } of offers) {
    if (gift.kind === 'free shipping') {
      freeShipping = true;
      used.add(id);
      continue;
    }
    const meant = lines.flatMap((line, i) => (isFor(goods, line) ? [{ ...line, at: i, left: left[i]! }] : []));
    const taken = takenBy(gift, meant, currency);
    if (taken.every(({ minor }) => minor === 0n)) continue;
    used.add(id);
    left = [...left];
    for (const [i, { at }] of meant.entries()) left[at] = subtract(left[at]!, taken[i]!);
  }
  return { lines: lines.map(({ gross }, i) => subtract(gross, left[i]!)), freeShipping, used };
}

function isFor(goods: Offer['goods'], { productId = '', categoryIds = [] }: OfferedLine): boolean {
  if (!goods) return true;
  return goods.productIds.has(productId) || categoryIds.some((id) => goods.categoryIds.has(id));
}

/** A line with what it still costs. */
type LineLeft = OfferedLine & { readonly left: Money };

function takenBy(gift: Exclude<Gift, { kind: 'free shipping' }>, lines: readonly LineLeft[], currency: string) {
  if (gift.kind === 'percent') return lines.map(({ left }) => fraction(left, BigInt(gift.percent), 10_000n));
  return gift.kind === 'amount' ? shareOf(lines, gift.amount, currency) : givenUnits(lines, gift);
}

/** In proportion to what each line still costs; odd minor units go by the lines' ids, not by their order. */
function shareOf(lines: readonly LineLeft[], amount: Money, currency: string): Money[] {
  const rest = sum(
    lines.map(({ left }) => left),
    currency,
  ).minor;
  const off = amount.minor > rest ? money(rest, currency) : amount;
  if (rest === 0n) return lines.map(() => money(0n, currency));
  const byId = lines.map((_, i) => i).sort((a, b) => byLineId(lines[a]!, lines[b]!));
  const parts = allocate(
    off,
    byId.map((i) => lines[i]!.left.minor),
  );
  const shares = new Array<Money>(lines.length);
  for (const [place, i] of byId.entries()) shares[i] = parts[place]!;
  return shares;
}

/** The cheapest units by what they still cost, of equal ones those of the first line by id. */
function givenUnits(lines: readonly LineLeft[], { buy, get, percent }: Extract<Gift, { kind: 'buy get' }>): Money[] {
  const units = lines.reduce((count, { quantity }) => count + quantity, 0);
  let given = Math.floor(units / (buy + get)) * get;
  const taken = lines.map(({ left }) => money(0n, left.currency));
  const cheapestFirst = lines.map((_, i) => i).sort((a, b) => byUnitPrice(lines[a]!, lines[b]!));
  for (const i of cheapestFirst) {
    const { left, quantity } = lines[i]!;
    const here = Math.min(given, quantity);
    taken[i] = fraction(left, BigInt(here) * BigInt(percent), BigInt(quantity) * 10_000n);
    given -= here;
  }
  return taken;
}

function byUnitPrice(a: LineLeft, b: LineLeft): number {
  const difference = a.left.minor * BigInt(b.quantity) - b.left.minor * BigInt(a.quantity);
  return difference === 0n ? byLineId(a, b) : difference < 0n ? -1 : 1;
}

const byLineId = (a: OfferedLine, b: OfferedLine): number => (a.lineId < b.lineId ? -1 : 1);
