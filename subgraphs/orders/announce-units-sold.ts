import { outboxColumns } from '#platform/outbox/announce.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { unitsSold } from './contracts/orders.events.ts';
import { database } from './database.ts';

const EVERY_MS = 600_000;
const BATCH = 500;

/** Counts now and then what sells, so that a purchase need not: what is best-selling changes slowly. */
export const startAnnouncingUnitsSold = (): Running =>
  every(EVERY_MS, 'The count of units sold', async () => (await announceUnitsSold()) === BATCH);

/** One batch of products of which another number was sold than was told; answers how many. */
export async function announceUnitsSold(): Promise<number> {
  return database.transaction(async (client) => {
    const { rows: alone } = await client.query(
      "SELECT pg_try_advisory_xact_lock(hashtext('orders.units-sold')) AS alone",
    );
    if (!alone[0]?.alone) return 0;
    const { rows } = await client.query(CHANGED, [BATCH]);
    const [{ sequence, products }] = rows as [
      { sequence: number; products: { productId: string; units: number }[] | null },
    ];
    if (products) await client.query(ANNOUNCE, outboxColumns(unitsSold({ products, sequence })));
    return products?.length ?? 0;
  });
}

const CHANGED = `WITH sold AS (
    SELECT l.product_id, sum(l.quantity - l.refunded) AS units FROM orders o JOIN order_line l ON l.order_id = o.id
    WHERE o.paid_at > now() - interval '90 days' AND o.status <> 'CANCELLED' GROUP BY l.product_id),
  changed AS (
    SELECT coalesce(sold.product_id, told.product_id) AS product_id, coalesce(sold.units, 0) AS units
    FROM sold FULL JOIN units_told told ON told.product_id = sold.product_id
    WHERE coalesce(sold.units, 0) IS DISTINCT FROM coalesce(told.units, 0) ORDER BY 1 LIMIT $1::int),
  told AS (
    INSERT INTO units_told (product_id, units) SELECT product_id, units FROM changed
    ON CONFLICT (product_id) DO UPDATE SET units = excluded.units)
  SELECT nextval('units_news_sequence')::int AS sequence,
    (SELECT json_agg(json_build_object('productId', product_id, 'units', units)) FROM changed) AS products`;

const ANNOUNCE = `INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])`;
