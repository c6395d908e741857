import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { checkoutConfig } from '#subgraphs/orders/checkout/config.ts';
import { type Desk, openDesk, type Placing } from './desk.ts';
import { variantOf } from './neighbors.ts';

const usual = { ...checkoutConfig };
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
afterEach(async () => {
  Object.assign(checkoutConfig, usual);
  desk.onAsk = null;
  await desk.sql('orders', 'TRUNCATE saga, outbox');
});

const isBusy = ({ userErrors }: Placing) => userErrors[0]?.code === 'BUSY';

test('under a flood those who are admitted succeed, the others are told BUSY at once, and nothing is half done', async () => {
  Object.assign(checkoutConfig, { placingMost: 20 });
  desk.onAsk = ({ field }, when) =>
    field === 'stockReserve' && when === 'before' ? sleep(300).then(() => undefined) : undefined;
  const carts = Array.from({ length: 400 }, () => desk.neighbors.fillCart());
  const answers = await Promise.all(
    carts.map(async ({ id }) => {
      const asked = performance.now();
      return { id, placed: await desk.place({ cartId: id, idempotencyKey: id }), took: performance.now() - asked };
    }),
  );
  const busy = answers.filter(({ placed }) => isBusy(placed));
  const served = answers.filter(({ placed }) => placed.order?.status === 'CONFIRMED');
  expect([served.length, busy.length]).toEqual([20, 380]);
  const times = busy.map(({ took }) => took).sort((a, b) => a - b);
  // Well before any of those admitted had its answer.
  expect(times.at(-1)).toBeLessThan(300);
  for (const { placed } of busy) {
    expect(placed.order).toBeNull();
    expect([2, 3, 4, 5]).toContain(placed.userErrors[0]?.retryAfterSeconds);
  }
  for (const { id } of busy) {
    expect(desk.neighbors.carts.get(id)?.status).toBe('OPEN');
    expect(desk.neighbors.available.get(variantOf({ id }))).toBe(100);
  }
  const [rows] = await desk.sql(
    'orders',
    'SELECT (SELECT count(*) FROM orders)::int AS orders, (SELECT count(*) FROM idempotency)::int AS keys',
  );
  expect(rows).toEqual({ orders: 20, keys: 20 });
  desk.onAsk = null;
  // Who comes back with the same key buys.
  expect((await desk.place({ cartId: busy[0]!.id, idempotencyKey: busy[0]!.id })).order?.status).toBe('CONFIRMED');
});

test.each([
  [
    'backlogMost',
    `INSERT INTO saga (id, name, step, state, lease_until, input) SELECT 'ord_' || n, 'checkout', 'freeze', 'RUNNING', now() + interval '1 hour', '{}' FROM generate_series(1, 5) n`,
  ],
  [
    'eventBacklogMost',
    `INSERT INTO outbox (id, topic, consumer, payload) SELECT 'evt-' || n, 't', 'c', '{}' FROM generate_series(1, 5) n`,
  ],
] as const)('past %s orders are sent away until the backlog is worked off', async (limit, fill) => {
  Object.assign(checkoutConfig, { [limit]: 5, backlogLookMs: 0 });
  await desk.sql('orders', fill);
  const place = () => desk.place({ cartId: desk.neighbors.fillCart().id });
  await place();
  await expect.poll(async () => isBusy(await place())).toBe(true);
  await desk.sql('orders', 'TRUNCATE saga, outbox');
  await expect.poll(async () => (await place()).order?.status).toBe('CONFIRMED');
});

test('a backlog that cannot be counted keeps nobody from buying', async () => {
  Object.assign(checkoutConfig, { backlogLookMs: 0 });
  await desk.sql('orders', 'ALTER TABLE outbox RENAME TO outbox_away');
  const reading = await desk.place({ cartId: desk.neighbors.fillCart({ quantity: 0 }).id });
  await desk.sql('orders', 'ALTER TABLE outbox_away RENAME TO outbox');
  expect(reading.userErrors).toMatchObject([{ code: 'CART_EMPTY' }]);
});
