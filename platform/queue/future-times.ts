import type pg from 'pg';

const NOW_MS = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/**
 * Takes back what a process whose clock was ahead wrote into the queues. BullMQ (6.7, on Postgres) compares times of its
 * workers' own clocks: after such a process ended, jobs of killed workers were looked for, their locks ran out and retries
 * became due only when the right clocks had caught up. Postgres' clock decides here what lies in the future.
 */
export async function mendFutureTimes(pool: Pick<pg.Pool, 'query'>, lockMs: number): Promise<void> {
  await pool.query(
    `WITH looked AS (
       DELETE FROM meta WHERE field = 'stalled-check' AND value::bigint > ${NOW_MS} + $1::bigint),
     locked AS (
       UPDATE job SET locked_until_ms = ${NOW_MS} + $1::bigint
       WHERE state = 'active' AND locked_until_ms > ${NOW_MS} + 2 * $1::bigint)
     UPDATE job SET process_at_ms = ${NOW_MS}
     WHERE state = 'delayed' AND process_at_ms > ${NOW_MS} + coalesce((opts -> 'backoff' ->> 'delay')::numeric, 0) * 2 ^ attempts_made + $1::bigint`,
    [lockMs],
  );
}
