import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { redisWanted, startTestRedis } from '#tests/test-redis.ts';
import { Queues } from './queues.ts';
import { redisQueues } from './redis-queues.ts';

test.runIf(redisWanted)(
  'what is asked of Redis in one turn goes out in one write',
  async () => {
    const { url, stop } = await startTestRedis();
    const redis = new Redis(url);
    const queues = new Queues(redisQueues(url), { attempts: 3, backoffMs: 40, concurrency: 4, lockMs: 1_000 });
    const add = (from: number) => {
      const ids = Array.from({ length: 30 }, (_, i) => `job-${from + i}`);
      return Promise.all(ids.map((id) => queues.add('test-writes', [{ id, topic: 'test.happened.v1', payload: {} }])));
    };
    const reads = async () => Number(/total_reads_processed:(\d+)/.exec(await redis.info('stats'))?.[1]);
    // The first loads BullMQ's scripts.
    await add(0);
    const before = await reads();
    await add(100);
    expect((await reads()) - before).toBeLessThan(10);
    await queues.close();
    redis.disconnect();
    await stop();
  },
  20_000,
);
