import { database } from './database.ts';

export interface ReviewSeed {
  readonly id: string;
  readonly productId: string;
  readonly customerId: string;
  readonly author: string;
  readonly rating: number;
  readonly title: string | null;
  readonly body: string;
  readonly verified: boolean;
  readonly createdAt: Date;
}

/** Published, and counted for their products; where somebody has reviewed anything already, nothing is added. */
export async function seedReviews(reviews: readonly ReviewSeed[]): Promise<void> {
  await seed(JSON.stringify(reviews));
}

const seed = database.statement(
  'reviews.seed',
  `WITH fresh AS (
     INSERT INTO review (id, product_id, customer_id, author, rating, title, body, verified, state, created_at)
     SELECT id, "productId", "customerId", author, rating, title, body, verified, 'PUBLISHED', "createdAt"
     FROM jsonb_to_recordset($1::jsonb) AS row(id text, "productId" text, "customerId" text, author text, rating smallint,
       title text, body text, verified boolean, "createdAt" timestamptz)
     WHERE NOT EXISTS (SELECT FROM review) ON CONFLICT DO NOTHING RETURNING product_id, rating)
   INSERT INTO rating (product_id, count, sum) SELECT product_id, count(*), sum(rating) FROM fresh GROUP BY product_id
   ON CONFLICT (product_id) DO UPDATE SET count = rating.count + excluded.count, sum = rating.sum + excluded.sum`,
);
