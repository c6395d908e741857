import { expect, test } from 'vitest';
import { momentWords } from './moment-words.ts';

const now = new Date('2026-11-21T12:00:00');

test('a time of today is to the second, one of another day says which', () => {
  expect(momentWords(new Date('2026-11-21T09:05:07'), 'time', now)).toBe('09:05:07');
  expect(momentWords(new Date('2026-11-18T09:05:07'), 'time', now)).toBe('18 Nov, 09:05');
});

test('a day is a day, whenever it is read', () => {
  expect(momentWords(new Date('2026-11-18T09:05:07'), 'day', now)).toBe('18 November 2026');
});
