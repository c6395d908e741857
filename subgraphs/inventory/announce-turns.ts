import { outboxColumns } from '#platform/outbox/announce.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { stockTurned } from './contracts/inventory.events.ts';
import { database } from './database.ts';

const EVERY_MS = 1_000;
const BATCH = 200;

/** Tells of which variants there is something again, or nothing any more: triggers note them, so that a purchase need not. */
export const startAnnouncingTurns = (): Running =>
  every(EVERY_MS, 'The announcement of what is in stock', async () => (await announceTurns()) === BATCH);

/** One batch; answers how many notes it took. One at a time, so that younger news have greater numbers. */
export async function announceTurns(): Promise<number> {
  const [notes] = await look();
  if (!notes?.waiting) return 0;
  return database.transaction(async (client) => {
    const { rows: alone } = await client.query(
      "SELECT pg_try_advisory_xact_lock(hashtext('inventory.stock-turns')) AS alone",
    );
    if (!alone[0]?.alone) return 0;
    const { rows } = await client.query(TURNED, [BATCH]);
    const [{ notes: taken, sequence, variants }] = rows as [{ notes: number; sequence: number; variants: [] | null }];
    if (variants) await client.query(ANNOUNCE, outboxColumns(stockTurned({ variants, sequence })));
    return taken;
  });
}

const look = database.statement<{ waiting: boolean }>(
  'inventory.look-for-turns',
  'SELECT EXISTS (SELECT FROM stock_turn) AS waiting',
);

const TURNED = `WITH taken AS (
    DELETE FROM stock_turn WHERE id IN (SELECT id FROM stock_turn ORDER BY id LIMIT $1::int) RETURNING variant_id)
  SELECT (SELECT count(*)::int FROM taken) AS notes, nextval('stock_news_sequence')::int AS sequence,
    (SELECT json_agg(json_build_object('variantId', variant_id, 'inStock', in_stock)) FROM (
       SELECT variant_id, sum(on_hand - reserved) > 0 AS in_stock FROM stock
       WHERE variant_id IN (SELECT variant_id FROM taken) GROUP BY variant_id) now) AS variants`;

const ANNOUNCE = `INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])`;
