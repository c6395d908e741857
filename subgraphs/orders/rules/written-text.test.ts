import { expect, test } from 'vitest';
import { requireKey, writtenText } from './written-text.ts';

test('44: a reason is kept without NUL and its like, at most 1,000 characters of it', () => {
  expect(writtenText(' too\u0000 small\u0007\n‮right to left ')).toBe('too small\n‮right to left');
  expect(writtenText('x'.repeat(1_000_000))).toHaveLength(1_000);
  expect(writtenText('x'.repeat(300), 200)).toHaveLength(200);
});

test.each(['', 'x'.repeat(201), 'a\u0000b', 'a\nb'])('44: %j is no key', (key) => {
  expect(() => requireKey(key)).toThrow(expect.objectContaining({ code: 'IDEMPOTENCY_CONFLICT' }));
});

test('a UUID is a key', () => {
  expect(requireKey('3f1c9c1e-0b7e-4b5e-9a53-0f8f3b6a2f10')).toBe('3f1c9c1e-0b7e-4b5e-9a53-0f8f3b6a2f10');
});
