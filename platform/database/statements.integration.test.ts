import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTestDatabase } from '#tests/test-database.ts';
import { PipelinedConnections } from './statements.ts';

let database: { url: string; drop(): Promise<void> };
let outside: pg.Pool;
let connections: PipelinedConnections;

beforeAll(async () => {
  database = await createTestDatabase('statements');
  outside = new pg.Pool({ connectionString: database.url, max: 3 });
  await outside.query('CREATE TABLE counter (id int PRIMARY KEY, n bigint NOT NULL)');
});

beforeEach(async () => {
  await connections?.close();
  connections = new PipelinedConnections(`${database.url}?application_name=souk-statements`, 2, 'once');
});

afterAll(async () => {
  await connections.close();
  await outside.end();
  await database.drop();
});

const backends = async () => {
  const { rows } = await outside.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'souk-statements'",
  );
  return rows.map(({ pid }) => pid);
};

const kill = (pids: readonly number[]) =>
  outside.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);

const waitingForLocks = async () => {
  const { rows } = await outside.query(
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows.length;
};

const one = () => connections.run<{ n: number }>('one', 'SELECT 1 AS n', []);

test('answers come to those who asked, whatever shares the connection; int8 is a bigint', async () => {
  const asked = Array.from({ length: 500 }, (_, i) => i);
  const answers = await Promise.all(
    asked.map((i) => connections.run<{ n: number; big: bigint }>('echo', 'SELECT $1::int AS n, $1::int8 AS big', [i])),
  );
  expect(answers).toEqual(asked.map((i) => [{ n: i, big: BigInt(i) }]));
});

test('the shape of its rows is asked once on a connection; none, one and many rows are told as before', async () => {
  const rows = (n: number) =>
    connections.query('rows', 'SELECT i, now() AS at FROM generate_series(1, $1::int) AS i', [n]);
  const describe = vi.spyOn(pg.Connection.prototype, 'describe');
  for (let i = 0; i < 3; i++) expect((await rows(0)).rows).toEqual([]);
  expect(describe).toHaveBeenCalledTimes(1);
  expect((await rows(2)).rows).toEqual([1, 2].map((i) => ({ i, at: expect.any(Date) })));
  const none = () => connections.query('none', 'UPDATE counter SET n = 0 WHERE id = $1', [-1]);
  for (let i = 0; i < 2; i++) expect(await none()).toMatchObject({ rows: [], rowCount: 0 });
  // pg cannot say this in Postgres' words: it fails before it is sent, and alone.
  const self: unknown[] = [];
  self.push({
    toPostgres: () => {
      throw new Error('No words for it.');
    },
  });
  await expect(
    connections.query('rows', 'SELECT i, now() AS at FROM generate_series(1, $1::int) AS i', self),
  ).rejects.toThrow('No words for it.');
  expect((await rows(1)).rowCount).toBe(1);
});

test('a statement that fails fails alone, and works once its cause is gone', async () => {
  const insert = (id: number) => connections.run('insert', 'INSERT INTO counter VALUES ($1, 0)', [id]);
  const results = await Promise.allSettled([insert(1), one(), insert(1), one(), insert(2), insert(2), one()]);
  expect(results.map(({ status }) => status).sort()).toEqual([
    ...Array(5).fill('fulfilled'),
    ...Array(2).fill('rejected'),
  ]);
  const late = () => connections.run<{ n: number }>('late', 'SELECT n FROM late', []);
  for (let i = 0; i < 2; i++) await expect(late()).rejects.toMatchObject({ code: '42P01' });
  await outside.query('CREATE TABLE late AS SELECT 7 AS n');
  for (let i = 0; i < 4; i++) expect(await late()).toEqual([{ n: 7 }]);
});

test('a table that gets a column is read with it at once, by statements that were prepared without', async () => {
  await outside.query('CREATE TABLE widened AS SELECT 1 AS a');
  const read = () => connections.run('widened', 'SELECT * FROM widened', []);
  for (let i = 0; i < 2; i++) expect(await read()).toEqual([{ a: 1 }]);
  await outside.query("ALTER TABLE widened ADD COLUMN b text DEFAULT 'b'");
  const both = Array(4).fill([{ a: 1, b: 'b' }]);
  expect(await Promise.all([read(), read(), one(), read(), read()])).toEqual(both.toSpliced(2, 0, [{ n: 1 }]));
  expect(await read()).toEqual([{ a: 1, b: 'b' }]);
});

test('a lost connection is replaced on the next call, and only once', async () => {
  await Promise.all([one(), one()]);
  await kill(await backends());
  await expect.poll(backends).toEqual([]);
  await Promise.allSettled([one(), one()]);
  for (let i = 0; i < 6; i++) expect(await one()).toEqual([{ n: 1 }]);
  // Every connection that stays open is one that `close` knows.
  expect(await backends()).toHaveLength(1);
  await connections.close();
  await expect.poll(backends).toEqual([]);
});

test('what waited on a lost connection is told so, and never runs twice', async () => {
  await outside.query('TRUNCATE counter; INSERT INTO counter VALUES (1, 0)');
  const locking = await outside.connect();
  await locking.query('BEGIN; UPDATE counter SET n = n + 1 WHERE id = 1');
  const grow = () => connections.run('grow', 'UPDATE counter SET n = n + 1 WHERE id = 1', []);
  const waiting = Promise.allSettled([grow(), grow(), grow()]);
  await expect.poll(waitingForLocks).toBe(1);
  await kill(await backends());
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  await locking.query('COMMIT');
  locking.release();
  await grow();
  expect((await outside.query('SELECT n::int FROM counter')).rows).toEqual([{ n: 2 }]);
});

test('what waits for a lock is passed by: soon others take another connection, and none opens without need', async () => {
  await outside.query('TRUNCATE counter; INSERT INTO counter VALUES (1, 0)');
  await one();
  await Promise.all(Array.from({ length: 50 }, one));
  expect(await backends()).toHaveLength(1);
  const locking = await outside.connect();
  await locking.query('BEGIN; UPDATE counter SET n = n + 1 WHERE id = 1');
  const grown = connections.run('grow', 'UPDATE counter SET n = n + 1 WHERE id = 1', []);
  const asked: Promise<unknown>[] = [];
  let passed = 0;
  await expect
    .poll(() => {
      asked.push(one().then(() => passed++));
      return passed;
    })
    .toBeGreaterThan(2);
  expect(await waitingForLocks()).toBe(1);
  expect(await backends()).toHaveLength(2);
  await locking.query('COMMIT');
  locking.release();
  await Promise.all([grown, ...asked]);
  expect((await outside.query('SELECT n::int FROM counter')).rows).toEqual([{ n: 2 }]);
});

test('a plan that was made while a table was empty is made anew as it grows', async () => {
  await outside.query('CREATE TABLE growing (id int PRIMARY KEY, text text) WITH (autovacuum_enabled = off)');
  // Postgres reckons with a thousand numbers, not with one.
  const find = () =>
    connections.run('growing', 'SELECT text FROM generate_series(7, $1::int) AS n(id) JOIN growing USING (id)', [7]);
  await find();
  await outside.query("INSERT INTO growing SELECT n, repeat('x', 100) FROM generate_series(1, 50000) AS n");
  const byIndex = async () => {
    await find();
    const { rows } = await outside.query<{ n: number }>(
      "SELECT idx_scan::int AS n FROM pg_stat_user_tables WHERE relname = 'growing'",
    );
    return rows[0]!.n;
  };
  await expect.poll(byIndex, { timeout: 10_000 }).toBeGreaterThan(0);
}, 20_000);

test('nothing is opened again after closing', async () => {
  await Promise.all([one(), one()]);
  await connections.close();
  await expect(one()).rejects.toThrow('The database connections are closed.');
  await expect.poll(backends).toEqual([]);
});

test('while Postgres cannot be reached each call fails, and the first after it can succeeds', async () => {
  const unreachable = new URL(database.url);
  unreachable.pathname = '/not_there_yet';
  const early = new PipelinedConnections(unreachable.href, 1, 'once');
  const ask = () => early.run<{ n: number }>('one', 'SELECT 1 AS n', []);
  for (let i = 0; i < 3; i++) await expect(ask()).rejects.toMatchObject({ code: '3D000' });
  await outside.query('CREATE DATABASE not_there_yet');
  try {
    expect(await ask()).toEqual([{ n: 1 }]);
  } finally {
    await early.close();
    await outside.query('DROP DATABASE not_there_yet WITH (FORCE)');
  }
});

test.each([
  ['once', 'force_generic_plan'],
  ['values', 'auto'],
] as const)('a statement planned %s has Postgres plan in mode %s', async (planning, mode) => {
  const own = new PipelinedConnections(database.url, 1, planning);
  expect(await own.run('mode', 'SHOW plan_cache_mode', [])).toEqual([{ plan_cache_mode: mode }]);
  await own.close();
});
