import { outboxColumns } from '#platform/outbox/announce.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { ratingsChanged } from './contracts/reviews.events.ts';
import { database } from './database.ts';

const EVERY_MS = 1_000;
const BATCH = 200;

/** Tells the ratings that changed: a trigger notes them, whichever statement wrote them. */
export const startAnnouncingRatings = (): Running =>
  every(EVERY_MS, 'The announcement of ratings', async () => (await announceRatings()) === BATCH);

/** One batch; answers how many notes it took. One at a time, so that younger news have greater numbers. */
export async function announceRatings(): Promise<number> {
  const [notes] = await look();
  if (!notes?.waiting) return 0;
  return database.transaction(async (client) => {
    const { rows: alone } = await client.query(
      "SELECT pg_try_advisory_xact_lock(hashtext('reviews.rating-turns')) AS alone",
    );
    if (!alone[0]?.alone) return 0;
    const { rows } = await client.query(TURNED, [BATCH]);
    const [{ notes: taken, sequence, ratings }] = rows as [{ notes: number; sequence: number; ratings: [] | null }];
    if (ratings) await client.query(ANNOUNCE, outboxColumns(ratingsChanged({ ratings, sequence })));
    return taken;
  });
}

const look = database.statement<{ waiting: boolean }>(
  'reviews.look-for-turns',
  'SELECT EXISTS (SELECT FROM rating_turn) AS waiting',
);

const TURNED = `WITH taken AS (
    DELETE FROM rating_turn WHERE id IN (SELECT id FROM rating_turn ORDER BY id LIMIT $1::int) RETURNING product_id)
  SELECT (SELECT count(*)::int FROM taken) AS notes, nextval('rating_news_sequence')::int AS sequence,
    (SELECT json_agg(json_build_object('productId', product_id, 'count', count, 'sum', sum)) FROM rating
     WHERE product_id IN (SELECT product_id FROM taken)) AS ratings`;

const ANNOUNCE = `INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])`;
