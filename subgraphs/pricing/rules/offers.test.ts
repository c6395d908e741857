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

const gifts = fc.oneof(
  fc.integer({ min: 1, max: 10_000 }).map(percent),
  fc.integer({ min: 1, max: 50_000 }).map(amount),
  fc.constant(FREE),
);
const carts = fc.record({
  lines: fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-f]{1,4}$/),
      cents: fc.nat(20_000),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 6 },
  ),
  offers: fc.array(fc.record({ gift: gifts, combines: fc.boolean(), minimum: fc.option(fc.nat(30_000)) }), {
    maxLength: 5,
  }),
  shipping: fc.option(fc.nat(2_000)),
});

describe('22, 23: whatever is in the cart and offered', () => {
  test('nothing is negative, lines add up to the total, and neither order matters', () => {
    fc.assert(
      fc.property(carts, ({ lines, offers, shipping }) => {
        const given = lines.map(({ id, cents, quantity }) => line(id, cents, quantity));
        const offered = offers.map(({ gift, combines, minimum }, i) =>
          offer(`p${i}`, gift, { combines, minimumSubtotal: minimum === null ? null : eur(minimum) }),
        );
        const asked = shipping === null ? null : eur(shipping);
        const priced = price(given, offered, asked);
        const amounts = priced.lines.flatMap((each) => [each.discount, each.tax, each.total]);
        expect([...amounts, priced.total, priced.tax].filter(({ minor }) => minor < 0n)).toEqual([]);
        const goods = sum(
          priced.lines.map((each) => each.total),
          'EUR',
        ).minor;
        expect(goods).toBe(priced.subtotal.minor - priced.discount.minor);
        expect(priced.total.minor).toBe(goods + (priced.shipping?.minor ?? 0n));
        expect(
          sum(
            priced.lines.map((each) => each.discount),
            'EUR',
          ),
        ).toEqual(priced.discount);

        const turned = price([...given].reverse(), [...offered].reverse(), asked);
        expect({ ...turned, lines: [...turned.lines].reverse() }).toEqual(priced);
      }),
      { numRuns: 500 },
    );
  });
});
