import pg from 'pg';
import { log } from '#platform/telemetry/log.ts';

/**
 * A pool whose lost connections end no process. pg tells of one by the event `error`, on the pool while the connection is
 * idle, and on the connection itself while somebody has it; there each question fails too, so that nothing goes unheard.
 * @see https://node-postgres.com/apis/pool#error
 */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ keepAlive: true, ...config });
  // Whoever shares a pool listens to it too.
  pool.setMaxListeners(0);
  pool.on('error', (reason) => log.debug({ err: reason }, 'An idle connection to Postgres ended'));
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

const ignore = () => undefined;
