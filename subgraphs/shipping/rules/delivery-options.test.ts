import { expect, test } from 'vitest';
import { money, toDecimal } from '#platform/money/money.ts';
import { deliveryOffers } from './delivery-options.ts';

const offers = (country: string, weightGrams: number, subtotal: bigint) =>
  deliveryOffers({ country, weightGrams, subtotal: money(subtotal, 'EUR') }).map(
    ({ id, price }) => `${id} ${toDecimal(price)}`,
  );

test.each([
  ['at home', 'DE', 900, 4_999n, ['standard 4.90', 'express 9.90']],
  ['at home from 50.00 on', 'DE', 900, 5_000n, ['standard 0.00', 'express 9.90']],
  ['at exactly ten kilograms', 'DE', 10_000, 100n, ['standard 4.90', 'express 9.90']],
  ['a gram above ten kilograms', 'DE', 10_001, 100n, ['standard 10.90', 'express 15.90']],
  ['heavy, but worth free delivery: the weight still costs', 'DE', 25_000, 9_000n, ['standard 12.00', 'express 21.90']],
  ['in another country of the EU', 'AT', 900, 5_000n, ['standard 9.90', 'express 19.90']],
  ['in the EU from 150.00 on', 'FR', 900, 15_000n, ['standard 0.00', 'express 19.90']],
  ['an empty cart', 'DE', 0, 0n, ['standard 4.90', 'express 9.90']],
  ['outside the EU', 'US', 900, 5_000n, []],
  ['in no country', 'XX', 900, 5_000n, []],
])('%s', (_what, country, grams, subtotal, expected) => {
  expect(offers(country, grams, subtotal)).toEqual(expected);
});

test('in money that there are no rates in, nothing is offered', () => {
  expect(deliveryOffers({ country: 'DE', weightGrams: 1, subtotal: money(100n, 'USD') })).toEqual([]);
});

test('each says how many days it takes', () => {
  const days = (country: string) =>
    deliveryOffers({ country, weightGrams: 1, subtotal: money(100n, 'EUR') }).map(({ estimatedDays }) => estimatedDays);
  expect(days('DE')).toEqual([
    { min: 2, max: 3 },
    { min: 1, max: 1 },
  ]);
  expect(days('SE')).toEqual([
    { min: 3, max: 6 },
    { min: 1, max: 3 },
  ]);
});
