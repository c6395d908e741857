import { expect, test } from 'vitest';
import { ChangeLog } from './change-log.ts';
import { MemoryStore } from './memory-store.ts';

const entry = (bytes: number, ...tags: string[]) => ({ bytes, tags });

test('what was not asked for longest leaves first, and the bytes are bounded', () => {
  const store = new MemoryStore(100);
  for (const key of ['a', 'b', 'c', 'd']) store.set(key, entry(25));
  store.get('a');
  store.set('e', entry(20));
  expect([...'abcde'].map((key) => store.get(key) !== undefined)).toEqual([true, false, true, true, true]);
  expect(store.bytes).toBe(95);
  // One that would push out most others stays out itself.
  store.set('f', entry(26));
  expect([store.get('f'), store.bytes]).toEqual([undefined, 95]);
  store.set('a', entry(5));
  expect(store.bytes).toBe(75);
});

test('a tag drops its entries and no others', () => {
  const store = new MemoryStore(100);
  store.set('a', entry(10, 'x', 'y'));
  store.set('b', entry(10, 'y'));
  store.set('c', entry(10, 'z'));
  expect([store.drop('x'), store.drop('x'), store.drop('y'), store.drop('none')]).toEqual([1, 0, 1, 0]);
  expect([store.get('c')?.bytes, store.bytes]).toEqual([10, 10]);
});

test('a log that is full forgets the oldest change, and then keeps nothing that was asked for before it', () => {
  const log = new ChangeLog();
  const before = log.now;
  log.note('old');
  const after = log.now;
  for (let i = 0; i < 20_000; i++) log.note(`change ${i}`);
  expect(log.hasChangedSince(before, ['untouched'])).toBe(true);
  expect(log.hasChangedSince(after, ['untouched'])).toBe(false);
  expect(log.hasChangedSince(after, ['untouched', 'change 19999'])).toBe(true);
  log.noteAll();
  expect(log.hasChangedSince(after, ['untouched'])).toBe(true);
  expect(log.hasChangedSince(log.now, ['untouched', 'change 19999'])).toBe(false);
});
