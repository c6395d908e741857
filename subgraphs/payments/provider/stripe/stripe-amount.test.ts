import { expect, test } from 'vitest';
import { money } from '#platform/money/money.ts';
import { fromStripe, toStripe } from './stripe-amount.ts';

test.each([
  ['EUR', 4_490n, 4_490],
  ['JPY', 4_490n, 4_490],
  ['KWD', 4_490n, 4_490],
  ['ISK', 4_490n, 449_000],
  ['UGX', 4_490n, 449_000],
])('23: %s, %d minor units, is %d for Stripe, and back', (currency, minor, amount) => {
  expect(toStripe(money(minor, currency))).toBe(amount);
  expect(fromStripe(amount, currency.toLowerCase())).toEqual(money(minor, currency));
});

test('what Stripe cannot take exactly is refused, not rounded', () => {
  expect(toStripe(money(4_491n, 'KWD'))).toBeNull();
});
