import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { brokenCarts } from './audit-carts.ts';
import { cartsOfOrders } from './contracts/carts-audit.ts';
import { cartClose, cartFreeze, cartReopen } from './contracts/checkout.ts';
import { database } from './database.ts';
import { customer, Neighbors, Shopper } from './testing/carts-api.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

let guest: Shopper;
let me: Shopper;
beforeEach(async () => {
  await run('TRUNCATE cart');
  const neighbors = new Neighbors();
  guest = new Shopper(neighbors);
  me = new Shopper(neighbors, customer('cus_1'));
  neighbors.sell('cup', { available: 2_000 });
  neighbors.sell('bowl');
});

const run = async (sql: string, ...values: unknown[]) =>
  (await database.transaction((client) => client.query(sql, values))).rows;
const HOUR = 3_600_000;
const found = async (hoursAgo = 0) =>
  (
    await brokenCarts(new Date(Date.now() - (hoursAgo + 1) * HOUR), new Date(Date.now() - hoursAgo * HOUR + 60_000))
  ).map(({ invariant, subject, detail }) => [invariant, subject, detail]);
const digest = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 32);

async function ordered(shopper: Shopper, orderId: string): Promise<string> {
  const { id } = await shopper.fill({ cup: 2, bowl: 1 });
  const address = { name: 'Ada', line1: 'Torstraße 1', city: 'Berlin', postalCode: '10119', country: 'DE' };
  await shopper.change('cartDeliveryUpdate', {
    cartId: id,
    email: 'ada@example.com',
    address,
    deliveryOptionId: 'standard',
  });
  const { cartFreeze: frozen } = await shopper.internally(cartFreeze, { cartId: id, orderId, expectedVersion: null });
  expect(frozen.snapshot).not.toBeNull();
  return id;
}

test('carts that were filled, frozen, given back, closed and claimed break nothing', async () => {
  await guest.fill({ cup: 999 });
  const bought = await ordered(guest, 'ord_1');
  await guest.internally(cartClose, { cartId: bought, orderId: 'ord_1' });
  const back = await ordered(guest, 'ord_2');
  await guest.internally(cartReopen, { cartId: back, orderId: 'ord_2' });
  const held = await ordered(me, 'ord_3');
  expect(await found()).toEqual([]);
  const { cartsOfOrders: told } = await guest.internally(cartsOfOrders, { cartIds: [bought, back, held, 'cart_gone'] });
  expect(told.sort((a, b) => `${a.orderId}`.localeCompare(`${b.orderId}`))).toEqual(
    [
      { cartId: back, status: 'OPEN', orderId: null },
      { cartId: bought, status: 'CLOSED', orderId: 'ord_1' },
      { cartId: held, status: 'FROZEN', orderId: 'ord_3' },
    ].sort((a, b) => `${a.orderId}`.localeCompare(`${b.orderId}`)),
  );
});

test.each([
  ['a line twice', 'lines = lines || lines', '2 lines of 1 variants, 1 to 1 each'],
  ['none of a thing', "lines = jsonb_set(lines, '{0,quantity}', '0')", '1 lines of 1 variants, 0 to 0 each'],
  ['too many', "lines = jsonb_set(lines, '{0,quantity}', '1000')", '1 lines of 1 variants, 1000 to 1000 each'],
])('3: %s in a cart is found, and told without its id', async (_, change, detail) => {
  const { id } = await guest.fill({ cup: 1 });
  await run(`UPDATE cart SET ${change} WHERE id = $1`, id);
  expect(await found()).toEqual([['lines', digest(id), detail]]);
});

test.each([
  ['open, and held', "status = 'OPEN'", 'OPEN, of ord_1, with snapshot'],
  ['frozen for nobody', 'order_id = NULL', 'FROZEN, of no order, with snapshot'],
  ['frozen without what it was', 'snapshot = NULL', 'FROZEN, of ord_1, without snapshot'],
])('7: a cart that is %s is found', async (_, change, detail) => {
  const id = await ordered(guest, 'ord_1');
  await run(`UPDATE cart SET ${change} WHERE id = $1`, id);
  expect(await found()).toEqual([['hold', digest(id), detail]]);
});

test('a cart that stays frozen is found two days after it was changed, and not while somebody may still be paying', async () => {
  const id = await ordered(guest, 'ord_1');
  await run(
    "UPDATE cart SET expires_at = expires_at - interval '48 hours', updated_at = updated_at - interval '1 hour' WHERE id = $1",
    id,
  );
  expect(await found()).toEqual([]);
  await run("UPDATE cart SET updated_at = updated_at - interval '47 hours' WHERE id = $1", id);
  expect(await found()).toEqual([['left-frozen', digest(id), expect.stringMatching(/^frozen for ord_1 since /)]]);
});

test('6: a customer with two carts at a time is found', async () => {
  await me.fill({ cup: 1 });
  await run('DROP INDEX cart_one_per_customer');
  await run(
    "INSERT INTO cart (id, customer_id, currency, added_keys, expires_at) VALUES ('cart_2', 'cus_1', 'EUR', '{}', now() + interval '30 days')",
  );
  expect(await found()).toEqual([['one-a-customer', 'cus_1', '2 carts at a time']]);
});
