import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { startFaultProxy } from '#tests/faults/fault-proxy.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { postgresQueues } from './postgres-queues.ts';
import { Hopeless, Queues } from './queues.ts';

/** Queues behind a network that can fail. */
async function openBehindProxy() {
  const database = await createTestDatabase('queues');
  const { hostname: host, port } = new URL(database.url);
  const proxy = await startFaultProxy({ host, port: Number(port) });
  const proxied = new URL(database.url);
  proxied.port = String(proxy.port);
  const queues = new Queues(await postgresQueues(proxied.href), {
    ...{ attempts: 3, backoffMs: 40, concurrency: 1, lockMs: 60_000 },
  });
  onTestFinished(async () => {
    await queues.close();
    await proxy.close();
    await database.drop();
  });
  return { database, proxy, queues };
}

test('32: after a lost connection a worker finds within seconds what nobody told it of', async () => {
  const { database, proxy, queues } = await openBehindProxy();
  const outside = new pg.Pool({ connectionString: database.url, max: 1, options: '-c search_path=bullmq' });
  onTestFinished(() => outside.end());
  const done: string[] = [];
  await queues.work('test', async ({ id }) => {
    done.push(id);
    if (done.length === 1) throw new Hopeless('not yet');
  });
  await queues.add('test', [{ id: 'evt_1', topic: 'test.happened.v1', payload: {} }]);
  await expect.poll(async () => (await queues.parked('test')).length).toBe(1);

  const connections = async (which: string) => {
    const { rows } = await outside.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${which}`,
    );
    return rows[0]!.n;
  };
  proxy.cut();
  await expect.poll(() => connections('true')).toBe(0);
  // It tries to connect a few times, and waits without an end once it can.
  await new Promise((resolve) => setTimeout(resolve, 500));
  proxy.heal();
  await expect.poll(() => connections("state = 'idle' AND query ~ 'next_delay'"), { timeout: 10_000 }).toBe(1);
  // As where the word was lost: the job is there, and no NOTIFY of it.
  await outside.query("UPDATE job SET state = 'waiting'");
  await expect.poll(() => done.length, { timeout: 8_000 }).toBe(2);
}, 60_000);

test('all workers of a process hear of jobs over one connection, and over another one once it is lost', async () => {
  const { database, queues } = await openBehindProxy();
  const outside = new pg.Pool({ connectionString: database.url, max: 1 });
  onTestFinished(() => outside.end());
  const connectionsFor = async (what: string) => {
    const { rows } = await outside.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query ~ $1 AND pid <> pg_backend_pid()`,
      [what],
    );
    return rows.map(({ pid }) => pid);
  };
  const listening = () => connectionsFor('LISTEN');
  const done: string[] = [];
  const consumers = ['capture', 'mail', 'ship'];
  for (const consumer of consumers) await queues.work(consumer, async ({ id }) => void done.push(id));
  const addToAll = async (event: string) => {
    const since = performance.now();
    for (const consumer of consumers)
      await queues.add(consumer, [{ id: `${event}-${consumer}`, topic: 'test.happened.v1', payload: {} }]);
    await expect.poll(() => done.filter((id) => id.startsWith(event)).length).toBe(3);
    // None of them found it by looking, which it does each five seconds.
    expect(performance.now() - since).toBeLessThan(2_500);
  };
  await expect.poll(listening).toHaveLength(1);
  await addToAll('first');
  // And all of them work over one.
  expect(await connectionsFor('add_job|move_to|next_')).toHaveLength(1);

  const [before] = await listening();
  await outside.query('SELECT pg_terminate_backend($1)', [before]);
  await expect.poll(listening).not.toContain(before);
  await expect.poll(listening, { timeout: 4_000 }).toHaveLength(1);
  await addToAll('second');
}, 30_000);

test('32: a queue that was first used during an outage takes jobs once that is over', async () => {
  const { proxy, queues } = await openBehindProxy();
  const job = { id: 'evt_1', topic: 'test.happened.v1', payload: {} };
  proxy.cut();
  await expect(queues.add('test', [job])).rejects.toThrow();
  proxy.heal();
  await queues.add('test', [job]);
  const done: string[] = [];
  await queues.work('test', async ({ id }) => void done.push(id));
  await expect.poll(() => done).toEqual(['evt_1']);
});
