import { afterAll, beforeAll, expect, test } from 'vitest';
import { setRoutes } from '#platform/outbox/routes.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { announceRatings } from './announce-ratings.ts';
import { ratingsChanged } from './contracts/reviews.events.ts';
import { database } from './database.ts';
import { decideReview, insertReview } from './review.records.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
  setRoutes({ [ratingsChanged.topic]: ['catalog-follow-ratings'] });
});
afterAll(async () => {
  setRoutes({});
  await close();
});

async function told(): Promise<unknown[]> {
  while ((await announceRatings()) > 0);
  const rows = await database.prisma.outbox.findMany({ orderBy: { createdAt: 'asc' } });
  await database.prisma.outbox.deleteMany();
  return rows.map(({ payload }) => (payload as { ratings: unknown }).ratings);
}

test('a rating is told as it came to be, not each review', async () => {
  const write = (customer: string, rating: number) =>
    insertReview(`rev_${customer}`, 'prod_cup', customer, 'Ada L.', rating, null, 'Good.', false, 'PUBLISHED');
  await Promise.all([write('a', 5), write('b', 4), write('c', 3)]);
  expect(await told()).toEqual([[{ productId: 'prod_cup', count: 3, sum: 12 }]]);
  expect(await told()).toEqual([]);
  await decideReview('rev_c', 'HIDDEN', 'cus_staff');
  expect(await told()).toEqual([[{ productId: 'prod_cup', count: 2, sum: 9 }]]);
});
