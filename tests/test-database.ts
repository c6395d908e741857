import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import type { Database } from '#platform/database/database.ts';
import { applyMigrations } from '#platform/database/migrate.ts';

/** Opens a subgraph's database on a fresh copy of its own; the returned function closes and drops it. */
// biome-ignore lint/suspicious/noExplicitAny: each subgraph has its own generated client.
export async function openTestDatabase(database: Database<any>): Promise<() => Promise<void>> {
  const { url, drop } = await createTestDatabase(database.name);
  await applyMigrations(url, inProject('prisma', database.name, 'migrations'));
  await database.open(url);
  return async () => {
    await database.close();
    await drop();
  };
}

/** An empty database on the suite's own Postgres. */
export async function createTestDatabase(purpose: string): Promise<{ url: string; drop(): Promise<void> }> {
  const admin = inject('postgresUrl');
  const name = `${purpose}_${randomBytes(6).toString('hex')}`;
  await run(admin, `CREATE DATABASE "${name}"`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(admin, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The maintenance database of the suite's own Postgres. */
    postgresUrl: string;
  }
}
