import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
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

/** BullMQ keeps the time at which a delayed job is due in the upper bits of its score; see its getDelayedScore.lua. */
const SCORES_A_MS = 4_096;
/** Of one queue at a time. */
const MOST_DELAYED = 200;

/**
 * The same for a queue on Redis, whose locks run by Redis' own clock: there only a delayed job is due by its worker's. One
 * that lies in the future has its turn at once. Redis' clock decides.
 */
export async function mendFutureDelays(
  redis: Redis,
  name: string,
  lockMs: number,
  open: (name: string) => Queue,
): Promise<void> {
  const [seconds] = await redis.time();
  const scoreIn = (ms: number) => (Number(seconds) * 1_000 + ms) * SCORES_A_MS;
  const key = `bull:${name}:delayed`;
  const found = await redis.zrevrangebyscore(key, '+inf', scoreIn(2 * lockMs), 'WITHSCORES', 'LIMIT', 0, MOST_DELAYED);
  if (found.length === 0) return;
  const queue = open(name);
  try {
    for (let i = 0; i < found.length; i += 2) {
      const job = await queue.getJob(found[i]!);
      if (!job) continue;
      const { delay = 0 } = (job.opts.backoff ?? {}) as { delay?: number };
      if (Number(found[i + 1]) <= scoreIn(delay * 2 ** job.attemptsMade + 2 * lockMs)) continue;
      // Another process may be first.
      await job.promote().catch(() => undefined);
    }
  } finally {
    await queue.close();
  }
}
