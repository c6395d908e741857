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
  ['outside the EU', 'US', 900, 5_000n, []],
])('%s', (_what, country, grams, subtotal, expected) => {
  expect(offers(country, grams, subtotal)).toEqual(expected);
});
