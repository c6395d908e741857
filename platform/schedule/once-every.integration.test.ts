import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Database } from '#platform/database/database.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { onceEvery } from './once-every.ts';

/** The same database as three processes have it. */
const PROCESSES = [0, 1, 2].map(
  () => new Database('test', () => ({ $connect: async () => {}, $disconnect: async () => {} })),
);
const [first] = PROCESSES;
let running: { stop(): Promise<void> }[];

beforeAll(async () => {
  const { url, drop } = await createTestDatabase('schedule');
  await Promise.all(PROCESSES.map((each) => each.open(url)));
  await first!.transaction((client) =>
    client.query(
      'CREATE TABLE scheduled (name text PRIMARY KEY, due_at timestamptz(3) NOT NULL, lease_until timestamptz(3) NOT NULL, fence int NOT NULL)',
    ),
  );
  return async () => {
    await Promise.all(PROCESSES.map((each) => each.close()));
    await drop();
  };
});

beforeEach(async () => {
  running = [];
  await first!.transaction((client) => client.query('TRUNCATE scheduled'));
});

afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
});

const everywhere = (options: { periodMs: number; leaseMs: number }, deed: (process: number) => Promise<unknown>) => {
  for (const [at, database] of PROCESSES.entries())
    running.push(onceEvery(database, { name: 'deed', lookMs: 10, ...options }, () => deed(at)));
};

test('a deed is done once a period, whichever of the processes that look for it at once', async () => {
  const done: number[] = [];
  everywhere({ periodMs: 400, leaseMs: 5_000 }, async () => void done.push(Date.now()));
  await expect.poll(() => done.length, { interval: 10 }).toBe(3);
  expect(done[1]! - done[0]!).toBeGreaterThanOrEqual(395);
  expect(done[2]! - done[1]!).toBeGreaterThanOrEqual(395);
});

test('a deed that lasts longer than its lease is not done beside itself', async () => {
  let atOnce = 0;
  let most = 0;
  let done = 0;
  everywhere({ periodMs: 1, leaseMs: 200 }, async () => {
    most = Math.max(most, ++atOnce);
    await sleep(700);
    atOnce--;
    done++;
  });
  await expect.poll(() => done, { timeout: 10_000 }).toBe(2);
  expect(most).toBe(1);
});

test('what fails is done again after its lease, by whoever comes; success ends that', async () => {
  const tries: number[] = [];
  everywhere({ periodMs: 60_000, leaseMs: 300 }, async () => {
    tries.push(Date.now());
    if (tries.length < 3) throw new Error('not yet');
  });
  await expect.poll(() => tries.length, { timeout: 5_000 }).toBe(3);
  await sleep(800);
  expect(tries).toHaveLength(3);
  expect(tries[1]! - tries[0]!).toBeGreaterThanOrEqual(290);
});

test('who lost its lease changes nothing of its successor: the deed stays due', async () => {
  let done = 0;
  running.push(
    onceEvery(first!, { name: 'deed', periodMs: 60_000, leaseMs: 30_000, lookMs: 10 }, async () => {
      done++;
      // Another process holds it now.
      await first!.transaction((client) => client.query('UPDATE scheduled SET fence = fence + 1'));
    }),
  );
  await expect.poll(() => done).toBe(1);
  await sleep(100);
  const [row] = await first!.transaction(
    async (client) =>
      (await client.query('SELECT due_at <= now() AS due, lease_until > now() AS held FROM scheduled')).rows,
  );
  expect(row).toEqual({ due: true, held: true });
});

test('a deed that has more to do goes on at once', async () => {
  let done = 0;
  everywhere({ periodMs: 60_000, leaseMs: 5_000 }, async () => ++done < 5);
  await expect.poll(() => done, { timeout: 2_000 }).toBe(5);
  await sleep(200);
  expect(done).toBe(5);
});
