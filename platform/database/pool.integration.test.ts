import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '#tests/test-database.ts';
import { openPool } from './pool.ts';

let database: { url: string; drop(): Promise<void> };
let outside: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase('pool');
  outside = openPool({ connectionString: database.url, max: 1 });
});
afterAll(async () => {
  await outside.end();
  await database.drop();
});

/** The pool's one connection, and how Postgres ends it; once that is done it is known here. */
async function connection(pool: pg.Pool) {
  const client = await pool.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const end = async () => {
    const ended = new Promise((resolve) => client.once('end', resolve));
    await outside.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
    await ended;
  };
  return { client, end };
}

// An error that nobody hears ends the process: vitest then fails the run.
test('32: a connection that is lost in the middle of a transaction fails its next statement, and ends no process', async () => {
  const pool = openPool({ connectionString: database.url, max: 1 });
  const { client, end } = await connection(pool);
  await client.query('BEGIN');
  await end();
  await expect(client.query('SELECT 1')).rejects.toThrow();
  client.release();
  expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  await pool.end();
});

test('32: one that is lost while nobody has it is replaced', async () => {
  const pool = openPool({ connectionString: database.url, max: 1 });
  const { client, end } = await connection(pool);
  client.release();
  await end();
  expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  await pool.end();
});
