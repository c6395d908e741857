import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PipelinedConnections } from '#platform/database/statements.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { cartClose, cartFreeze, cartReopen } from './contracts/checkout.ts';
import { database } from './database.ts';
import { Neighbors, Shopper } from './testing/carts-api.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const run = vi.spyOn(PipelinedConnections.prototype, 'run');
let neighbors: Neighbors;
let guest: Shopper;
beforeEach(() => {
  neighbors = new Neighbors();
  guest = new Shopper(neighbors);
  neighbors.sell('cup', { cents: 1_250 });
  neighbors.sell('bowl', { cents: 2_000 });
  forget();
});
afterEach(() => forget());

const forget = () => {
  run.mockClear();
  neighbors.asked.length = 0;
};
/** What it cost since last asked: its statements in their order, and each question to another subgraph. */
function cost(): { statements: string[]; asked: string[] } {
  const answer = { statements: run.mock.calls.map(([name]) => name), asked: [...neighbors.asked].sort() };
  forget();
  return answer;
}

const ADDRESS = { name: 'Ada', line1: 'Torstraße 1', city: 'Berlin', postalCode: '10119', country: 'DE' };
const change = (field: string, type: string, input: object) =>
  guest.ask(`mutation($input: ${type}!) { ${field}(input: $input) { cart { id } userErrors { code } } }`, { input });

test('a purchase costs seven statements here, and changes answered with the id alone price nothing', async () => {
  const lines = [{ variantId: 'cup' }, { variantId: 'bowl', quantity: 2 }];
  const created = await change('cartCreate', 'CartCreateInput', { lines });
  const { cart } = created.data!.cartCreate as { cart: { id: string } };
  const cartId = cart.id;
  expect(cost()).toEqual({ statements: ['carts.insert'], asked: ['catalog', 'inventory'] });

  await change('cartLinesAdd', 'CartLinesAddInput', { cartId, lines });
  expect(cost()).toEqual({ statements: ['carts.by-id', 'carts.write'], asked: ['catalog', 'inventory'] });

  const delivery = { cartId, email: 'ada@example.com', address: ADDRESS, deliveryOptionId: 'standard' };
  await change('cartDeliveryUpdate', 'CartDeliveryUpdateInput', delivery);
  expect(cost()).toEqual({ statements: ['carts.by-id', 'carts.write'], asked: ['catalog', 'shipping'] });

  const order = { cartId, orderId: 'ord_1' };
  expect((await guest.internally(cartFreeze, { ...order, expectedVersion: 3 })).cartFreeze.snapshot).not.toBeNull();
  const asked = ['catalog', 'inventory', 'pricing', 'shipping'];
  expect(cost()).toEqual({ statements: ['carts.by-id', 'carts.freeze'], asked });

  await guest.internally(cartReopen, order);
  expect(cost()).toEqual({ statements: ['carts.reopen'], asked: [] });
  await guest.internally(cartFreeze, { cartId, orderId: 'ord_2', expectedVersion: 3 });
  forget();
  await guest.internally(cartClose, { cartId, orderId: 'ord_2' });
  expect(cost()).toEqual({ statements: ['carts.close'], asked: [] });
});

test('changes that add nothing ask nobody for what they do not need', async () => {
  const { id, lines } = await guest.fill({ cup: 3, bowl: 1 });
  const [cup, bowl] = lines.map((line) => line.id);
  forget();
  const writes = ['carts.by-id', 'carts.write'];
  await change('cartLinesUpdate', 'CartLinesUpdateInput', { cartId: id, lines: [{ lineId: cup, quantity: 2 }] });
  expect(cost()).toEqual({ statements: writes, asked: ['inventory'] });
  await change('cartLinesUpdate', 'CartLinesUpdateInput', { cartId: id, lines: [{ lineId: cup, quantity: 0 }] });
  expect(cost()).toEqual({ statements: writes, asked: [] });
  await change('cartLinesRemove', 'CartLinesRemoveInput', { cartId: id, lineIds: [bowl] });
  expect(cost()).toEqual({ statements: writes, asked: [] });
  await change('cartNoteUpdate', 'CartNoteUpdateInput', { cartId: id, note: 'Ring twice' });
  expect(cost()).toEqual({ statements: writes, asked: [] });
  await change('cartDeliveryUpdate', 'CartDeliveryUpdateInput', { cartId: id, email: 'ada@example.com' });
  expect(cost()).toEqual({ statements: writes, asked: [] });
});

test('an addition that answers with the whole cart asks each neighbor once', async () => {
  const { id } = await guest.fill({ cup: 1 });
  forget();
  await guest.change('cartLinesAdd', { cartId: id, lines: [{ variantId: 'bowl' }, { variantId: 'cup' }] });
  expect(cost()).toEqual({ statements: ['carts.by-id', 'carts.write'], asked: ['catalog', 'inventory', 'pricing'] });
});

test('44: a variant with NUL in its id is not sold, and the catalog is not asked', async () => {
  const answer = await guest.change('cartCreate', { lines: [{ variantId: 'cup\0' }] });
  expect(answer.userErrors.map(({ code }) => code)).toEqual(['VARIANT_NOT_FOUND']);
  expect(cost().asked).not.toContain('catalog');
});
