import pg from 'pg';
import { inject } from 'vitest';

const pools = new Map<string, pg.Pool>();

/** Looks into a database of the program that runs for all tests. */
export function queryOf(name: string) {
  const url = inject('running').databases[`${name.toUpperCase()}_DATABASE_URL`];
  if (!url) throw new Error(`There is no database of ${name}.`);
  const pool = pools.get(name) ?? new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true });
  pools.set(name, pool);
  return async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    (await pool.query<Row>(sql, values)).rows;
}
