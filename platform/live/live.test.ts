import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Live } from './live.ts';

let live: Live;
let sent: string[][];

beforeEach(async () => {
  vi.useFakeTimers();
  live = new Live();
  sent = [];
  await live.open(async () => ({
    publish: async (topics) => {
      sent.push(topics);
    },
    close: async () => undefined,
  }));
});
afterEach(async () => {
  await live.close();
  vi.useRealTimers();
});

test('what is patient goes along with the next that is not, in one message', () => {
  live.publish('stock:1', { patient: true });
  vi.advanceTimersByTime(50);
  expect(sent).toEqual([]);
  live.publish('order:1');
  vi.advanceTimersByTime(10);
  expect(sent).toEqual([['stock:1', 'order:1']]);
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveLength(1);
});

test('it waits for no more than 100 ms, and keeps nothing else waiting', () => {
  live.publish('stock:1', { patient: true });
  vi.advanceTimersByTime(99);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual([['stock:1']]);
  live.publish('order:1');
  live.publish('stock:2', { patient: true });
  vi.advanceTimersByTime(10);
  expect(sent[1]).toEqual(['order:1', 'stock:2']);
});
