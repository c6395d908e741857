import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { SETTLED_KEPT_DAYS } from './contracts/reservations.ts';
import { database } from './database.ts';

const EVERY_MS = 3_600_000;
const BATCH = 2_000;
/** Longer than was promised, since databases need not agree on the time. */
const KEPT_DAYS = SETTLED_KEPT_DAYS + 1;

/** Forgets reservations that hold nothing any more, long after anybody could ask for their goods once more. */
export const startSweepingReservations = (): Running =>
  every(EVERY_MS, 'The sweep of settled reservations', async () => (await sweepReservations()) === BATCH);

/**
 * One batch; answers how many went. Several sweepers share them out, and one that is being changed is left alone. What is
 * on hand has its journal and what is reserved has the open ones, so that neither notices.
 */
export const sweepReservations = async (keptDays = KEPT_DAYS): Promise<number> => (await forget(keptDays)).length;

// There is no index for it, as with handled events: old rows lie together, and it is once an hour.
const forget = database.statement(
  'inventory.sweep-reservations',
  `WITH old AS MATERIALIZED (
     SELECT order_id FROM reservation
     WHERE state IN ('SHIPPED', 'RELEASED', 'EXPIRED') AND changed_at < now() - make_interval(days => $1)
     LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
   DELETE FROM reservation r USING old WHERE r.order_id = old.order_id RETURNING 1 AS gone`,
  'values',
);
