import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepHandled } from '#platform/outbox/sweep-handled.ts';
import { database } from '#subgraphs/orders/database.ts';
import { sweepKeys, sweepSagas } from '#subgraphs/orders/sweep-old-rows.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const count = async (table: string) =>
  (await desk.sql<{ n: number }>('orders', `SELECT count(*)::int AS n FROM ${table}`))[0]!.n;

test('keys of an hour before their time replay, later ones are forgotten; the order stays', async () => {
  const cart = desk.neighbors.fillCart();
  const input = { cartId: cart.id, idempotencyKey: 'k' };
  const placed = await desk.place(input);
  await desk.sql('orders', "UPDATE idempotency SET created_at = now() - interval '47 hours'");
  expect(await sweepKeys()).toBe(0);
  expect(await desk.place(input)).toEqual(placed);
  await desk.sql('orders', "UPDATE idempotency SET created_at = now() - interval '49 hours'");
  expect(await sweepKeys()).toBe(1);
  expect((await desk.place(input)).userErrors).toMatchObject([{ code: 'CART_CLOSED' }]);
  expect(await count('orders')).toBe(1);
});

test('the key of a checkout that has not ended is kept, and so are its saga and those of late', async () => {
  await desk.sql('orders', 'TRUNCATE saga, idempotency');
  const insert = (id: string, state: string, days: number) =>
    desk.sql(
      'orders',
      `INSERT INTO saga (id, name, step, state, lease_until, input, created_at, updated_at)
      VALUES ($1, 'checkout', 'freeze', $2, now(), '{}', now() - make_interval(days => $3), now() - make_interval(days => $3))`,
      [id, state, days],
    );
  await insert('parked', 'PARKED', 60);
  await insert('fresh', 'DONE', 29);
  await insert('refused', 'REFUSED', 31);
  await insert('done', 'DONE', 31);
  await desk.sql(
    'orders',
    "INSERT INTO idempotency (cart_id, key, request_hash, order_id, created_at) VALUES ('c', 'k', 'h', 'parked', now() - interval '60 days')",
  );
  expect(await sweepKeys()).toBe(0);
  expect(await sweepSagas()).toBe(2);
  expect((await desk.sql<{ id: string }>('orders', 'SELECT id FROM saga ORDER BY id')).map(({ id }) => id)).toEqual([
    'fresh',
    'parked',
  ]);
});

test('handled events are forgotten in batches, shared out among several sweepers', async () => {
  await desk.sql('orders', 'TRUNCATE handled');
  await desk.sql(
    'orders',
    `INSERT INTO handled (event_id, consumer, at) SELECT 'evt_' || n, 'c', now() - make_interval(days => CASE WHEN n <= 10500 THEN 15 ELSE 13 END)
    FROM generate_series(1, 10600) n`,
  );
  const sweep = sweepHandled(database);
  const gone = await Promise.all([sweep(), sweep(), sweep()]);
  expect(gone.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(10_000);
  for (let more = 1; more > 0; ) more = await sweep();
  expect(await count('handled')).toBe(100);
});
