import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '#tests/test-database.ts';
import { postgresQueues } from './postgres-queues.ts';
import { Queues } from './queues.ts';

test('several processes start on a new database at once, and no job leaves a row behind', async () => {
  const database = await createTestDatabase('queues');
  onTestFinished(() => database.drop());
  const backends = await Promise.all(Array.from({ length: 4 }, () => postgresQueues(database.url)));
  const [queues, ...others] = backends.map(
    (backend) => new Queues(backend, { attempts: 3, backoffMs: 40, concurrency: 1, lockMs: 60_000 }),
  );
  const done: string[] = [];
  await queues!.work('test', async ({ id }) => void done.push(id));
  await others[0]!.add('test', [{ id: 'evt_1', topic: 'test.happened.v1', payload: {} }]);
  await expect.poll(() => done).toEqual(['evt_1']);
  for (const each of [queues!, ...others]) await each.close();

  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  onTestFinished(() => client.end());
  const { rows } = await client.query(
    'SELECT (SELECT count(*) FROM bullmq.job)::int AS jobs, (SELECT count(*) FROM bullmq.event)::int AS events',
  );
  expect(rows).toEqual([{ jobs: 0, events: 0 }]);
});
