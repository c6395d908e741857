import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  allocate,
  fraction,
  fractionDigits,
  money,
  parseDecimal,
  subtract,
  sum,
  times,
  toDecimal,
} from './money.ts';

const minor = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const currency = fc.constantFrom('EUR', 'JPY', 'KWD');
const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 });
const abs = (value: bigint) => (value < 0n ? -value : value);

describe('23: amounts are exact in currencies of 0, 2 and 3 digits', () => {
  test.each([
    ['EUR', 2, 4820n, '48.20'],
    ['JPY', 0, 4820n, '4820'],
    ['KWD', 3, 4820n, '4.820'],
    ['EUR', 2, -5n, '-0.05'],
    ['KWD', 3, 7n, '0.007'],
    ['JPY', 0, -7n, '-7'],
    ['EUR', 2, 0n, '0.00'],
  ])('%s with %i digits: %s is %s', (code, digits, amount, text) => {
    expect(fractionDigits(code)).toBe(digits);
    expect(toDecimal(money(amount, code))).toBe(text);
    expect(parseDecimal(text, code)).toEqual(money(amount, code));
  });

  test('what is printed is read back as it was', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        expect(parseDecimal(toDecimal(money(amount, code)), code)).toEqual(money(amount, code));
      }),
    );
  });

  test.each([
    ['48.2', 'EUR', 4820n],
    ['48', 'EUR', 4800n],
    ['48.200000', 'EUR', 4820n],
    ['48.000', 'JPY', 48n],
    ['0.1', 'KWD', 100n],
    ['-0', 'EUR', 0n],
    ['007', 'EUR', 700n],
  ])('%s %s is %s minor units', (text, code, amount) => {
    expect(parseDecimal(text, code)).toEqual(money(amount, code));
  });

  test.each(['48.205', '1e3', '', '.5', '5.', '+5', ' 5', '5 ', '1,5', 'NaN', '0x10', '٥', '9'.repeat(16)])(
    '"%s" is no amount of EUR',
    (text) => {
      expect(parseDecimal(text, 'EUR')).toBeNull();
    },
  );

  test.each([
    ['0.5', 'JPY'],
    ['0.0005', 'KWD'],
  ])('%s %s has more digits than the currency', (text, code) => {
    expect(parseDecimal(text, code)).toBeNull();
  });
});

describe('allocate', () => {
  test('the parts add up exactly, and each is less than one minor unit from its share', () => {
    fc.assert(
      fc.property(minor, weights, (amount, shares) => {
        const parts = allocate(money(amount, 'EUR'), shares);
        expect(sum(parts, 'EUR')).toEqual(money(amount, 'EUR'));
        const total = shares.reduce((a, b) => a + b, 0n);
        if (total === 0n) return;
        shares.forEach((share, i) => {
          expect(abs(parts[i]!.minor * total - amount * share)).toBeLessThan(total);
        });
      }),
    );
  });

  test('what is taken back is split like what was given', () => {
    fc.assert(
      fc.property(minor, weights, (amount, shares) => {
        const given = allocate(money(amount, 'EUR'), shares);
        const taken = allocate(money(-amount, 'EUR'), shares);
        expect(taken.map((part) => -part.minor)).toEqual(given.map((part) => part.minor));
      }),
    );
  });

  test('a weight of 0 gets nothing; all weights 0 give all to the first', () => {
    const split = (amount: bigint, ...shares: bigint[]) =>
      allocate(money(amount, 'EUR'), shares).map((part) => part.minor);
    expect(split(-1n, 0n, 1n, 1n)).toEqual([0n, -1n, 0n]);
    expect(split(1n, 0n, 1n, 1n)).toEqual([0n, 1n, 0n]);
    expect(split(5n, 0n, 0n)).toEqual([5n, 0n]);
    expect(split(100n, 1n, 1n, 1n)).toEqual([34n, 33n, 33n]);
    expect(split(10n, 1n, 2n, 1n)).toEqual([3n, 5n, 2n]);
  });
});

describe('fraction', () => {
  test.each([
    [5n, 1n, 2n, 3n],
    [-5n, 1n, 2n, -3n],
    [4n, 1n, 3n, 1n],
    [5n, 1n, 3n, 2n],
    [1999n, 19n, 119n, 319n],
    [0n, 19n, 119n, 0n],
  ])('%s × %s ÷ %s is %s, half away from zero', (amount, numerator, denominator, expected) => {
    expect(fraction(money(amount, 'EUR'), numerator, denominator)).toEqual(money(expected, 'EUR'));
  });

  test('it is never further than half a minor unit from the exact value, and a half goes away from zero', () => {
    const positive = fc.bigInt({ min: 1n, max: 10n ** 6n });
    fc.assert(
      fc.property(minor, positive, positive, (amount, numerator, denominator) => {
        const rounded = fraction(money(amount, 'EUR'), numerator, denominator).minor;
        const [exact, shown] = [abs(amount * numerator), abs(rounded) * denominator];
        expect(2n * (exact - shown)).toBeLessThan(denominator);
        expect(2n * (shown - exact)).toBeLessThanOrEqual(denominator);
        expect(rounded === 0n || rounded < 0n === amount < 0n).toBe(true);
      }),
    );
  });
});

test('amounts of two currencies are never added', () => {
  expect(() => add(money(1n, 'EUR'), money(1n, 'JPY'))).toThrow('EUR and JPY cannot be added.');
  expect(() => subtract(money(1n, 'EUR'), money(1n, 'KWD'))).toThrow('EUR and KWD cannot be added.');
  expect(() => sum([money(1n, 'JPY')], 'EUR')).toThrow('EUR and JPY cannot be added.');
});

test('a line is its price times a whole quantity', () => {
  expect(times(money(1999n, 'EUR'), 3)).toEqual(money(5997n, 'EUR'));
  expect(() => times(money(1999n, 'EUR'), 1.5)).toThrow(RangeError);
});
