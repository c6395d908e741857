import { every } from '#platform/schedule/every.ts';
import { database } from './database.ts';

const EVERY_MS = 3_600_000;
const BATCH = 1_000;

/** Deletes carts a month after they expired; an order has copied all that it needs. */
export const startSweep = () =>
  every(EVERY_MS, 'carts sweep of expired carts', async () => (await sweep()).length === BATCH);

export const sweep = database.statement<{ id: string }>(
  'carts.sweep-expired',
  `DELETE FROM cart WHERE id IN (
     SELECT id FROM cart WHERE expires_at < now() - interval '30 days' AND status <> 'FROZEN' LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
   RETURNING id`,
  'values',
);
