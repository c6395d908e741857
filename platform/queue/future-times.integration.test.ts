import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '#tests/test-database.ts';
import { redisWanted, startTestRedis } from '#tests/test-redis.ts';
import { postgresQueues } from './postgres-queues.ts';
import { Queues } from './queues.ts';
import { redisQueues } from './redis-queues.ts';

let url: string;
let drop: () => Promise<unknown>;
let client: pg.Client;

beforeAll(async () => {
  const database = await createTestDatabase('queues');
  url = database.url;
  drop = () => database.drop();
  client = new pg.Client({ connectionString: url, options: '-c search_path=bullmq' });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await drop();
});

test('31: jobs of a worker that was killed while its clock was an hour ahead are done within seconds', async () => {
  const queues = new Queues(await postgresQueues(url), { attempts: 3, backoffMs: 40, concurrency: 4, lockMs: 1_000 });
  const jobs = ['held', 'to be retried'].map((id) => ({ id, topic: 'test.happened.v1', payload: {} }));
  await queues.add('test-ahead', jobs);
  const later = Date.now() + 3_600_000;
  await client.query(
    `UPDATE job SET state = 'active', lock_token = 'of the dead', locked_until_ms = $1 WHERE id = 'held'`,
    [later],
  );
  await client.query(
    `UPDATE job SET state = 'delayed', process_at_ms = $1, attempts_made = 1 WHERE id = 'to be retried'`,
    [later],
  );
  await client.query(`INSERT INTO meta (queue, field, value) VALUES ('test-ahead', 'stalled-check', $1)`, [`${later}`]);

  const done: string[] = [];
  await queues.work('test-ahead', async ({ id }) => void done.push(id));
  await expect.poll(() => [...done].sort(), { timeout: 12_000 }).toEqual(['held', 'to be retried']);
  await queues.close();
}, 20_000);

test.runIf(redisWanted)(
  '31: on Redis, what a worker put off while its clock was an hour ahead is done within seconds; what is due soon waits',
  async () => {
    const { url: redisUrl, stop } = await startTestRedis();
    const redis = new Redis(redisUrl);
    const queues = new Queues(redisQueues(redisUrl), { attempts: 3, backoffMs: 40, concurrency: 4, lockMs: 1_000 });
    const later = Date.now() + 3_600_000;
    const putOff: Record<string, number> = { ahead: later, soon: Date.now() + 1_500 };
    const jobs = Object.keys(putOff).map((id) => ({ id, topic: 'test.happened.v1', payload: {} }));
    await queues.add('test-ahead', jobs);
    for (const [id, due] of Object.entries(putOff)) {
      await redis.lrem('bull:test-ahead:wait', 0, id);
      await redis.zadd('bull:test-ahead:delayed', due * 4_096, id);
    }

    const done: string[] = [];
    await queues.work('test-ahead', async ({ id }) => void done.push(id));
    await expect.poll(() => done, { timeout: 12_000 }).toEqual(['ahead', 'soon']);
    await queues.close();
    redis.disconnect();
    await stop();
  },
  20_000,
);
