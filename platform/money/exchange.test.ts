import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exchanged, exchangedBack, isRate } from './exchange.ts';
import { fractionDigits, money, toDecimal } from './money.ts';

const into = (currency: string, rate: string, roundTo = 1n) => ({ currency, rate, roundTo });
const euros = (minor: bigint) => money(minor, 'EUR');

test.each([
  ['USD', '1.0594', 1n, 1_000n, '10.59'],
  ['USD', '1.0595', 1n, 1_000n, '10.60'],
  ['JPY', '163.55', 1n, 1_000n, '1636'],
  ['JPY', '163.55', 10n, 1_000n, '1640'],
  ['KWD', '0.3254', 1n, 1_999n, '6.505'],
  ['CHF', '0.9371', 5n, 1_999n, '18.75'],
  ['USD', '1.0594', 1n, 0n, '0.00'],
  ['USD', '1.0594', 1n, -1_000n, '-10.59'],
])('23: to %s at %s, in steps of %s', (currency, rate, roundTo, cents, expected) => {
  expect(toDecimal(exchanged(euros(cents), into(currency, rate, roundTo)))).toBe(expected);
});

test('there and back is the same to half a step', () => {
  const rates = fc.tuple(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 0, max: 9_999 }));
  fc.assert(
    fc.property(
      fc.constantFrom('USD', 'JPY', 'KWD'),
      rates,
      fc.bigInt({ min: 0n, max: 10_000_000n }),
      (to, [a, b], cents) => {
        const rate = `${a}.${String(b).padStart(4, '0')}`;
        const there = exchanged(euros(cents), into(to, rate));
        expect(there.minor).toBeGreaterThanOrEqual(0n);
        const back = exchangedBack(there, into(to, rate), 'EUR');
        const step = 100 / Number(rate) / 10 ** fractionDigits(to);
        expect(Math.abs(Number(back.minor - cents))).toBeLessThanOrEqual(step / 2 + 1);
      },
    ),
  );
});

test.each([
  ['1.0594', true],
  ['163', true],
  ['0', false],
  ['0.000', false],
  ['-1', false],
  ['1e3', false],
  ['', false],
  ['12345678901', false],
])('%s is a rate: %s', (text, expected) => {
  expect(isRate(text)).toBe(expected);
});
