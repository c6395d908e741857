import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** Postgres as the schema engine wants it: `@prisma/adapter-pg` 7.10 with its three faults mended. */
export function engineAdapter(url: string, shadowUrl?: string): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(url),
    // Fault 1: given a connection string, its own connectToShadowDb connects to the main database.
    connectToShadowDb: () => (shadowUrl ? open(shadowUrl) : openShadow(url)),
  };
}

async function open(url: string, afterwards?: () => Promise<void>): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
  pool.on('error', () => {}); // a lost connection is told by the next statement
  const adapter = await new PrismaPg(passingChars(pool)).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  return Object.assign(adapter, {
    queryRaw: async (query: SqlQuery) => {
      const result = await queryRaw(query);
      const columnTypes = result.columnTypes.map((type) => (type === CHARS ? ColumnTypeEnum.Character : type));
      return { ...result, columnTypes };
    },
    // Fault 2: it splits a script at every ";", which breaks functions, DO blocks and literals.
    executeScript: async (script: string) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    },
    dispose: async () => {
      await pool.end();
      await afterwards?.();
    },
  });
}

// Fault 3: it knows the catalog's type "char" as an array only. The engine reads such columns to describe a table, and
// never the arrays, so they pass as arrays through the adapter and become characters behind it.
const CHAR_OID = 18;
const CHAR_ARRAY_OID = 1002;
const CHARS = ColumnTypeEnum.CharacterArray;

function passingChars(pool: pg.Pool): pg.Pool {
  const query = pool.query.bind(pool) as (config: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>;
  return Object.assign(pool, {
    query: async (config: pg.QueryArrayConfig) => {
      const result = await query(config);
      const fields = [result].flat().flatMap((part) => part.fields); // a script has a result for each statement
      for (const field of fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = CHAR_ARRAY_OID;
      return result;
    },
  });
}

async function openShadow(url: string): Promise<SqlDriverAdapter> {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  await once(url, `CREATE DATABASE "${name}" TEMPLATE template0`);
  const shadow = new URL(url);
  shadow.pathname = `/${name}`;
  return open(shadow.href, () => once(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
