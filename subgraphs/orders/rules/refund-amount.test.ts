import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money } from '#platform/money/money.ts';
import { paidFor, priceOfUnits } from './refund-amount.ts';

test.each([
  ['EUR', 1000n, [334n, 333n, 333n]],
  ['JPY', 100n, [34n, 33n, 33n]],
  ['KWD', 1n, [1n, 0n, 0n]],
  ['EUR', 0n, [0n, 0n, 0n]],
])('23: three units that cost %s %s come back as %s', (currency, total, parts) => {
  const paid = money(total, currency);
  const prices = [0, 1, 2].map((refunded) => priceOfUnits({ quantity: 3, refunded, paid }, 1).minor);
  expect(prices).toEqual(parts);
});

test('23: however a line is paid back, it comes to exactly what was paid', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
      (total, portions) => {
        const quantity = portions.reduce((a, b) => a + b, 0);
        const paid = money(total, 'EUR');
        let refunded = 0;
        let back = 0n;
        for (const units of portions) {
          back += priceOfUnits({ quantity, refunded, paid }, units).minor;
          refunded += units;
        }
        expect(back).toBe(total);
      },
    ),
  );
});

test('more units than are left have no price', () => {
  const line = { quantity: 3, refunded: 2, paid: money(300n, 'EUR') };
  expect(() => priceOfUnits(line, 2)).toThrow(RangeError);
  expect(() => priceOfUnits(line, -1)).toThrow(RangeError);
  expect(priceOfUnits(line, 1).minor).toBe(100n);
  expect(priceOfUnits(line, 0).minor).toBe(0n);
});

test('tax counts once, within the price or on top of it', () => {
  const line = { total: 1000n, tax: 190n };
  expect(paidFor(line, { taxIncluded: true, currency: 'EUR' }).minor).toBe(1000n);
  expect(paidFor(line, { taxIncluded: false, currency: 'EUR' }).minor).toBe(1190n);
});
