import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money, toDecimal } from '#platform/money/money.ts';
import { deliveryOffers, type Rate, type RatesByPlace } from './delivery-options.ts';

const rate = (optionId: string, price: bigint, more: Partial<Rate> = {}): Rate => ({
  ...{ optionId, title: optionId, currency: 'EUR', price, freeFrom: null, minimumSubtotal: null },
  ...{ minimumGrams: null, maximumGrams: null, surcharge: null, days: { min: 1, max: 3 }, ...more },
});
const heavy = { amount: 600n, aboveGrams: 10_000, perGrams: 10_000 };
const RATES: RatesByPlace = new Map([
  ['DE', [rate('standard', 490n, { freeFrom: 5_000n, surcharge: heavy }), rate('express', 990n, { surcharge: heavy })]],
  ['AT', [rate('standard', 990n, { freeFrom: 15_000n, surcharge: heavy })]],
]);

const offers = (country: string, weightGrams: number, subtotal: bigint, rates = RATES, region: string | null = null) =>
  deliveryOffers(rates, { country, region, weightGrams, subtotal: money(subtotal, 'EUR') }).map(
    ({ id, price }) => `${id} ${toDecimal(price)}`,
  );

test.each([
  ['at home', 'DE', 900, 4_999n, ['standard 4.90', 'express 9.90']],
  ['at home from 50.00 on', 'DE', 900, 5_000n, ['standard 0.00', 'express 9.90']],
  ['at exactly ten kilograms', 'DE', 10_000, 100n, ['standard 4.90', 'express 9.90']],
  ['a gram above ten kilograms', 'DE', 10_001, 100n, ['standard 10.90', 'express 15.90']],
  ['heavy, but worth free delivery: the weight still costs', 'DE', 25_000, 9_000n, ['standard 12.00', 'express 21.90']],
  ['in another zone', 'AT', 900, 5_000n, ['standard 9.90']],
  ['in another zone from 150.00 on', 'AT', 900, 15_000n, ['standard 0.00']],
  ['an empty cart', 'DE', 0, 0n, ['standard 4.90', 'express 9.90']],
  ['outside every zone', 'US', 900, 5_000n, []],
  ['in no country', 'XX', 900, 5_000n, []],
])('%s', (_what, country, grams, subtotal, expected) => {
  expect(offers(country, grams, subtotal)).toEqual(expected);
});

test('23: in other money prices and thresholds are exchanged', () => {
  const yen = (minor: bigint) =>
    deliveryOffers(
      RATES,
      { country: 'DE', region: null, weightGrams: 10_001, subtotal: money(minor, 'JPY') },
      (amount) => money((amount.minor * 16n) / 10n, 'JPY'),
    ).map(({ price }) => price);
  expect(yen(7_999n)).toEqual([money(784n + 960n, 'JPY'), money(1_584n + 960n, 'JPY')]);
  expect(yen(8_000n)).toEqual([money(960n, 'JPY'), money(1_584n + 960n, 'JPY')]);
});

test('a rate fits from its least to its most grams and from its least subtotal; of one option the cheapest counts', () => {
  const rates = new Map([
    [
      'DE',
      [
        rate('letter', 200n, { maximumGrams: 500 }),
        rate('parcel', 700n, { minimumGrams: 501, maximumGrams: 5_000 }),
        rate('parcel', 500n, { minimumSubtotal: 3_000n, maximumGrams: 2_000, days: { min: 2, max: 4 } }),
      ],
    ],
  ]);
  expect(offers('DE', 500, 100n, rates)).toEqual(['letter 2.00']);
  expect(offers('DE', 501, 2_999n, rates)).toEqual(['parcel 7.00']);
  expect(offers('DE', 501, 3_000n, rates)).toEqual(['parcel 5.00']);
  expect(offers('DE', 2_001, 3_000n, rates)).toEqual(['parcel 7.00']);
  expect(offers('DE', 5_001, 3_000n, rates)).toEqual([]);
  const [cheapest] = deliveryOffers(rates, {
    country: 'DE',
    region: null,
    weightGrams: 501,
    subtotal: money(3_000n, 'EUR'),
  });
  expect(cheapest!.estimatedDays).toEqual({ min: 2, max: 4 });
});

test('a region with rates of its own has these alone, in whatever case and spaces it is written', () => {
  const rates = new Map([...RATES, ['DE-HELGOLAND', [rate('ferry', 2_500n)]]]);
  expect(offers('DE', 1, 1n, rates, ' Helgoland ')).toEqual(['ferry 25.00']);
  expect(offers('DE', 1, 1n, rates, 'Hamburg')).toEqual(['standard 4.90', 'express 9.90']);
});

test('whatever the rates, no delivery costs less than nothing or is offered twice', () => {
  const amounts = fc.bigInt({ min: 0n, max: 100_000n });
  const weights = fc.option(fc.nat(40_000));
  const any = fc.record({
    optionId: fc.constantFrom('a', 'b', 'c'),
    price: amounts,
    freeFrom: fc.option(amounts),
    minimumSubtotal: fc.option(amounts),
    minimumGrams: weights,
    maximumGrams: weights,
    surcharge: fc.option(
      fc.record({ amount: amounts, aboveGrams: fc.nat(20_000), perGrams: fc.integer({ min: 1, max: 9_999 }) }),
    ),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 8 }), fc.nat(50_000), amounts, (rates, weightGrams, subtotal) => {
      const zone = new Map([['DE', rates.map(({ optionId, price, ...more }) => rate(optionId, price, more))]]);
      const found = deliveryOffers(zone, {
        country: 'DE',
        region: null,
        weightGrams,
        subtotal: money(subtotal, 'EUR'),
      });
      expect(found.filter(({ price }) => price.minor < 0n)).toEqual([]);
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    }),
  );
});
