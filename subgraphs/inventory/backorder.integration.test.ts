import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { setRoutes } from '#platform/outbox/routes.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { adjustStock } from './adjust-stock.ts';
import { commitStock } from './commit-stock.ts';
import { database } from './database.ts';
import { expireReservations } from './expire-reservations.ts';
import { releaseStock } from './release-stock.ts';
import { setStock } from './set-stock.ts';
import { setStockPolicy } from './set-stock-policy.ts';
import { brokenStockInvariants } from './stock-invariants.ts';
import { stockLevels } from './stock-levels.ts';
import { booksOf, linesOf, move, moved, openStock, past, reserve, ship, stocked, times } from './testing/stock-desk.ts';
import { variantsByIds } from './variant.loaders.ts';
import { createLocation } from './write-location.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openStock(await createTestDatabase('inventory'));
  setRoutes({ 'inventory.stock-low.v1': ['notifications-low-stock', 'others'] });
  await createLocation({ id: 'berlin', title: 'Berlin', priority: 5 });
});
afterAll(async () => {
  setRoutes({});
  await close();
});
beforeEach(async () => {
  await database.prisma.outbox.deleteMany();
});
afterEach(async () => {
  expect(await brokenStockInvariants()).toEqual([]);
});

const availabilityOf = async (variantId: string) => (await variantsByIds([variantId]))[0]?.availability;

/** What was announced to the first consumer, in order. */
async function announced(): Promise<unknown[]> {
  const rows = await database.prisma.outbox.findMany({
    where: { consumer: 'notifications-low-stock' },
    orderBy: { createdAt: 'asc' },
  });
  return rows.map(({ payload }) => payload);
}

test('12: backordered up to the limit by 40 orders at once, from other locations first, and no further', async () => {
  const [variantId] = (await stocked(2)) as [string];
  await setStock({ variantId, onHand: 3, location: 'berlin' });
  const { variant } = await setStockPolicy({ variantId, backorderable: true, backorderLimit: 4 });
  expect(variant?.availability).toEqual({ inStock: true, quantity: 5, lowStock: true, backorderable: true });
  expect(await stockLevels([variantId])).toEqual([{ variantId, available: 9, backorderable: false }]);
  const results = await Promise.all(times(40, () => reserve(newId('ord'), { [variantId]: 1 })));
  expect(results.filter(({ held }) => held)).toHaveLength(9);
  expect(results.find(({ held }) => !held)).toEqual({
    held: false,
    shortages: [{ variantId, requested: 1, available: 0 }],
  });
  expect(await booksOf(variantId)).toEqual({ main: [2, 6], berlin: [3, 3] });
  expect(await availabilityOf(variantId)).toEqual({
    inStock: false,
    quantity: 0,
    lowStock: false,
    backorderable: false,
  });
  expect(await stockLevels([variantId])).toEqual([{ variantId, available: 0, backorderable: false }]);
});

test('12: without a limit any number is taken; what comes in and is too little for all is no refusal, lowering it is', async () => {
  const [variantId] = (await stocked(0)) as [string];
  await setStockPolicy({ variantId, backorderable: true });
  expect(await stockLevels([variantId])).toEqual([{ variantId, available: 0, backorderable: true }]);
  const orderId = newId('ord');
  await reserve(orderId, { [variantId]: 900 });
  expect(await availabilityOf(variantId)).toEqual({
    inStock: false,
    quantity: 0,
    lowStock: false,
    backorderable: true,
  });
  await setStock({ variantId, onHand: 500 });
  await expect(setStock({ variantId, onHand: 499 })).rejects.toMatchObject({ code: 'BELOW_RESERVED' });
  expect(await booksOf(variantId)).toEqual({ main: [500, 900] });
  await ship(moved(move(orderId, 'SHIPPED', { [variantId]: 900 })));
  expect(await booksOf(variantId)).toEqual({ main: [-400, 0] });
  await setStock({ variantId, onHand: 10 });
  expect(await availabilityOf(variantId)).toMatchObject({ inStock: true, quantity: 10 });
});

test('12: a policy that is withdrawn keeps what is promised so, and promises no more', async () => {
  const [variantId] = (await stocked(1)) as [string];
  await setStockPolicy({ variantId, backorderable: true, backorderLimit: 10 });
  await reserve(newId('ord'), { [variantId]: 6 });
  await expect(setStockPolicy({ variantId, backorderLimit: 4 })).rejects.toMatchObject({ code: 'BELOW_RESERVED' });
  await expect(setStockPolicy({ variantId, backorderLimit: -1 })).rejects.toMatchObject({ code: 'INVALID_QUANTITY' });
  await expect(setStockPolicy({ variantId: 'var_none' })).rejects.toMatchObject({ code: 'VARIANT_NOT_FOUND' });
  await setStockPolicy({ variantId, backorderable: false });
  expect(await database.prisma.stock.findFirst({ where: { variantId } })).toMatchObject({ backorderLimit: 5 });
  expect((await reserve(newId('ord'), { [variantId]: 1 })).shortages).toEqual([
    { variantId, requested: 1, available: 0 },
  ]);
  await setStock({ variantId, onHand: 7 });
  expect((await reserve(newId('ord'), { [variantId]: 2 })).shortages).toEqual([
    { variantId, requested: 2, available: 1 },
  ]);
});

test('12: low stock is announced once as it is crossed, by 20 orders at once, and again only after it rose', async () => {
  const [variantId] = (await stocked(20)) as [string];
  await setStockPolicy({ variantId, lowStockThreshold: 8 });
  const orders = times(20, () => newId('ord'));
  await Promise.all(orders.map((orderId) => reserve(orderId, { [variantId]: 1 })));
  expect(await announced()).toEqual([{ variantId, available: 8, threshold: 8 }]);
  const rows = await database.prisma.outbox.findMany();
  const [one, other] = rows.map(({ id }) => id.slice(0, id.indexOf('-')));
  expect([rows.length, one, one?.startsWith('evt_')]).toEqual([2, other, true]);
  for (const orderId of orders.slice(0, 4)) await releaseStock(orderId);
  expect(await reserve(newId('ord'), { [variantId]: 2 })).toMatchObject({ held: true });
  expect(await announced()).toHaveLength(1);
  await setStock({ variantId, onHand: 40 });
  await reserve(newId('ord'), { [variantId]: 20 });
  expect((await announced())[1]).toEqual({ variantId, available: 2, threshold: 8 });
});

test('12: lowering, adjusting and taking again announce it as well; refusals and what was low before do not', async () => {
  const [lowered, adjusted, again, low] = (await stocked(10, 10, 10, 3)) as [string, string, string, string];
  await setStock({ variantId: lowered, onHand: 4 });
  const [orderId, expiring] = times(2, () => newId('ord'));
  await reserve(orderId!, { [adjusted]: 1 });
  await adjustStock({ orderId: orderId!, adjustId: 'edit_1', lines: linesOf({ [adjusted]: 6 }) });
  await reserve(expiring!, { [again]: 6 }, past());
  await expireReservations();
  await commitStock(expiring!);
  await reserve(newId('ord'), { [low]: 1 });
  await reserve(newId('ord'), { [low]: 9 });
  expect(await announced()).toEqual([
    { variantId: lowered, available: 4, threshold: 5 },
    { variantId: adjusted, available: 4, threshold: 5 },
    { variantId: again, available: 4, threshold: 5 },
    { variantId: again, available: 4, threshold: 5 },
  ]);
});
