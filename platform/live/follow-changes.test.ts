import { expect, test } from 'vitest';
import { followChanges } from './follow-changes.ts';
import { live } from './live.ts';

let topics = 0;
const newTopic = () => `test:${++topics}`;

/** A log that grows, and a reader that tells what is new in it. */
function growingLog(topic = newTopic()) {
  const entries: number[] = [];
  let read = 0;
  let readings = 0;
  return {
    topic,
    grow: (...more: number[]) => entries.push(...more),
    readings: () => readings,
    read: async () => {
      readings++;
      const items = entries.slice(read);
      read = entries.length;
      return { items, end: items.includes(99) };
    },
  };
}

const pauseOf = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('what is there comes first, without any wake-up', async () => {
  const log = growingLog();
  log.grow(1, 2);
  const changes = followChanges({ ...log, readAnywayMs: 60_000 });
  expect(await changes.next()).toEqual({ value: 1, done: false });
  expect(await changes.next()).toEqual({ value: 2, done: false });
  await changes.return?.();
});

test('a wake-up brings what is new, at once', async () => {
  const log = growingLog();
  const changes = followChanges(log);
  const next = changes.next();
  await pauseOf(20);
  log.grow(1);
  const woken = Date.now();
  live.publish(log.topic);
  expect(await next).toEqual({ value: 1, done: false });
  expect(Date.now() - woken).toBeLessThan(500);
  await changes.return?.();
});

test('a wake-up during a reading is not lost', async () => {
  const topic = newTopic();
  let value = 0;
  const changes = followChanges({
    topic,
    read: async () => {
      const items = value > 0 ? [value] : [];
      value++;
      if (value === 1) live.publish(topic);
      await pauseOf(30);
      return { items };
    },
  });
  const started = Date.now();
  expect(await changes.next()).toEqual({ value: 1, done: false });
  expect(Date.now() - started).toBeLessThan(1_000);
  await changes.return?.();
});

test('it reads every few seconds although wake-ups are lost', async () => {
  const log = growingLog();
  const changes = followChanges({ ...log, readAnywayMs: 50 });
  const next = changes.next();
  await pauseOf(20);
  log.grow(1);
  expect(await next).toEqual({ value: 1, done: false });
  await changes.return?.();
});

test('the last items are told before the end, and nothing is read after it', async () => {
  const log = growingLog();
  log.grow(1, 99);
  const told: number[] = [];
  for await (const item of followChanges(log)) told.push(item);
  expect(told).toEqual([1, 99]);
  live.publish(log.topic);
  await pauseOf(30);
  expect(log.readings()).toBe(1);
});

test('returning frees at once, also while it waits', async () => {
  const log = growingLog();
  const changes = followChanges({ ...log, readAnywayMs: 60_000 });
  const waiting = changes.next();
  await pauseOf(20);
  const started = Date.now();
  await changes.return?.();
  expect(await waiting).toEqual({ value: undefined, done: true });
  expect(Date.now() - started).toBeLessThan(100);
  const readings = log.readings();
  live.publish(log.topic);
  await pauseOf(30);
  expect(log.readings()).toBe(readings);
  expect(await changes.next()).toEqual({ value: undefined, done: true });
});

test('who returns during a reading is told nothing of it', async () => {
  const changes = followChanges({
    topic: newTopic(),
    read: async () => {
      await pauseOf(50);
      return { items: [1] };
    },
  });
  const reading = changes.next();
  await pauseOf(10);
  await changes.return?.();
  expect(await reading).toEqual({ value: undefined, done: true });
});

test('a reading that fails ends it, for good', async () => {
  let readings = 0;
  const topic = newTopic();
  const changes = followChanges({
    topic,
    read: async () => {
      readings++;
      throw new Error('the database is gone');
    },
  });
  await expect(changes.next()).rejects.toThrow('the database is gone');
  expect(await changes.next()).toEqual({ value: undefined, done: true });
  live.publish(topic);
  await pauseOf(30);
  expect(readings).toBe(1);
});
