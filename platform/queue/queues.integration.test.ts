import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '#tests/test-database.ts';
import { redisWanted, startTestRedis } from '#tests/test-redis.ts';
import { postgresQueues } from './postgres-queues.ts';
import { Hopeless, type Job, type QueueBackend, type QueueOptions, Queues } from './queues.ts';
import { redisQueues } from './redis-queues.ts';

const OPTIONS: QueueOptions = { attempts: 3, backoffMs: 40, concurrency: 8, lockMs: 1_000 };

const BACKENDS = [
  {
    name: 'Postgres',
    runs: true,
    async start() {
      const database = await createTestDatabase('queues');
      return { open: () => postgresQueues(database.url), stop: () => database.drop() };
    },
  },
  {
    name: 'Redis',
    runs: redisWanted,
    async start() {
      const redis = await startTestRedis();
      return { open: async () => redisQueues(redis.url), stop: () => redis.stop() };
    },
  },
];

describe.each(BACKENDS.filter(({ runs }) => runs))('jobs on $name', ({ start }) => {
  let backend: { open(): Promise<QueueBackend>; stop(): Promise<unknown> };
  let consumer: string;
  let open: Queues[];
  let queues: Queues;

  const openQueues = async (options = OPTIONS) => {
    const opened = new Queues(await backend.open(), options);
    open.push(opened);
    return opened;
  };

  beforeAll(async () => {
    backend = await start();
  });

  beforeEach(async () => {
    consumer = `test-${Math.random().toString(36).slice(2)}`;
    open = [];
    queues = await openQueues();
  });

  afterEach(async () => {
    await Promise.all(open.map((each) => each.close()));
  });

  afterAll(async () => {
    await backend.stop();
  });

  const job = (id: string, payload: object = {}): Job => ({
    id: `evt_${id}-${consumer}`,
    topic: 'test.happened.v1',
    payload,
  });

  test('a job brings its id, topic and payload', async () => {
    const seen: Job[] = [];
    await queues.work(consumer, async (each) => void seen.push(each));
    await queues.add(consumer, [job('a', { text: 'ü\n"', list: [1, null] })]);
    await expect.poll(() => seen).toEqual([job('a', { text: 'ü\n"', list: [1, null] })]);
  });

  test('a job added twice, also by two processes at once, is one job', async () => {
    const other = await openQueues();
    await Promise.all([queues, other, queues, other].map((each) => each.add(consumer, [job('a'), job('b')])));
    const seen: string[] = [];
    await queues.work(consumer, async ({ id }) => void seen.push(id));
    await other.work(consumer, async ({ id }) => void seen.push(id));
    await expect.poll(() => seen.length).toBe(2);
    await sleep(200);
    expect(seen.sort()).toEqual([job('a').id, job('b').id]);
  });

  test('a failing job is tried again, later each time, until it succeeds', async () => {
    const at: number[] = [];
    await queues.work(consumer, async () => {
      at.push(Date.now());
      if (at.length < 3) throw new Error('not yet');
    });
    await queues.add(consumer, [job('a')]);
    await expect.poll(() => at.length).toBe(3);
    await sleep(200);
    expect(at).toHaveLength(3);
    // Jitter halves a pause at most: 20 ms before the second try, 40 ms before the third.
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(19);
    expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(39);
    expect(await queues.parked(consumer)).toEqual([]);
  });

  test('30: a poison job is parked with its reason after its last try, and the queue moves on', async () => {
    const tries: string[] = [];
    await queues.work(consumer, async ({ id }) => {
      tries.push(id);
      if (id === job('poison').id) throw new Error('this never works');
    });
    const others = Array.from({ length: 40 }, (_, i) => job(`${i}`));
    await queues.add(consumer, [job('poison'), ...others]);
    await expect.poll(() => queues.parked(consumer)).toEqual([{ id: job('poison').id, reason: 'this never works' }]);
    await expect.poll(() => tries.length).toBe(43);
    expect(tries.filter((id) => id === job('poison').id)).toHaveLength(3);
  });

  test('a hopeless job is parked at once', async () => {
    let tries = 0;
    await queues.work(consumer, async () => {
      tries++;
      throw new Hopeless('no such order');
    });
    await queues.add(consumer, [job('a')]);
    await expect.poll(() => queues.parked(consumer)).toEqual([{ id: job('a').id, reason: 'no such order' }]);
    await sleep(200);
    expect(tries).toBe(1);
  });

  test('a finished job can be added again; a parked one stays as it is', async () => {
    const seen: string[] = [];
    await queues.work(consumer, async ({ id }) => {
      seen.push(id);
      if (id === job('poison').id) throw new Hopeless('no');
    });
    await queues.add(consumer, [job('good'), job('poison')]);
    await expect.poll(() => seen.length).toBe(2);
    await expect.poll(async () => (await queues.parked(consumer)).length).toBe(1);
    await sleep(100);
    await queues.add(consumer, [job('good'), job('poison')]);
    await expect.poll(() => seen.length).toBe(3);
    await sleep(200);
    expect(seen.sort()).toEqual([job('good').id, job('good').id, job('poison').id].sort());
    expect(await queues.parked(consumer)).toEqual([{ id: job('poison').id, reason: 'no' }]);
  });

  test('35: closing waits for the job at work, takes no other, and loses none', async () => {
    const events: string[] = [];
    let atWork = () => {};
    const started = new Promise<void>((resolve) => {
      atWork = resolve;
    });
    const single = await openQueues({ ...OPTIONS, concurrency: 1 });
    await single.work(consumer, async ({ id }) => {
      events.push(`${id} begins`);
      atWork();
      await sleep(300);
      events.push(`${id} ends`);
    });
    await queues.add(consumer, [job('first'), job('second')]);
    await started;
    await open.pop()!.close();
    events.push('closed');
    expect(events).toEqual([`${job('first').id} begins`, `${job('first').id} ends`, 'closed']);
    await queues.work(consumer, async ({ id }) => void events.push(id));
    await expect.poll(() => events.slice(3)).toEqual([job('second').id]);
  });

  test('a long job keeps its place: it runs once though it lasts longer than its lock', async () => {
    let runs = 0;
    let done = 0;
    const other = await openQueues();
    for (const each of [queues, other]) {
      await each.work(consumer, async () => {
        runs++;
        await sleep(2_500);
        done++;
      });
    }
    await queues.add(consumer, [job('a')]);
    await expect.poll(() => done, { timeout: 10_000 }).toBe(1);
    expect(runs).toBe(1);
  });
});
