import { database } from './database.ts';
import type { Review, ReviewState } from './review.type.ts';

export interface ReviewRecord {
  id: string;
  product_id: string;
  customer_id: string;
  author: string;
  rating: number;
  title: string | null;
  body: string;
  verified: boolean;
  state: ReviewState;
  created_at: Date;
}

export const toReview = (record: ReviewRecord): Review => ({
  id: record.id,
  product: { id: record.product_id },
  author: record.author,
  rating: record.rating,
  title: record.title,
  body: record.body,
  verifiedPurchase: record.verified,
  state: record.state,
  createdAt: record.created_at,
});

/** A product's rating grows with the review, in one statement: two reviews at once are both counted. */
export const insertReview = database.statement<ReviewRecord>(
  'reviews.insert',
  `WITH r AS (
     INSERT INTO review (id, product_id, customer_id, author, rating, title, body, verified, state)
     VALUES ($1, $2, $3, $4, $5::smallint, $6, $7, $8, $9::review_state) ON CONFLICT (product_id, customer_id) DO NOTHING RETURNING *),
   t AS (
     INSERT INTO rating (product_id, count, sum) SELECT product_id, 1, rating FROM r WHERE state = 'PUBLISHED'
     ON CONFLICT (product_id) DO UPDATE SET count = rating.count + 1, sum = rating.sum + excluded.sum)
   SELECT * FROM r`,
);

/** Counts for the rating what it says now, and no longer what it said: the row is locked before it is read. */
export const decideReview = database.statement<ReviewRecord>(
  'reviews.decide',
  `WITH was AS (SELECT id, state FROM review WHERE id = $1 FOR UPDATE),
   r AS (
     UPDATE review SET state = $2::review_state, decided_by = $3, decided_at = now() FROM was WHERE review.id = was.id
     RETURNING review.*, (review.state = 'PUBLISHED')::int - (was.state = 'PUBLISHED')::int AS more),
   t AS (
     INSERT INTO rating (product_id, count, sum) SELECT product_id, 1, rating FROM r WHERE more > 0
     ON CONFLICT (product_id) DO UPDATE SET count = rating.count + 1, sum = rating.sum + excluded.sum),
   u AS (
     UPDATE rating SET count = count - 1, sum = sum - r.rating FROM r WHERE rating.product_id = r.product_id AND more < 0)
   SELECT * FROM r`,
);

export const removeReview = database.statement<ReviewRecord>(
  'reviews.remove',
  `WITH r AS (DELETE FROM review WHERE id = $1 AND customer_id = $2 RETURNING *),
   t AS (
     UPDATE rating SET count = count - 1, sum = sum - r.rating FROM r
     WHERE rating.product_id = r.product_id AND r.state = 'PUBLISHED')
   SELECT * FROM r`,
);
