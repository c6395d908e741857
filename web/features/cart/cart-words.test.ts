import { expect, test } from 'vitest';
import { cartWords, loweredWords, problemWords } from './cart-words.ts';

test('a refusal says what is left and what was done', () => {
  expect(loweredWords(2)).toBe('Only 2 of these are left. We set the quantity to 2.');
  expect(loweredWords(1)).toBe('Only 1 of these is left. We set the quantity to 1.');
  expect(cartWords({ code: 'INSUFFICIENT_STOCK', message: '', available: 0 })).toBe('This one is sold out for now.');
});

test('a refusal of tomorrow keeps the words of the API', () => {
  expect(cartWords({ code: 'TOO_LONG', message: 'The note is too long.' })).toBe('The note is too long.');
});

test('only a problem of the line is told: a catalog that is away is not the end of a product', () => {
  expect(problemWords(null)).toBeUndefined();
  expect(problemWords({ code: 'EMAIL_REQUIRED', available: null })).toBeUndefined();
  expect(problemWords({ code: 'VARIANT_UNAVAILABLE', available: null })).toBe(
    'This is no longer sold. Remove it to go on.',
  );
});
