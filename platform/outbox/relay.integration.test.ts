import { expect, test } from 'vitest';
import type { Job } from '#platform/queue/queues.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import type { EventsPayload } from './listener.ts';
import {
  announceAll,
  effects,
  FAST,
  listen,
  local,
  NEVER_AGAIN,
  once,
  openQueues,
  openShop,
  relay,
  takeEffect,
  thingHappened,
  unfinished,
  upTo,
} from './testing/outbox-shop.ts';

openShop(createTestDatabase);

test('each event takes effect once with each consumer, and nothing stays in the outbox', async () => {
  const queues = await openQueues();
  await listen(queues);
  relay(queues, NEVER_AGAIN);
  await announceAll(upTo(50));
  await expect.poll(() => unfinished(), { timeout: 10_000 }).toEqual([]);
  expect(await effects()).toEqual(once(50));
});

test('a fact that is rolled back announces nothing', async () => {
  const queues = await openQueues();
  await listen(queues);
  relay(queues, FAST);
  await announceAll([1]);
  await expect(announceAll([0, 1])).rejects.toMatchObject({ code: '23505' });
  await expect.poll(() => unfinished()).toEqual([]);
  expect((await effects()).map(({ n }) => n)).toEqual([1, 1]);
});

test('several relays share the rows out: each is added once, more than a batch of them', async () => {
  const added: string[] = [];
  const counting = {
    add: async (_consumer: string, jobs: readonly Job[]) => {
      added.push(...jobs.flatMap(({ payload }) => (payload as EventsPayload).events.map(({ id }) => id)));
      await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
  await announceAll(upTo(600));
  for (let i = 0; i < 4; i++) relay(counting, NEVER_AGAIN);
  await expect.poll(() => added.length, { timeout: 10_000 }).toBe(1_200);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(added).toHaveLength(1_200);
  expect(new Set(added).size).toBe(1_200);
});

test('33: while a queue is down its rows stay, others go on, and it is filled once it is back', async () => {
  const queues = await openQueues();
  let down = true;
  const half = {
    add: async (consumer: string, jobs: readonly Job[]) => {
      if (down && consumer === 'shop-count') throw new Error('the queue is down');
      await queues.add(consumer, jobs);
    },
  };
  await listen(queues);
  await announceAll(upTo(3));
  relay(half, NEVER_AGAIN);
  await expect.poll(() => effects()).toEqual(once(3).filter(({ consumer }) => consumer === 'shop-mail'));
  await expect.poll(() => unfinished()).toHaveLength(3);
  down = false;
  await expect.poll(() => unfinished(), { timeout: 10_000 }).toEqual([]);
  expect(await effects()).toEqual(once(3));
});

test('30: a lost report has the job run again after its time, without a second effect', async () => {
  let lost = 0;
  const forgetful: SubgraphTransport = {
    ...local,
    query: async (...args) => {
      if (lost++ < 2) throw new Error('the report got lost');
      return local.query(...args);
    },
  };
  let runs = 0;
  const queues = await openQueues();
  await listen(queues, forgetful, async ({ id, topic, payload }) => {
    runs++;
    expect(topic).toBe(thingHappened.topic);
    await takeEffect(id, 'shop-count', payload.n);
  });
  relay(queues, FAST);
  await announceAll([7]);
  await expect.poll(() => unfinished(), { timeout: 10_000 }).toEqual([]);
  expect(lost).toBeGreaterThanOrEqual(3);
  expect(runs).toBeGreaterThanOrEqual(4);
  expect(await effects()).toEqual([{ consumer: 'shop-count', n: 7, times: 1 }]);
});
