import { expect, test } from 'vitest';
import { reviewText } from './review-text.ts';

const of = (change: object) => reviewText({ rating: 5, title: 'Lovely', body: 'It pours well.', ...change });

test('a text is trimmed and composed, and keeps its paragraphs', () => {
  expect(of({ title: '  Zoe\u0308  ', body: ' One.\r\n\r\n\r\n\r\nTwo.\tThree. ' })).toEqual({
    rating: 5,
    title: 'Zoë',
    body: 'One.\n\nTwo.\tThree.',
  });
  expect(of({ title: '   ' }).title).toBeNull();
  expect(of({ title: null }).title).toBeNull();
  expect(of({ body: 'شاي ممتاز 🍵' }).body).toBe('شاي ممتاز 🍵');
});

test.each([
  ['RATING_INVALID', { rating: 0 }],
  ['RATING_INVALID', { rating: 6 }],
  ['RATING_INVALID', { rating: 4.5 }],
  ['TITLE_INVALID', { title: 'x'.repeat(121) }],
  ['TITLE_INVALID', { title: 'two\nlines' }],
  ['BODY_INVALID', { body: ' \n ' }],
  ['BODY_INVALID', { body: 'x'.repeat(5_001) }],
  ['BODY_INVALID', { body: 'x'.repeat(1_000_000) }],
  ['BODY_INVALID', { body: 'a\0b' }],
  ['BODY_INVALID', { body: 'a\ud800b' }],
])('44: %s of %j', (code, change) => {
  expect(() => of(change)).toThrow(expect.objectContaining({ code }));
});
