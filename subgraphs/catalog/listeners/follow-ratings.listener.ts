import { defineListener } from '#platform/outbox/listener.ts';
import { ratingsChanged } from '#subgraphs/reviews/contracts/reviews.events.ts';
import { followNews } from './follow-news.ts';

/** What customers think is what the best rated are sorted and filtered by. */
export const followRatings = defineListener(
  ratingsChanged,
  'catalog-follow-ratings',
  ({ payload: { ratings, sequence } }) => followNews(KEEP, JSON.stringify(ratings), sequence),
);

const KEEP = `
  INSERT INTO product_news AS known (product_id, rating_count, rating_sum, rating_sequence)
  SELECT "productId", count, sum, $2::bigint FROM jsonb_to_recordset($1::jsonb) AS row("productId" text, count int, sum int)
  ORDER BY 1
  ON CONFLICT (product_id) DO UPDATE SET rating_count = excluded.rating_count, rating_sum = excluded.rating_sum,
    rating_sequence = excluded.rating_sequence
    WHERE known.rating_sequence < excluded.rating_sequence
  RETURNING product_id`;
