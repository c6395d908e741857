import { expect, test } from 'vitest';
import { formatMoney, formatRange } from './money.ts';

test('an amount keeps its decimals and its currency', () => {
  expect(formatMoney({ amount: '48.2', currency: 'EUR' })).toBe('€48.20');
  expect(formatMoney({ amount: '1200', currency: 'JPY' })).toBe('JP¥1,200');
  expect(formatMoney({ amount: '1.250', currency: 'KWD' })).toBe('KWD\u00a01.250');
});

test('an amount too large for a float is exact to the last cent', () => {
  expect(formatMoney({ amount: '9007199254740993.07', currency: 'EUR' })).toBe('€9,007,199,254,740,993.07');
});

test('a range says "from" only when there is one', () => {
  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  expect(formatRange({ min: eur('18.00'), max: eur('18.00') })).toBe('€18.00');
  expect(formatRange({ min: eur('18.00'), max: eur('21.50') })).toBe('from €18.00');
});
