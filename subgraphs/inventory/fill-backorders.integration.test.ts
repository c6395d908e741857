import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { commitStock } from './commit-stock.ts';
import { fillBackorders } from './fill-backorders.ts';
import { goodsAwaited } from './goods-awaited.ts';
import { releaseStock } from './release-stock.ts';
import { setStock } from './set-stock.ts';
import { brokenStockInvariants } from './stock-invariants.ts';
import {
  backorderable,
  booksOf,
  heldBy,
  move,
  moved,
  openStock,
  order,
  reserve,
  ship,
  times,
} from './testing/stock-desk.ts';
import { createLocation } from './write-location.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openStock(await createTestDatabase('inventory'));
  await createLocation({ id: 'berlin', title: 'Berlin', priority: 5 });
  await createLocation({ id: 'lyon', title: 'Lyon', priority: 2 });
});
afterAll(() => close());
afterEach(async () => {
  expect(await brokenStockInvariants()).toEqual([]);
});

const awaitedBy = async (...orderIds: string[]) => {
  const found = await goodsAwaited(orderIds);
  return orderIds.map((orderId) => found.find((each) => each.orderId === orderId)?.quantity ?? 0);
};

test('12: goods that come in elsewhere go to whoever waits longest, from locations by priority', async () => {
  const variantId = await backorderable(1);
  const other = await backorderable(9);
  const [first, second, third] = [
    await order({ [variantId]: 1 }),
    await order({ [variantId]: 4, [other]: 2 }),
    await order({ [variantId]: 2 }),
  ];
  await commitStock(second);
  expect(await awaitedBy(first, second, third)).toEqual([0, 4, 2]);
  await setStock({ variantId, onHand: 3, location: 'berlin' });
  await setStock({ variantId, onHand: 2, location: 'lyon' });
  expect(await fillBackorders()).toBe(1);
  expect(await awaitedBy(first, second, third)).toEqual([0, 0, 1]);
  expect(await heldBy(first)).toEqual({ [`${variantId}@main`]: 1 });
  expect(await heldBy(second)).toEqual({ [`${variantId}@lyon`]: 2, [`${variantId}@berlin`]: 2, [`${other}@main`]: 2 });
  expect(await heldBy(third)).toEqual({ [`${variantId}@berlin`]: 1, [`${variantId}@main`]: 1 });
  expect(await booksOf(variantId)).toEqual({ main: [1, 2], berlin: [3, 3], lyon: [2, 2] });
  expect(await fillBackorders()).toBe(0);
  await ship(moved(move(second, 'SHIPPED', { [variantId]: 4, [other]: 2 })));
  expect(await booksOf(variantId)).toEqual({ main: [1, 2], berlin: [1, 1], lyon: [0, 0] });
});

test('12: what an order lets go of elsewhere is filled with as well, and what nobody waits for stays', async () => {
  const variantId = await backorderable(0);
  await setStock({ variantId, onHand: 2, location: 'berlin' });
  const [there, waits] = [await order({ [variantId]: 2 }), await order({ [variantId]: 1 })];
  expect([await fillBackorders(), await awaitedBy(waits)]).toEqual([0, [1]]);
  await releaseStock(there);
  expect([await fillBackorders(), await awaitedBy(waits)]).toEqual([1, [0]]);
  expect(await booksOf(variantId)).toEqual({ main: [0, 0], berlin: [2, 1] });
});

test('12: filled while orders come, are confirmed, leave and are let go of: the books stay whole', async () => {
  const variantId = await backorderable(5);
  const orders = times(24, () => newId('ord'));
  await Promise.all(orders.map((orderId) => reserve(orderId, { [variantId]: 1 })));
  await setStock({ variantId, onHand: 6, location: 'berlin' });
  await Promise.all([
    ...times(6, () => fillBackorders()),
    ...orders.map(async (orderId, i) => {
      if (i % 3 === 0) return releaseStock(orderId);
      await commitStock(orderId);
      if (i % 3 === 1) await ship(moved(move(orderId, 'SHIPPED', { [variantId]: 1 })));
      return fillBackorders();
    }),
    ...times(8, () => order({ [variantId]: 1 })),
    setStock({ variantId, onHand: 4, location: 'lyon' }),
  ]);
  await fillBackorders();
  const books = await booksOf(variantId);
  expect([books.berlin, books.lyon].every((shelf) => shelf![1] <= shelf![0])).toBe(true);
});
