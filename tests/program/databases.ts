import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { SUBGRAPH_NAMES } from '#subgraphs/subgraphs.ts';

const ALL = [...SUBGRAPH_NAMES, 'queues'];

/** The databases of one program under test, and the variables that name them. */
export interface ProgramDatabases {
  readonly env: Readonly<Record<string, string>>;
  url(name: string): string;
  /** Runs one statement, for looking at what is true. */
  query<Row extends pg.QueryResultRow>(name: string, sql: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** One empty database a subgraph and one for jobs; with `from`, copies of another program's (nobody may be using those). */
export async function createProgramDatabases(postgresUrl: string, from?: ProgramDatabases): Promise<ProgramDatabases> {
  const id = randomBytes(4).toString('hex');
  const nameOf = (name: string) => `${name}_${id}`;
  const url = (name: string) => withDatabase(postgresUrl, nameOf(name));
  const admin = openPool(postgresUrl, 4);
  await Promise.all(
    ALL.map((name) => {
      const template = from && name !== 'queues' ? ` TEMPLATE "${new URL(from.url(name)).pathname.slice(1)}"` : '';
      return admin.query(`CREATE DATABASE "${nameOf(name)}"${template}`);
    }),
  );
  await admin.end();
  const pools = new Map<string, pg.Pool>();
  return {
    env: Object.fromEntries(ALL.map((name) => [`${name.toUpperCase()}_DATABASE_URL`, url(name)])),
    url,
    async query(name, sql, values = []) {
      let pool = pools.get(name);
      if (!pool) {
        pool = openPool(url(name), 2);
        pools.set(name, pool);
      }
      return (await pool.query(sql, values)).rows;
    },
    async drop() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      const admin = openPool(postgresUrl, 4);
      await Promise.all(ALL.map((name) => admin.query(`DROP DATABASE IF EXISTS "${nameOf(name)}" WITH (FORCE)`)));
      await admin.end();
    },
  };
}

function withDatabase(url: string, database: string): string {
  const result = new URL(url);
  result.pathname = `/${database}`;
  return result.href;
}

function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max });
  // Tests stop Postgres under idle connections.
  pool.on('error', () => undefined);
  return pool;
}
