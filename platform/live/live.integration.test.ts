import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '#tests/test-database.ts';
import { redisWanted, startTestRedis } from '#tests/test-redis.ts';
import { Live, type LiveBackend, type LiveEnd } from './live.ts';
import { postgresLive } from './postgres-live.ts';
import { redisLive } from './redis-live.ts';

interface Running {
  connect(end: LiveEnd): Promise<LiveBackend>;
  /** Ends every connection that listens, as a restart does. */
  breakListeners(): Promise<number>;
  stop(): Promise<unknown>;
}

const BACKENDS = [
  {
    name: 'Postgres',
    runs: true,
    async start(): Promise<Running> {
      const database = await createTestDatabase('live');
      const admin = new pg.Pool({ connectionString: database.url, max: 1 });
      return {
        connect: (end) => postgresLive(database.url, end),
        breakListeners: async () => {
          const { rowCount } = await admin.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'",
          );
          return rowCount ?? 0;
        },
        stop: async () => {
          await admin.end();
          await database.drop();
        },
      };
    },
  },
  {
    name: 'Redis',
    runs: redisWanted,
    async start(): Promise<Running> {
      const redis = await startTestRedis();
      const admin = new Redis(redis.url);
      return {
        connect: (end) => redisLive(redis.url, end),
        breakListeners: async () => Number(await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub')),
        stop: async () => {
          admin.disconnect();
          await redis.stop();
        },
      };
    },
  },
];

describe.each(BACKENDS.filter(({ runs }) => runs))('live wake-ups on $name', ({ start }) => {
  let backend: Running;
  // Each stands for a process: they share nothing but the backend.
  let here: Live;
  let there: Live;
  let topic: string;

  beforeAll(async () => {
    backend = await start();
    [here, there] = [new Live(), new Live()];
    for (const live of [here, there]) await live.open((end) => backend.connect(end));
  });

  afterAll(async () => {
    await here.close();
    await there.close();
    await backend.stop();
  });

  beforeEach(() => {
    topic = `order:ord_${Math.random().toString(36).slice(2)}`;
  });

  const counting = (live: Live, followed = topic) => {
    const heard = { times: 0, stop: () => {} };
    heard.stop = live.follow(followed, () => heard.times++);
    return heard;
  };

  test('a publication reaches the followers of its topic here and in other processes, and nobody else', async () => {
    const [near, far, other] = [counting(here), counting(there), counting(there, `${topic}x`)];
    here.publish(topic);
    await expect.poll(() => far.times).toBeGreaterThan(0);
    expect(near.times).toBeGreaterThan(0);
    expect(other.times).toBe(0);
  });

  test('many topics at once each arrive', async () => {
    const all = Array.from({ length: 300 }, (_, i) => counting(there, `${topic}${i}`));
    all.forEach((_, i) => {
      here.publish(`${topic}${i}`);
    });
    await expect.poll(() => all.filter(({ times }) => times > 0).length).toBe(300);
  });

  test('who stopped following hears nothing, and the others still do', async () => {
    const [gone, stays] = [counting(there), counting(there)];
    gone.stop();
    gone.stop();
    here.publish(topic);
    await expect.poll(() => stays.times).toBeGreaterThan(0);
    expect(gone.times).toBe(0);
  });

  test('after the connection was lost it listens again, once', async () => {
    const far = counting(there);
    for (let round = 0; round < 2; round++) {
      expect(await backend.breakListeners()).toBe(2);
      far.times = 0;
      await expect
        .poll(
          () => {
            here.publish(topic);
            return far.times;
          },
          { timeout: 10_000, interval: 100 },
        )
        .toBeGreaterThan(0);
      // Both are back before the next round; two connections of one process would be counted here.
      await new Promise((resolve) => setTimeout(resolve, 1_200));
    }
    expect(await backend.breakListeners()).toBe(2);
  });

  test('publishing neither fails nor waits while the backend is gone', async () => {
    const alone = new Live();
    await alone.open((end) => backend.connect(end));
    const near = counting(alone);
    await alone.close();
    alone.publish(topic);
    await expect.poll(() => near.times).toBe(1);
  });
});
