import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { checkoutConfig } from './checkout/config.ts';
import { database } from './database.ts';

const EVERY_MS = 600_000;
const BATCH = 2_000;

/** Keys that were kept long enough and sagas that ended long ago, a batch at a time. */
export const startSweepingOldRows = (): Running =>
  every(EVERY_MS, 'The sweep of old keys and sagas', async () => {
    const [keys, sagas] = await Promise.all([sweepKeys(), sweepSagas()]);
    return keys === BATCH || sagas === BATCH;
  });

/** One batch; answers how many went. The key of a checkout that has not ended is kept. */
export const sweepKeys = async (): Promise<number> => (await oldKeys(checkoutConfig.idempotencyKeptHours)).length;

/** One batch; answers how many went. An ended saga goes only after its key. */
export const sweepSagas = async (): Promise<number> => (await oldSagas(checkoutConfig.sagasKeptDays)).length;

const oldKeys = database.statement(
  'orders.sweep-keys',
  `WITH old AS MATERIALIZED (
     SELECT cart_id, key FROM idempotency i WHERE created_at < now() - make_interval(hours => $1)
       AND NOT EXISTS (SELECT FROM saga s WHERE s.id = i.order_id AND s.name = 'checkout' AND s.state NOT IN ('DONE', 'REFUSED'))
     ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
   DELETE FROM idempotency i USING old WHERE i.cart_id = old.cart_id AND i.key = old.key RETURNING 1 AS gone`,
  'values',
);

const oldSagas = database.statement(
  'orders.sweep-sagas',
  `WITH old AS MATERIALIZED (
     SELECT id, name FROM saga s WHERE created_at < now() - make_interval(days => $1) AND updated_at < now() - make_interval(days => $1)
       AND state IN ('DONE', 'REFUSED') AND NOT EXISTS (SELECT FROM idempotency i WHERE i.order_id = s.id)
     LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
   DELETE FROM saga s USING old WHERE s.id = old.id AND s.name = old.name RETURNING 1 AS gone`,
  'values',
);
