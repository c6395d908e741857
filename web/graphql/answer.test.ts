import { expect, test } from 'vitest';
import { dataOf } from './answer.ts';

const down = [{ message: 'A part cannot be reached.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] as const;

test('a product that could not be looked up is no answer; one that is not there is', () => {
  expect(dataOf({ data: { product: null }, errors: down })).toBeNull();
  expect(dataOf({ data: { product: null } })).toEqual({ product: null });
});

test('an answer that lacks a part is still an answer', () => {
  const data = { products: null, categories: [] };
  expect(dataOf({ data, errors: down })).toBe(data);
});

test('what the shopper may not see stays null, and is not an outage', () => {
  const errors = [{ message: 'Sign in.', extensions: { code: 'UNAUTHENTICATED' } }] as const;
  expect(dataOf({ data: { me: null }, errors })).toEqual({ me: null });
});
