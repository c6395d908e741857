import { describe, expect, test } from 'vitest';
import { BoundedQueue } from './bounded-queue.ts';

function queueOf(capacity: number) {
  const ends = { count: 0 };
  const queue = new BoundedQueue<number>(capacity, () => {
    ends.count += 1;
  });
  return { queue, ends };
}

describe('a bounded queue', () => {
  test('gives values in order, waiting for those to come, and ends after the last', async () => {
    const { queue, ends } = queueOf(2);
    const first = queue.next();
    queue.push(1);
    queue.push(2);
    queue.push(3);
    queue.complete();
    queue.push(4);
    expect(await first).toEqual({ value: 1, done: false });
    expect(await queue.next()).toEqual({ value: 2, done: false });
    expect(await queue.next()).toEqual({ value: 3, done: false });
    expect(await queue.next()).toEqual({ value: undefined, done: true });
    expect(ends.count).toBe(1);
  });

  test('closes a consumer that falls behind, and keeps nothing for it', async () => {
    const { queue, ends } = queueOf(2);
    for (const value of [1, 2, 3]) queue.push(value);
    expect(ends.count).toBe(1);
    await expect(queue.next()).rejects.toMatchObject({ extensions: { code: 'SUBSCRIPTION_SLOW_CONSUMER' } });
    expect(await queue.next()).toEqual({ value: undefined, done: true });
  });

  test('tells a failure after what came before it, or at once to who waits', async () => {
    const { queue } = queueOf(2);
    queue.push(1);
    queue.fail(new Error('lost'));
    expect(await queue.next()).toEqual({ value: 1, done: false });
    await expect(queue.next()).rejects.toThrow('lost');

    const { queue: waiting } = queueOf(2);
    const next = waiting.next();
    waiting.fail(new Error('lost'));
    await expect(next).rejects.toThrow('lost');
  });

  test('a consumer that gives up frees the source once, and who waits is released', async () => {
    const { queue, ends } = queueOf(2);
    const next = queue.next();
    await queue.return();
    await queue.return();
    expect(await next).toEqual({ value: undefined, done: true });
    expect(ends.count).toBe(1);
  });
});
