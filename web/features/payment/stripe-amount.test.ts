import { expect, test } from 'vitest';
import { stripeAmount } from './stripe-amount.ts';

test.each([
  ['48.20', 'EUR', 4_820],
  ['0.07', 'EUR', 7],
  ['1234', 'JPY', 1_234],
  ['1.250', 'KWD', 1_250],
  ['500', 'ISK', 50_000],
])('%s %s is %d for Stripe', (amount, currency, expected) => {
  expect(stripeAmount({ amount, currency })).toBe(expected);
});
