import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Money, money, sum } from '#platform/money/money.ts';
import { type CartToPrice, priceCart, rateAsDecimal, type Tax } from './price-cart.ts';

const eur = (minor: number | bigint): Money => money(BigInt(minor), 'EUR');
const line = (lineId: string, cents: number, quantity: number) => ({ lineId, quantity, unitPrice: eur(cents) });
const GERMAN: Tax = { title: 'VAT', rate: 1900 };
const FINNISH: Tax = { title: 'VAT', rate: 2550 };

describe('priceCart', () => {
  test('finds the tax that prices contain', () => {
    const cart = {
      currency: 'EUR',
      lines: [line('a', 11_900, 1), line('b', 999, 3)],
      shipping: eur(490),
      tax: GERMAN,
    };
    expect(priceCart(cart)).toEqual({
      lines: [
        { lineId: 'a', discount: eur(0), tax: eur(1_900), total: eur(11_900) },
        { lineId: 'b', discount: eur(0), tax: eur(479), total: eur(2_997) },
      ],
      subtotal: eur(14_897),
      discount: eur(0),
      shipping: eur(490),
      tax: eur(1_900 + 479 + 78),
      taxLines: [{ title: 'VAT', rate: 1900, amount: eur(2_457) }],
      total: eur(15_387),
      used: new Set(),
      taxIncluded: true,
    });
  });

  test('a gift card costs what it is worth: no tax, no discount, and it counts toward no minimum', () => {
    const half = { id: 'half', gift: { kind: 'percent' as const, percent: 5_000 }, combines: true };
    const [card, cup] = [{ ...line('card', 5_000, 2), isGiftCard: true }, line('cup', 11_900, 1)];
    const cart = { currency: 'EUR', lines: [card, cup], shipping: eur(0), tax: GERMAN };
    const offered = (least: number) => priceCart({ ...cart, offers: [{ ...half, minimumSubtotal: eur(least) }] });
    expect(offered(11_900).lines).toEqual([
      { lineId: 'card', discount: eur(0), tax: eur(0), total: eur(10_000) },
      { lineId: 'cup', discount: eur(5_950), tax: eur(950), total: eur(5_950) },
    ]);
    expect([offered(11_900).total, offered(11_901).discount]).toEqual([eur(15_950), eur(0)]);
    const alone = priceCart({
      ...cart,
      lines: [card],
      taxIncluded: false,
      offers: [{ ...half, minimumSubtotal: null }],
    });
    expect(alone).toMatchObject({ tax: eur(0), taxLines: [], total: eur(10_000), used: new Set() });
  });

  test('knows rates of half a percent', () => {
    const { tax } = priceCart({ currency: 'EUR', lines: [line('a', 12_550, 1)], shipping: null, tax: FINNISH });
    expect(tax).toEqual(eur(2_550));
  });

  test('rounds half a cent up: 7 cents at 40 % contain exactly 2, 21 at 20 % exactly 3.5', () => {
    const within = (cents: number, rate: number) =>
      priceCart({ currency: 'EUR', lines: [line('a', cents, 1)], shipping: null, tax: { title: 'VAT', rate } }).tax;
    expect(within(7, 4000)).toEqual(eur(2));
    expect(within(21, 2000)).toEqual(eur(4));
  });

  test('lists no tax where none is owed, and prices an empty cart', () => {
    const { tax, taxLines, total } = priceCart({
      currency: 'EUR',
      lines: [line('a', 1_000, 2)],
      shipping: null,
      tax: null,
    });
    expect([tax, taxLines, total]).toEqual([eur(0), [], eur(2_000)]);
    expect(priceCart({ currency: 'EUR', lines: [], shipping: null, tax: GERMAN }).total).toEqual(eur(0));
  });

  test('taxes goods by their own rate where they have one, and lists each rate, the highest first', () => {
    const [food, free] = [{ title: 'VAT', rate: 700 }, null];
    const { tax, taxLines, lines } = priceCart({
      currency: 'EUR',
      lines: [{ ...line('a', 1_070, 1), tax: food }, line('b', 1_190, 1), { ...line('c', 500, 1), tax: free }],
      shipping: eur(119),
      tax: GERMAN,
    });
    expect(lines.map((each) => each.tax.minor)).toEqual([70n, 190n, 0n]);
    expect(taxLines).toEqual([
      { ...GERMAN, amount: eur(209) },
      { ...food, amount: eur(70) },
    ]);
    expect(tax).toEqual(eur(279));
  });

  test('puts the tax on top where prices do not contain it, rounded by line so that they add up', () => {
    const lines = [line('a', 999, 1), line('b', 999, 1), line('c', 999, 1)];
    const tax = { title: 'Sales tax', rate: 825 };
    const priced = priceCart({ currency: 'EUR', lines, shipping: eur(500), tax, taxIncluded: false });
    expect(priced.lines.map((each) => [each.total.minor, each.tax.minor])).toEqual(Array(3).fill([999n, 82n]));
    expect([priced.tax, priced.total]).toEqual([eur(3 * 82 + 41), eur(2_997 + 500 + 287)]);
  });

  test('23: is exact in yen and in dinars', () => {
    const inCurrency = (currency: string, minor: bigint) =>
      priceCart({
        currency,
        lines: [{ lineId: 'a', quantity: 3, unitPrice: money(minor, currency) }],
        shipping: null,
        tax: { title: 'VAT', rate: 1000 },
      });
    expect(inCurrency('JPY', 110n).tax).toEqual(money(30n, 'JPY'));
    expect(inCurrency('KWD', 1_100n).total).toEqual(money(3_300n, 'KWD'));
  });
});

describe('for every cart', () => {
  const carts: fc.Arbitrary<CartToPrice> = fc.record({
    currency: fc.constant('EUR'),
    lines: fc.array(
      fc.record({
        lineId: fc.uuid(),
        quantity: fc.integer({ min: 1, max: 999 }),
        unitPrice: fc.bigInt({ min: 0n, max: 10_000_000n }).map(eur),
      }),
      { maxLength: 30 },
    ),
    shipping: fc.option(fc.bigInt({ min: 0n, max: 100_000n }).map(eur)),
    tax: fc.option(fc.record({ title: fc.constant('VAT'), rate: fc.integer({ min: 0, max: 10_000 }) })),
  });

  test('lines and shipping add up to the total, and their taxes to the tax', () => {
    fc.assert(
      fc.property(carts, (cart) => {
        const priced = priceCart(cart);
        const shipping = priced.shipping ?? eur(0);
        const totals = priced.lines.map(({ total }) => total);
        expect(sum([...totals, shipping], 'EUR')).toEqual(priced.total);
        expect(sum(totals, 'EUR')).toEqual(priced.subtotal);
        const shippingTax = priceCart({ ...cart, lines: [] }).tax;
        const taxes = priced.lines.map(({ tax }) => tax);
        expect(sum([...taxes, shippingTax], 'EUR')).toEqual(priced.tax);
        expect(
          sum(
            priced.taxLines.map(({ amount }) => amount),
            'EUR',
          ),
        ).toEqual(priced.tax);
      }),
    );
  });

  test('nothing is negative, and no tax is more than half of what it is in', () => {
    fc.assert(
      fc.property(carts, (cart) => {
        const priced = priceCart(cart);
        for (const amount of [priced.subtotal, priced.discount, priced.tax, priced.total]) {
          expect(amount.minor).toBeGreaterThanOrEqual(0n);
        }
        for (const { tax, total } of priced.lines) {
          expect(tax.minor).toBeGreaterThanOrEqual(0n);
          expect(tax.minor * 2n).toBeLessThanOrEqual(total.minor + 1n);
        }
      }),
    );
  });

  test('the order of its lines changes no sum', () => {
    fc.assert(
      fc.property(carts, (cart) => {
        const { lines: _, ...sums } = priceCart(cart);
        const { lines: __, ...reversed } = priceCart({ ...cart, lines: [...cart.lines].reverse() });
        expect(reversed).toEqual(sums);
      }),
    );
  });

  test('the tax of a line is its net price times the rate, to the cent', () => {
    fc.assert(
      fc.property(carts, ({ tax, ...cart }) => {
        const rate = tax?.rate ?? 0;
        for (const line of priceCart({ ...cart, tax }).lines) {
          const exact = (Number(line.total.minor) * rate) / (10_000 + rate);
          expect(Math.abs(Number(line.tax.minor) - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
        }
      }),
    );
  });
});

test('a rate is a fraction of 1', () => {
  expect([1900, 2550, 500, 10_000].map(rateAsDecimal)).toEqual(['0.19', '0.255', '0.05', '1']);
});
