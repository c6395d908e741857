import { expect, test, vi } from 'vitest';
import { Gathering } from './gathering.ts';

const gathering = (write: (notes: readonly number[]) => Promise<unknown>) => new Gathering<number>('Numbers', write);

test('the notes of a second are written together, one for each key, the last of it', async () => {
  vi.useFakeTimers();
  const written: number[][] = [];
  const notes = gathering(async (some) => written.push([...some]));
  notes.add('a', 1);
  notes.add('b', 2);
  notes.add('a', 3);
  await vi.advanceTimersByTimeAsync(999);
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(written).toEqual([[3, 2]]);
  notes.add('a', 4);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(written).toEqual([[3, 2], [4]]);
  vi.useRealTimers();
});

test('it holds ten thousand and no more, and goes on after notes were lost', async () => {
  const written: number[] = [];
  const notes = gathering(async (some) => written.push(some.length));
  for (let i = 0; i < 10_050; i++) notes.add(String(i), i);
  notes.add('0', -1);
  await notes.flush();
  notes.add('x', 1);
  await notes.flush();
  expect(written).toEqual([10_000, 1]);
});

test('notes that cannot be written are lost, and those after them are not', async () => {
  const write = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue(undefined);
  const notes = gathering(write);
  notes.add('a', 1);
  await notes.flush();
  notes.add('b', 2);
  await notes.flush();
  expect(write.mock.calls).toEqual([[[1]], [[2]]]);
});
