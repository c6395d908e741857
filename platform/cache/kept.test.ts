import { expect, test, vi } from 'vitest';
import { kept } from './kept.ts';

test('a table is read once for all who ask at once, and again when it is old or forgotten', async () => {
  vi.useFakeTimers();
  const read = vi.fn(async () => read.mock.calls.length);
  const table = kept('things', 5_000, read);
  expect(await Promise.all([table(), table(), table()])).toEqual([1, 1, 1]);
  vi.advanceTimersByTime(5_000);
  expect(await table()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await table()).toBe(2);
  table.forget();
  expect(await table()).toBe(3);
  vi.useRealTimers();
});

test('what is known serves where it cannot be read; what never was is asked for again', async () => {
  vi.useFakeTimers();
  let answer: () => Promise<string> = async () => Promise.reject(new Error('away'));
  const table = kept('things', 5_000, () => answer());
  await expect(table()).rejects.toThrow('away');
  answer = async () => 'here';
  expect(await table()).toBe('here');
  answer = async () => Promise.reject(new Error('away'));
  vi.advanceTimersByTime(6_000);
  expect(await table()).toBe('here');
  vi.useRealTimers();
});
