import { afterEach, expect, test, vi } from 'vitest';
import { newId } from './id.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

afterEach(() => {
  vi.useRealTimers();
});

test('an id is its prefix and a UUIDv7 in 26 characters of Crockford base32', () => {
  vi.useFakeTimers({ now: 1_763_700_000_123 });
  const id = newId('ord');
  expect(id).toMatch(/^ord_[0-9A-HJKMNP-TV-Z]{26}$/);
  const bits = [...id.slice(4)].reduce((value, digit) => value * 32n + BigInt(CROCKFORD.indexOf(digit)), 0n);
  const uuid = bits.toString(16).padStart(32, '0');
  expect(uuid).toHaveLength(32);
  expect(Number.parseInt(uuid.slice(0, 12), 16)).toBe(1_763_700_000_123);
  expect(uuid[12]).toBe('7');
  expect(uuid[16]).toMatch(/[89ab]/);
});

test('ids made later sort after earlier ones', () => {
  const times = [0, 1, 999, 1_000, 1_763_700_000_000, 1_763_700_000_001, 4_102_444_800_000];
  vi.useFakeTimers();
  const ids = times.map((time) => {
    vi.setSystemTime(time);
    return newId('evt');
  });
  expect([...ids].sort()).toEqual(ids);
});

test('100,000 ids of one millisecond are all different', () => {
  vi.useFakeTimers({ now: 1_763_700_000_123 });
  expect(new Set(Array.from({ length: 100_000 }, () => newId('ord'))).size).toBe(100_000);
});
