import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Money, money, sum } from '#platform/money/money.ts';
import type { Gift, Offer } from './offers.ts';
import { type CartToPrice, priceCart } from './price-cart.ts';

const eur = (minor: number | bigint): Money => money(BigInt(minor), 'EUR');
const line = (lineId: string, cents: number, quantity = 1) => ({ lineId, quantity, unitPrice: eur(cents) });
const offer = (id: string, gift: Gift, more: Partial<Offer> = {}): Offer => ({
  ...{ id, gift, minimumSubtotal: null, combines: false },
  ...more,
});
const percent = (hundredths: number): Gift => ({ kind: 'percent', percent: hundredths });
const amount = (cents: number): Gift => ({ kind: 'amount', amount: eur(cents) });
const FREE: Gift = { kind: 'free shipping' };
const price = (lines: CartToPrice['lines'], offers: readonly Offer[], shipping: Money | null = eur(490)) =>
  priceCart({ currency: 'EUR', lines, shipping, tax: { title: 'VAT', rate: 1900 }, offers });

describe('a promotion', () => {
  test('takes a percentage off each line, half a cent up, and the tax follows', () => {
    const { lines, discount, subtotal, total, tax } = price(
      [line('a', 1_995), line('b', 333, 3)],
      [offer('p', percent(1_000))],
    );
    expect(lines.map((each) => each.discount)).toEqual([eur(200), eur(100)]);
    expect([subtotal, discount, total]).toEqual([eur(2_994), eur(300), eur(2_694 + 490)]);
    expect(tax).toEqual(eur(287 + 144 + 78));
  });

  test('takes an amount off all lines in proportion, to the last cent', () => {
    const { lines, discount } = price(
      [line('a', 1_000), line('b', 1_000), line('c', 1_000)],
      [offer('p', amount(500))],
    );
    expect(lines.map((each) => each.discount)).toEqual([eur(167), eur(167), eur(166)]);
    expect(discount).toEqual(eur(500));
  });

  test('22: an amount larger than the goods makes them free, and never less', () => {
    const { lines, discount, total, tax } = price(
      [line('a', 300), line('b', 199)],
      [offer('p', amount(100_000))],
      null,
    );
    expect([discount, total, tax]).toEqual([eur(499), eur(0), eur(0)]);
    expect(lines.map((each) => each.total)).toEqual([eur(0), eur(0)]);
  });

  test('gives shipping away', () => {
    expect(price([line('a', 1_000)], [offer('p', FREE)])).toMatchObject({
      shipping: eur(0),
      total: eur(1_000),
      discount: eur(0),
    });
  });

  test('is not used below its minimum, which looks at the goods before any discount', () => {
    const floor = { minimumSubtotal: eur(1_000), combines: true };
    const offers = [offer('p', amount(100), floor), offer('q', percent(5_000), { combines: true })];
    expect([...price([line('a', 999)], offers).used]).toEqual(['q']);
    expect([...price([line('a', 1_000)], offers).used].sort()).toEqual(['p', 'q']);
  });
});

describe('several promotions', () => {
  test('of those that do not combine the best is used, alone', () => {
    const offers = [offer('p', percent(1_000)), offer('q', amount(150)), offer('r', amount(40), { combines: true })];
    expect(price([line('a', 1_000)], offers)).toMatchObject({ discount: eur(150), used: new Set(['q']) });
    expect(price([line('a', 9_000)], offers)).toMatchObject({ discount: eur(900), used: new Set(['p']) });
  });

  test('those that combine are used together: percentages first, then amounts', () => {
    const together = { combines: true };
    const offers = [
      offer('p', amount(100), together),
      offer('q', percent(1_000), together),
      offer('r', FREE, together),
    ];
    const { discount, shipping, used } = price([line('a', 1_000)], offers);
    expect([discount, shipping, used.size]).toEqual([eur(200), eur(0), 3]);
  });

  test('free shipping counts for what it saves', () => {
    const offers = [offer('p', FREE), offer('q', amount(300))];
    expect([...price([line('a', 1_000)], offers).used]).toEqual(['p']);
    expect([...price([line('a', 1_000)], offers, eur(200)).used]).toEqual(['q']);
  });
});

describe('buy some, get some', () => {
  const buy = (buy: number, get: number, percent = 10_000): Gift => ({ kind: 'buy get', buy, get, percent });
  const discounts = (lines: CartToPrice['lines'], ...offers: Offer[]) =>
    price(lines, offers).lines.map(({ discount }) => discount.minor);

  test('of each three units the cheapest is free, over all lines', () => {
    expect(discounts([line('a', 1_000, 2), line('b', 300)], offer('p', buy(2, 1)))).toEqual([0n, 300n]);
    expect(discounts([line('a', 1_000, 2), line('b', 300, 4)], offer('p', buy(2, 1)))).toEqual([0n, 600n]);
    expect(discounts([line('a', 1_000, 2)], offer('p', buy(2, 1)))).toEqual([0n]);
  });

  test('or costs less, rounded once a line', () => {
    expect(discounts([line('a', 999, 3)], offer('p', buy(2, 1, 5_000)))).toEqual([500n]);
  });

  test('is for some goods alone, by product or category, as every promotion can be', () => {
    const goods = { productIds: new Set(['cup']), categoryIds: new Set(['tea']) };
    const lines = [
      { ...line('a', 500), productId: 'cup', categoryIds: ['kitchen'] },
      { ...line('b', 900), productId: 'oolong', categoryIds: ['green', 'tea'] },
      { ...line('c', 100, 9), productId: 'spoon', categoryIds: ['kitchen'] },
    ];
    expect(discounts(lines, offer('p', buy(1, 1), { goods }))).toEqual([500n, 0n, 0n]);
    expect(discounts(lines, offer('p', percent(1_000), { goods }))).toEqual([50n, 90n, 0n]);
    expect(discounts(lines, offer('p', amount(5_000), { goods }))).toEqual([500n, 900n, 0n]);
  });

  test('of what is left where others came before', () => {
    const [first, later] = [{ combines: true, priority: 5 }, { combines: true }];
    const lines = [line('a', 1_000, 2)];
    expect(discounts(lines, offer('p', percent(5_000), first), offer('q', buy(1, 1), later))).toEqual([1_500n]);
    expect(discounts(lines, offer('p', amount(500), first), offer('q', percent(1_000), later))).toEqual([650n]);
    expect(discounts(lines, offer('p', amount(500), later), offer('q', percent(1_000), later))).toEqual([700n]);
  });
});

describe('an exclusive promotion', () => {
  const exclusive = { exclusive: true };
  test('goes before a better one, unless it gives this cart nothing', () => {
    const better = offer('b', percent(5_000));
    expect(price([line('a', 1_000)], [better, offer('e', percent(100), exclusive)])).toMatchObject({
      ...{ discount: eur(10), used: new Set(['e']) },
    });
    const unfit = offer('e', percent(100), { exclusive: true, minimumSubtotal: eur(2_000) });
    expect(price([line('a', 1_000)], [better, unfit]).used).toEqual(new Set(['b']));
    const others = { productIds: new Set(['x']), categoryIds: new Set<string>() };
    expect(price([line('a', 1_000)], [better, offer('e', FREE, exclusive)], null).used).toEqual(new Set(['e']));
    expect(price([line('a', 1_000)], [better, offer('e', percent(100), { ...exclusive, goods: others })]).used).toEqual(
      new Set(['b']),
    );
  });

  test('of several the first by priority counts', () => {
    const offers = [offer('d', percent(5_000), exclusive), offer('e', percent(100), { exclusive: true, priority: 1 })];
    expect(price([line('a', 1_000)], offers).used).toEqual(new Set(['e']));
  });
});

describe('22, 23: whatever is in the cart and offered, in euros, yen and dinars', () => {
  const IDS = ['p1', 'p2', 'p3'];
  const some = fc.subarray(IDS).map((ids) => new Set(ids));
  const percents = fc.integer({ min: 1, max: 10_000 });
  const few = fc.integer({ min: 1, max: 4 });
  const taxes = fc.option(fc.record({ title: fc.constant('VAT'), rate: fc.integer({ min: 0, max: 10_000 }) }));
  const carts = fc.constantFrom('EUR', 'JPY', 'KWD').chain((currency): fc.Arbitrary<CartToPrice> => {
    const amounts = (max: bigint) => fc.bigInt({ min: 0n, max }).map((minor) => money(minor, currency));
    const gifts: fc.Arbitrary<Gift> = fc.oneof(
      percents.map(percent),
      amounts(50_000n).map((amount): Gift => ({ kind: 'amount', amount })),
      fc.constant(FREE),
      fc.record({ kind: fc.constant('buy get' as const), buy: few, get: few, percent: percents }),
    );
    const offers = fc.record({
      gift: gifts,
      stacking: fc.constantFrom('best', 'combines', 'exclusive'),
      priority: fc.integer({ min: -1, max: 1 }),
      minimumSubtotal: fc.option(amounts(30_000n)),
      goods: fc.option(fc.record({ productIds: some, categoryIds: some })),
    });
    const lines = fc.record({
      lineId: fc.stringMatching(/^[a-f]{1,4}$/),
      quantity: fc.integer({ min: 1, max: 9 }),
      // Few prices, so that lines tie.
      unitPrice: fc.oneof(
        fc.constantFrom(0n, 1n, 500n).map((minor) => money(minor, currency)),
        amounts(20_000n),
      ),
      productId: fc.constantFrom(...IDS),
      categoryIds: fc.subarray(IDS),
      tax: fc.oneof(fc.constant(undefined), taxes),
    });
    return fc.record({
      currency: fc.constant(currency),
      lines: fc
        .uniqueArray(lines, { selector: ({ lineId }) => lineId, minLength: 1, maxLength: 6 })
        .map((all) => all.map(({ tax, ...each }) => (tax === undefined ? each : { ...each, tax }))),
      offers: fc.array(offers, { maxLength: 5 }).map((all) =>
        all.map(({ stacking, ...each }, i) => ({
          ...{ ...each, id: `o${i}`, combines: stacking === 'combines', exclusive: stacking === 'exclusive' },
        })),
      ),
      shipping: fc.option(amounts(2_000n)),
      tax: taxes,
      taxIncluded: fc.boolean(),
    });
  });

  test('nothing is negative, all adds up to the last minor unit, and no order matters', () => {
    fc.assert(
      fc.property(carts, (cart) => {
        const { currency, taxIncluded } = cart;
        const priced = priceCart(cart);
        const total = (amounts: readonly Money[]) => sum(amounts, currency).minor;
        const shipping = priced.shipping ?? money(0n, currency);
        const sums = [priced.subtotal, priced.discount, priced.tax, priced.total, shipping];
        const ofLines = priced.lines.flatMap((each) => [each.discount, each.tax, each.total]);
        expect([...ofLines, ...sums].filter(({ minor }) => minor < 0n)).toEqual([]);
        const goods = total(priced.lines.map((each) => each.total));
        expect(goods).toBe(priced.subtotal.minor - priced.discount.minor);
        expect(total(priced.lines.map((each) => each.discount))).toBe(priced.discount.minor);
        expect(priced.total.minor).toBe(goods + shipping.minor + (taxIncluded ? 0n : priced.tax.minor));
        expect(total(priced.taxLines.map(({ amount }) => amount))).toBe(priced.tax.minor);
        const taxOfShipping = priceCart({ ...cart, lines: [], offers: [], shipping: priced.shipping }).tax;
        expect(total([...priced.lines.map((each) => each.tax), taxOfShipping])).toBe(priced.tax.minor);
        const turned = priceCart({ ...cart, lines: [...cart.lines].reverse(), offers: [...cart.offers!].reverse() });
        expect({ ...turned, lines: [...turned.lines].reverse() }).toEqual(priced);
      }),
      { numRuns: 1_000 },
    );
  });
});
