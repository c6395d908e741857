import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { redisWanted, startTestRedis } from '#tests/test-redis.ts';
import { byParkedAt, discardParked, parkedJobOf, parkedJobs, retryParked } from './parked-jobs.ts';
import { postgresQueues } from './postgres-queues.ts';
import { queueDepth } from './queue-depth.ts';
import { Hopeless, type Job, type QueueBackend, type QueueOptions, Queues } from './queues.ts';
import { redisQueues } from './redis-queues.ts';

const NOTHING = { waiting: 0, active: 0, delayed: 0, parked: 0, oldestAt: null };
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
    await expect
      .poll(() => queues.parked(consumer))
      .toMatchObject([{ id: job('poison').id, reason: 'this never works' }]);
    await expect.poll(() => tries.length).toBe(43);
    expect(tries.filter((id) => id === job('poison').id)).toHaveLength(3);
  });

  test('31: a job that meets an outage waits for its end, longer than its tries would last', async () => {
    let turns = 0;
    await queues.work(consumer, async () => {
      if (++turns < 6) throw new SubgraphUnavailable('orders', 'it is down');
      if (turns < 8) throw new Error('not yet');
    });
    await queues.add(consumer, [job('a')]);
    // None of the three tries was lost to the outage.
    await expect.poll(() => turns, { timeout: 10_000 }).toBe(8);
    await expect.poll(() => queueDepth(queues.of(consumer))).toEqual(NOTHING);
  }, 15_000);

  test('a hopeless job is parked at once', async () => {
    let tries = 0;
    await queues.work(consumer, async () => {
      tries++;
      throw new Hopeless('no such order');
    });
    await queues.add(consumer, [job('a')]);
    await expect.poll(() => queues.parked(consumer)).toMatchObject([{ id: job('a').id, reason: 'no such order' }]);
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
    expect(await queues.parked(consumer)).toMatchObject([{ id: job('poison').id, reason: 'no' }]);
  });

  test('30: a parked job that is retried has all its tries again; one that is discarded is gone', async () => {
    let tries = 0;
    let mended = false;
    await queues.work(consumer, async ({ id }) => {
      if (id !== job('mend').id) throw new Hopeless('never');
      tries++;
      if (!mended || tries < 5) throw new Error('not yet');
    });
    const queue = queues.of(consumer);
    await queues.add(consumer, [job('mend', { n: 1 }), job('never')]);
    await expect.poll(() => queues.parked(consumer)).toHaveLength(2);
    expect(await parkedJobOf(queue, job('mend').id)).toEqual({
      ...job('mend', { n: 1 }),
      reason: 'not yet',
      attempts: 3,
      parkedAt: expect.any(Date),
    });
    mended = true;
    const retried = await Promise.all([1, 2, 3].map(() => retryParked(queue, job('mend').id)));
    expect(retried).toContain(true);
    expect(await discardParked(queue, job('never').id)).toBe(true);
    // The fourth try is the first of the new ones, and fails again.
    await expect.poll(() => tries).toBe(5);
    await expect.poll(() => queueDepth(queue)).toEqual({ ...NOTHING, parked: 0 });
    expect(await retryParked(queue, job('mend').id)).toBe(false);
    expect(await discardParked(queue, job('never').id)).toBe(false);
  });

  test('parked jobs are read in pages, newest first, and none twice', async () => {
    await queues.work(consumer, async () => {
      throw new Hopeless('no');
    });
    await queues.add(
      consumer,
      Array.from({ length: 130 }, (_, i) => job(`${i}`)),
    );
    const queue = queues.of(consumer);
    await expect.poll(async () => (await queueDepth(queue)).parked, { timeout: 10_000 }).toBe(130);
    const seen: string[] = [];
    let before: { at: number; id: string } | undefined;
    for (;;) {
      const [...rows] = (await parkedJobs(queue, 130)).sort(byParkedAt);
      const older = (await parkedJobs(queue, 130, before)).sort(byParkedAt);
      const next = older.slice(0, 40);
      if (next.length === 0) break;
      expect(rows.map(({ id }) => id).slice(seen.length, seen.length + next.length)).toEqual(next.map(({ id }) => id));
      seen.push(...next.map(({ id }) => id));
      before = { at: next.at(-1)!.parkedAt.getTime(), id: next.at(-1)!.id };
    }
    expect(new Set(seen).size).toBe(130);
  });

  test('how much there is to do, and since when', async () => {
    expect(await queueDepth(queues.of(consumer))).toEqual(NOTHING);
    const before = Date.now();
    await queues.add(consumer, [job('a'), job('b')]);
    const depth = await queueDepth(queues.of(consumer));
    expect(depth).toMatchObject({ ...NOTHING, waiting: 2, oldestAt: expect.any(Date) });
    expect(Math.abs(depth.oldestAt!.getTime() - before)).toBeLessThan(2_000);
  });

  test('money goes before mail: with all places taken, the urgent queue is worked off first', async () => {
    const single = await openQueues({ ...OPTIONS, slots: 1 });
    const done: string[] = [];
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const [mail, money] = [`${consumer}-mail`, `${consumer}-money`];
    await single.work(mail, async ({ id }) => gate.then(() => void done.push(id)), 'last');
    await single.work(money, async ({ id }) => void done.push(id), 'first');
    await queues.add(
      mail,
      [1, 2, 3, 4, 5].map((n) => job(`mail${n}`)),
    );
    await expect.poll(async () => (await queueDepth(single.of(mail))).active).toBe(5);
    await queues.add(money, [job('money1'), job('money2')]);
    await expect.poll(async () => (await queueDepth(single.of(money))).active).toBe(2);
    await sleep(100);
    open();
    await expect.poll(() => done.length).toBe(7);
    expect(done.map((id) => /mail|money/.exec(id)?.[0])).toEqual([
      ...['mail', 'money', 'money'],
      ...['mail', 'mail', 'mail', 'mail'],
    ]);
  });

  test('35: closing waits for the job at work, takes no other, and loses none', async () => {
    const events: string[] = [];
    let atWork = (_id: string) => {};
    const started = new Promise<string>((resolve) => {
      atWork = resolve;
    });
    const single = await openQueues({ ...OPTIONS, concurrency: 1 });
    await single.work(consumer, async ({ id }) => {
      events.push(`${id} begins`);
      atWork(id);
      await sleep(300);
      events.push(`${id} ends`);
    });
    await queues.add(consumer, [job('first'), job('second')]);
    // Two that are added at once come in either order.
    const taken = await started;
    const left = [job('first').id, job('second').id].filter((id) => id !== taken);
    await open.pop()!.close();
    events.push('closed');
    expect(events).toEqual([`${taken} begins`, `${taken} ends`, 'closed']);
    await queues.work(consumer, async ({ id }) => void events.push(id));
    await expect.poll(() => events.slice(3)).toEqual(left);
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
