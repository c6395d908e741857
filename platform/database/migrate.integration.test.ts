import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase } from '#tests/test-database.ts';
import { applyMigrations } from './migrate.ts';

let folder: string;
let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'souk-migrations-'));
  database = await createTestDatabase('migrate');
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const FIRST = `CREATE TABLE thing (id TEXT PRIMARY KEY);
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN n; RETURN n; END; $$;
SELECT pg_sleep(0.2);`;
const SECOND = `INSERT INTO thing VALUES ('only once; really');`;

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('several instances at once apply each migration once', async () => {
  await write('20260101000000_first', FIRST);
  await write('20260102000000_second', SECOND);
  const applied = await Promise.all(Array.from({ length: 8 }, () => applyMigrations(database.url, folder)));
  expect(applied.flat().sort()).toEqual(['20260101000000_first', '20260102000000_second']);
  expect(await query('SELECT id FROM thing')).toEqual([{ id: 'only once; really' }]);
});

test('writes down what `prisma migrate deploy` would', async () => {
  await write('20260101000000_first', FIRST);
  await applyMigrations(database.url, folder);
  const rows = await query(
    `SELECT migration_name, checksum, applied_steps_count, logs, rolled_back_at, finished_at > started_at AS finished
     FROM _prisma_migrations`,
  );
  expect(rows).toEqual([
    {
      migration_name: '20260101000000_first',
      checksum: createHash('sha256').update(FIRST).digest('hex'),
      applied_steps_count: 1,
      logs: null,
      rolled_back_at: null,
      finished: true,
    },
  ]);
});

test('a migration that fails leaves nothing, and applies once it is mended', async () => {
  await write('20260101000000_first', `${FIRST}\nSELECT nothing_of_that_name();`);
  await expect(applyMigrations(database.url, folder)).rejects.toThrow('Migration 20260101000000_first');
  expect(await query(`SELECT to_regclass('thing') AS thing`)).toEqual([{ thing: null }]);
  expect(await query('SELECT * FROM _prisma_migrations')).toEqual([]);

  await write('20260101000000_first', FIRST);
  expect(await applyMigrations(database.url, folder)).toEqual(['20260101000000_first']);
});

test('an applied migration that was edited is refused before anything else is applied', async () => {
  await write('20260101000000_first', FIRST);
  await applyMigrations(database.url, folder);
  await write('20260101000000_first', `${FIRST} -- better`);
  await write('20260102000000_second', SECOND);
  await expect(applyMigrations(database.url, folder)).rejects.toThrow('20260101000000_first was edited');
  expect(await query('SELECT * FROM thing')).toEqual([]);
});

test('a failure that Prisma recorded is told with its mend', async () => {
  await write('20260101000000_first', FIRST);
  await applyMigrations(database.url, folder);
  await query('UPDATE _prisma_migrations SET finished_at = NULL');
  await expect(applyMigrations(database.url, folder)).rejects.toThrow('npx prisma migrate resolve');
});
