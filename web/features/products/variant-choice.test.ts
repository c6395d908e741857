import { describe, expect, test } from 'vitest';
import { choose, firstVariant, offerState, stockWords, variantOf } from './variant-choice.ts';

const stock = (quantity: number) => ({
  inStock: quantity > 0,
  quantity,
  lowStock: quantity > 0 && quantity < 5,
  backorderable: false,
});
const variant = (id: string, Color: string, Size: string, quantity: number) => ({
  id,
  options: [
    { name: 'Color', value: Color },
    { name: 'Size', value: Size },
  ],
  availability: stock(quantity),
});
const VARIANTS = [
  variant('indigo-s', 'Indigo', 'S', 0),
  variant('indigo-m', 'Indigo', 'M', 3),
  variant('clay-m', 'Clay', 'M', 80),
];

describe('choosing a variant', () => {
  test('a page starts with the variant asked for, else with the first that can be bought', () => {
    expect(firstVariant(VARIANTS)?.id).toBe('indigo-m');
    expect(firstVariant(VARIANTS, 'indigo-s')?.id).toBe('indigo-s');
    expect(firstVariant(VARIANTS, 'gone')?.id).toBe('indigo-m');
  });

  test('a value that does not go with the rest leads to the nearest variant that exists', () => {
    const choice = choose(VARIANTS, { Color: 'Indigo', Size: 'S' }, 'Color', 'Clay');
    expect(variantOf(VARIANTS, choice)?.id).toBe('clay-m');
  });

  test('a value is told apart: offered, sold out, not made', () => {
    const choice = { Color: 'Clay', Size: 'M' };
    expect(offerState(VARIANTS, choice, 'Size', 'M')).toBe('offered');
    expect(offerState(VARIANTS, choice, 'Size', 'S')).toBe('not-made');
    expect(offerState(VARIANTS, { Color: 'Indigo', Size: 'M' }, 'Size', 'S')).toBe('sold-out');
  });
});

test('stock is said in words, exactly only when it is about to run out', () => {
  expect(stockWords(stock(80)).words).toBe('In stock');
  expect(stockWords(stock(2)).words).toBe('Only 2 left');
  expect(stockWords(stock(0)).words).toBe('Sold out for now');
  expect(stockWords({ ...stock(0), backorderable: true }).words).toBe('Made to order, sent a little later');
  expect(stockWords(null).tone).toBe('muted');
});
