import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase } from '#tests/test-database.ts';
import { PipelinedConnections } from './statements.ts';

let database: { url: string; drop(): Promise<void> };
let outside: pg.Pool;
let connections: PipelinedConnections;
let others: PipelinedConnections;

beforeAll(async () => {
  database = await createTestDatabase('groups');
  outside = new pg.Pool({ connectionString: database.url, max: 3 });
  await outside.query('CREATE TABLE counter (id int PRIMARY KEY, n int NOT NULL)');
});

beforeEach(async () => {
  await outside.query('TRUNCATE counter; INSERT INTO counter SELECT id, 0 FROM generate_series(1, 100) AS id');
  await Promise.all([connections?.close(), others?.close()]);
  connections = new PipelinedConnections(`${database.url}?application_name=souk-groups`, 1, 'once');
  others = new PipelinedConnections(database.url, 1, 'once');
});

afterAll(async () => {
  await Promise.all([connections.close(), others.close(), outside.end()]);
  await database.drop();
});

const GROW =
  'UPDATE counter SET n = n + 1 WHERE id = $1 RETURNING id, n, n::int8 AS big, pg_current_xact_id()::text AS transaction';
const grow = (id: number, by = connections) =>
  by.run<{ id: number; n: number; big: bigint; transaction: string }>('grow', GROW, [id], true);
const counted = async () => {
  const { rows } = await outside.query<{ id: number; n: number }>('SELECT id, n FROM counter WHERE n > 0 ORDER BY id');
  return Object.fromEntries(rows.map(({ id, n }) => [id, n]));
};
const waitingForLocks = async () => {
  const { rows } = await outside.query(
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows.length;
};

/** Holds a row until it is let go. */
async function hold(id: number): Promise<() => Promise<void>> {
  const client = await outside.connect();
  await client.query('BEGIN');
  await client.query('UPDATE counter SET n = n WHERE id = $1', [id]);
  return async () => {
    await client.query('COMMIT');
    client.release();
  };
}

test('what is asked at once commits at once, and each hears its own answer; int8 is a bigint', async () => {
  const ids = Array.from({ length: 64 }, (_, i) => i + 1);
  const answers = await Promise.all(ids.map((id) => grow(id)));
  expect(answers.map(([row]) => [row?.id, row?.n, row?.big])).toEqual(ids.map((id) => [id, 1, 1n]));
  expect(new Set(answers.map(([row]) => row?.transaction)).size).toBe(2);
  expect(Object.keys(await counted())).toHaveLength(64);
});

test('what is asked while a group is under way makes the next; until that is committed nobody hears of it', async () => {
  const letGo = await hold(7);
  const first = grow(7);
  await expect.poll(waitingForLocks).toBe(1);
  const heard: number[] = [];
  const next = [1, 2, 3].map(async (id) => {
    const rows = await grow(id);
    heard.push(id);
    return rows;
  });
  // Alone, and so behind the first on the connection, but before its group's followers.
  const alone = connections.run('alone', 'SELECT count(*)::int AS n FROM counter WHERE n > 0', []);
  await letGo();
  await first;
  expect(heard).toEqual([]);
  expect(await alone).toEqual([{ n: 1 }]);
  expect(new Set((await Promise.all(next)).map(([row]) => row?.transaction)).size).toBe(1);
});

test('one that fails fails alone: the others of its group happen, each once', async () => {
  const insert = (id: number) =>
    connections.run('insert', 'INSERT INTO counter VALUES ($1, 1) RETURNING id', [id], true);
  const late = () => connections.run<{ n: number }>('late', 'SELECT n FROM late', [], true);
  for (let i = 0; i < 2; i++) {
    const results = await Promise.allSettled([grow(1), insert(2), grow(3), late(), insert(101 + i), grow(1)]);
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, true, true]);
    expect(results[1]).toMatchObject({ reason: { code: '23505' } });
    expect(results[3]).toMatchObject({ reason: { code: '42P01' } });
  }
  expect(await counted()).toEqual({ 1: 4, 3: 2, 101: 1, 102: 1 });
  await outside.query('CREATE TABLE late AS SELECT 7 AS n');
  expect(await Promise.all([late(), late(), late()])).toEqual(Array(3).fill([{ n: 7 }]));
  await outside.query('DROP TABLE late');
});

test('a value that cannot be put in words harms no other of the group', async () => {
  const wordless = {
    toPostgres: () => {
      throw new Error('No words for it.');
    },
  };
  const wrong = connections.run('grow', GROW, [wordless], true);
  const [results] = await Promise.all([Promise.allSettled([grow(1), wrong, grow(2)]), grow(3)]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await counted()).toEqual({ 1: 1, 2: 1, 3: 1 });
});

test('rows with other columns than when their statement was prepared are no failure', async () => {
  await outside.query('CREATE TABLE widened AS SELECT 1 AS a');
  const read = () => connections.run('widened', 'SELECT * FROM widened', [], true);
  expect(await Promise.all([read(), grow(1), read()])).toMatchObject([[{ a: 1 }], [{ n: 1 }], [{ a: 1 }]]);
  await outside.query("ALTER TABLE widened ADD COLUMN b text DEFAULT 'b'");
  const wide = { a: 1, b: 'b' };
  expect(await Promise.all([read(), grow(1), read()])).toMatchObject([[wide], [{ n: 2 }], [wide]]);
  expect(await Promise.all([read(), grow(1), read()])).toMatchObject([[wide], [{ n: 3 }], [wide]]);
});

test('a connection that is lost takes its group along: all of it hear so, and none of it has happened or happens', async () => {
  const letGo = await hold(3);
  const lost = Promise.allSettled([grow(1), grow(2), grow(3), grow(4)]);
  await expect.poll(waitingForLocks).toBe(1);
  const next = Promise.allSettled([grow(5)]);
  await outside.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'souk-groups'");
  expect((await lost).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  expect((await next).map(({ status }) => status)).toEqual(['rejected']);
  await letGo();
  expect(await counted()).toEqual({});
  await Promise.all([grow(1), grow(2)]);
  expect(await counted()).toEqual({ 1: 1, 2: 1 });
});

test('two groups that lock each other out are both done in the end, each once', async () => {
  const letGo = await hold(3);
  const one = Promise.all([grow(1), grow(3), grow(2)]);
  await expect.poll(waitingForLocks).toBe(1);
  const other = Promise.all([grow(2, others), grow(1, others)]);
  await expect.poll(waitingForLocks).toBe(2);
  await letGo();
  await Promise.all([one, other]);
  expect(await counted()).toEqual({ 1: 2, 2: 2, 3: 1 });
  const { rows } = await outside.query(
    'SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  expect(rows).toEqual([{ n: 1 }]);
}, 20_000);
