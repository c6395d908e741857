import { log } from '#platform/telemetry/log.ts';
import { every } from './every.ts';

interface ScheduleDatabase {
  readonly name: string;
  statement<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
}

export interface OnceEvery {
  /** The deed's name in its database, e.g. `reconcile`. */
  readonly name: string;
  readonly periodMs: number;
  /** How long it may be without a sign of life from the process that does it before another does it again. Default 30,000. */
  readonly leaseMs?: number;
  /** How often each process looks whether it is due. Default a tenth of the period, 1 to 60 seconds. */
  readonly lookMs?: number;
}

/**
 * Repeats a deed once over all processes, not once in each: `period` after its last success, wherever that was. One that
 * fails, or whose process dies, is done again after its lease; so it must be right to do it twice. It answers `true` for
 * being done again at once. Its database needs this table:
 *
 *     model Scheduled {
 *       name       String   @id
 *       dueAt      DateTime @map("due_at") @db.Timestamptz(3)
 *       leaseUntil DateTime @map("lease_until") @db.Timestamptz(3)
 *       fence      Int
 *
 *       @@map("scheduled")
 *     }
 */
export function onceEvery(
  database: ScheduleDatabase,
  { name, periodMs, leaseMs = 30_000, lookMs = between(1_000, periodMs / 10, 60_000) }: OnceEvery,
  deed: () => Promise<unknown>,
): { stop(): Promise<void> } {
  const { take, keep, finish } = statements(database);
  return every(lookMs, `${database.name} ${name}`, async () => {
    const [taken] = await take(name, leaseMs);
    if (!taken) return false;
    const { fence } = taken;
    const sign = setInterval(() => {
      keep(name, fence, leaseMs).catch((reason) => log.warn({ err: reason, deed: name }, 'A lease was not renewed'));
    }, leaseMs / 3);
    try {
      const again = (await deed()) === true;
      await finish(name, fence, again ? 0 : periodMs);
      return again;
    } finally {
      clearInterval(sign);
    }
  });
}

/** All three are conditional on the fence, so that a process that lost its lease changes nothing of its successor's. */
function statements(database: ScheduleDatabase) {
  const later = (ms: string) => `now() + make_interval(secs => ${ms}::float8 / 1000)`;
  return {
    take: database.statement<{ fence: number }>(
      `${database.name}.scheduled.take`,
      `INSERT INTO scheduled AS s (name, due_at, lease_until, fence) VALUES ($1, now(), ${later('$2')}, 1)
       ON CONFLICT (name) DO UPDATE SET lease_until = ${later('$2')}, fence = s.fence + 1
         WHERE s.due_at <= now() AND s.lease_until <= now()
       RETURNING fence`,
    ),
    keep: database.statement(
      `${database.name}.scheduled.keep`,
      `UPDATE scheduled SET lease_until = ${later('$3')} WHERE name = $1 AND fence = $2`,
    ),
    finish: database.statement(
      `${database.name}.scheduled.finish`,
      `UPDATE scheduled SET due_at = ${later('$3')}, lease_until = now() WHERE name = $1 AND fence = $2`,
    ),
  };
}

const between = (least: number, value: number, most: number): number => Math.min(Math.max(least, value), most);
