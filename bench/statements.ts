import pg from 'pg';

/** Statements that Postgres ran, over all databases, as pg_stat_statements counts them; BEGIN, COMMIT and the like apart. */
export async function openStatementCount(postgresUrl: string) {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  return {
    reset: () => client.query('SELECT pg_stat_statements_reset()'),
    async byDatabase(): Promise<{ database: string; calls: number }[]> {
      const { rows } = await client.query(
        `SELECT regexp_replace(d.datname, '_[0-9a-f]{8}$', '') AS database, sum(s.calls)::int AS calls
         FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
         WHERE s.query !~* '^\\s*(begin|commit|rollback|set |show |deallocate|listen|discard)' AND d.datname <> 'postgres'
         GROUP BY 1 ORDER BY 2 DESC`,
      );
      return rows;
    },
    async most(limit: number): Promise<{ query: string; calls: number; ms: number }[]> {
      const { rows } = await client.query(
        `SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 110) AS query, calls::int, round(total_exec_time::numeric)::int AS ms
         FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT $1`,
        [limit],
      );
      return rows;
    },
    close: () => client.end(),
  };
}

export type StatementCount = Awaited<ReturnType<typeof openStatementCount>>;
