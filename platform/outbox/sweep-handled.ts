import { every } from '#platform/schedule/every.ts';
import { outboxConfig } from './config.ts';

const EVERY_MS = 3_600_000;
const BATCH = 10_000;

/** The database of a subgraph with a `handled` table. */
interface Consumer {
  readonly name: string;
  statement<Row>(name: string, text: string): (...values: unknown[]) => Promise<Row[]>;
}

/**
 * Forgets which events were handled, once no second delivery of them can come: an unreported event is added again within
 * seconds, and a parked job is retried within days or never.
 */
export const startSweepingHandled = (database: Consumer): { stop(): Promise<void> } => {
  const sweep = sweepHandled(database);
  return every(EVERY_MS, `The sweep of ${database.name}'s handled events`, async () => (await sweep()) === BATCH);
};

/** One batch; answers how many went. There is no index for it: old rows lie together, and it is once an hour. */
export function sweepHandled(database: Consumer): () => Promise<number> {
  const forget = database.statement(
    `${database.name}.handled.sweep`,
    `DELETE FROM handled WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM handled WHERE at < now() - make_interval(days => $1) LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))
     RETURNING 1 AS gone`,
  );
  return async () => (await forget(outboxConfig.handledKeptDays)).length;
}
