import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { adjustStock } from './adjust-stock.ts';
import { commitStock } from './commit-stock.ts';
import { expireReservations } from './expire-reservations.ts';
import { goodsAwaited } from './goods-awaited.ts';
import { releaseStock } from './release-stock.ts';
import { setStock } from './set-stock.ts';
import { brokenStockInvariants } from './stock-invariants.ts';
import {
  backorderable,
  booksOf,
  linesOf,
  move,
  moved,
  openStock,
  order,
  past,
  reserve,
  ship,
  stateOf,
} from './testing/stock-desk.ts';
import { createLocation } from './write-location.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openStock(await createTestDatabase('inventory'));
  await createLocation({ id: 'berlin', title: 'Berlin', priority: 5 });
});
afterAll(() => close());
afterEach(async () => {
  expect(await brokenStockInvariants()).toEqual([]);
});

const awaitedBy = async (...orderIds: string[]) => {
  const found = await goodsAwaited(orderIds);
  return orderIds.map((orderId) => found.find((each) => each.orderId === orderId)?.quantity ?? 0);
};

test('12: whoever reserves is told where some of it is not there, also when asked again', async () => {
  const variantId = await backorderable(3);
  await setStock({ variantId, onHand: 2, location: 'berlin' });
  expect(await reserve('ord_there', { [variantId]: 4 })).toEqual({ held: true, shortages: [] });
  expect(await awaitedBy('ord_there')).toEqual([0]);
  for (let times = 0; times < 2; times++)
    expect(await reserve('ord_beyond', { [variantId]: 3 })).toEqual({ held: true, shortages: [], backordered: true });
  expect(await awaitedBy('ord_there', 'ord_beyond')).toEqual([0, 2]);
});

test('12: goods that come go to whoever ordered first, in parts; who goes leaves its place to the next', async () => {
  const variantId = await backorderable(2);
  const [first, second, third] = [
    await order({ [variantId]: 3 }),
    await order({ [variantId]: 4 }),
    await order({ [variantId]: 1 }),
  ];
  expect(await awaitedBy(first, second, third)).toEqual([1, 4, 1]);
  await setStock({ variantId, onHand: 5 });
  expect(await awaitedBy(first, second, third)).toEqual([0, 2, 1]);
  await releaseStock(second);
  expect(await awaitedBy(first, second, third)).toEqual([0, 0, 0]);
});

test('12: what left for the first is not waited for by the next, and an edit waits for what it added', async () => {
  const variantId = await backorderable(4);
  const other = await backorderable(10);
  const [first, second] = [await order({ [variantId]: 3 }), await order({ [variantId]: 3, [other]: 1 })];
  await commitStock(first);
  await ship(moved(move(first, 'SHIPPED', { [variantId]: 2 })));
  expect(await awaitedBy(first, second)).toEqual([0, 2]);
  await setStock({ variantId, onHand: 4 });
  expect(await awaitedBy(first, second)).toEqual([0, 0]);
  await adjustStock({ orderId: second, adjustId: 'edit', lines: linesOf({ [variantId]: 6, [other]: 1 }) });
  expect(await goodsAwaited([first, second])).toEqual([{ orderId: second, variantId, quantity: 3 }]);
});

test('12: what expired before it was paid is there for nobody until it is taken again, and then as far as it lies there', async () => {
  const variantId = await backorderable(3);
  const orderId = newId('ord');
  await reserve(orderId, { [variantId]: 3 }, past());
  await expireReservations();
  const meanwhile = await order({ [variantId]: 2 });
  expect(await awaitedBy(orderId, meanwhile)).toEqual([3, 0]);
  await commitStock(orderId);
  expect(await awaitedBy(orderId, meanwhile)).toEqual([2, 0]);
});

test('12, 33: a parcel whose word comes before that of its paid order takes what had expired again, and counts once', async () => {
  const variantId = await backorderable(5);
  const [orderId, other] = [newId('ord'), newId('ord')];
  await reserve(orderId, { [variantId]: 3 }, past());
  await reserve(other, { [variantId]: 1 });
  await expireReservations();
  const left = moved(move(orderId, 'SHIPPED', { [variantId]: 3 }), move(other, 'SHIPPED', { [variantId]: 1 }));
  await Promise.all([ship(left), ship(left)]);
  expect(await booksOf(variantId)).toEqual({ main: [1, 0] });
  await commitStock(orderId);
  expect([await stateOf(orderId), await stateOf(other), await booksOf(variantId)]).toEqual([
    ...['SHIPPED', 'SHIPPED', { main: [1, 0] }],
  ]);
});
