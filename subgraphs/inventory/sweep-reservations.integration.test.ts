import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { adjustStock } from './adjust-stock.ts';
import { commitStock } from './commit-stock.ts';
import { SETTLED_KEPT_DAYS } from './contracts/reservations.ts';
import { database } from './database.ts';
import { expireReservations } from './expire-reservations.ts';
import { releaseStock } from './release-stock.ts';
import { brokenStockInvariants } from './stock-invariants.ts';
import { sweepReservations } from './sweep-reservations.ts';
import { booksOf, move, moved, openStock, past, reserve, ship, stateOf, stocked, times } from './testing/stock-desk.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openStock(await createTestDatabase('inventory'));
});
afterAll(() => close());
afterEach(async () => {
  expect(await brokenStockInvariants()).toEqual([]);
  await sweepReservations(0);
});

const age = (orderIds: readonly string[], days: number) =>
  database.transaction((client) =>
    client.query(
      `UPDATE reservation SET changed_at = now() - make_interval(days => $2), created_at = now() - make_interval(days => $2)
       WHERE order_id = ANY($1::text[])`,
      [orderIds, days],
    ),
  );

const kept = async (...orderIds: string[]) =>
  (await database.prisma.reservation.findMany({ where: { orderId: { in: orderIds } } }))
    .map(({ state }) => state)
    .sort();

/** An order in each state: reserved, committed, sent, given back and run out. */
async function oneOfEach(variantId: string) {
  const [reserved, committed, shipped, released, expired] = times(5, () => newId('ord')) as [
    string,
    string,
    string,
    string,
    string,
  ];
  await reserve(expired, { [variantId]: 1 }, past());
  await expireReservations();
  for (const orderId of [reserved, committed, shipped, released]) await reserve(orderId, { [variantId]: 1 });
  for (const orderId of [committed, shipped]) await commitStock(orderId);
  await ship(moved(move(shipped, 'SHIPPED', { [variantId]: 1 })));
  await releaseStock(released);
  return { reserved, committed, shipped, released, expired };
}

test('what holds nothing any more is forgotten after its time; what is open stays however old it is', async () => {
  const [variantId] = (await stocked(10)) as [string];
  const old = await oneOfEach(variantId);
  const young = await oneOfEach(variantId);
  await age(Object.values(old), SETTLED_KEPT_DAYS + 2);
  await age(Object.values(young), SETTLED_KEPT_DAYS);
  const before = await booksOf(variantId);
  const journal = await database.prisma.stockMovement.count({ where: { variantId } });

  expect(await sweepReservations()).toBe(3);
  expect(await kept(...Object.values(old))).toEqual(['COMMITTED', 'RESERVED']);
  expect(await kept(...Object.values(young))).toHaveLength(5);
  expect(await booksOf(variantId)).toEqual(before);
  expect(await database.prisma.stockMovement.count({ where: { variantId } })).toBe(journal);

  // Whoever comes this late is answered as if it were settled, and moves nothing.
  expect(await commitStock(old.expired)).toBeNull();
  const lines = [{ variantId, quantity: 5 }];
  expect(await adjustStock({ orderId: old.shipped, adjustId: 'edit', lines })).toEqual({ held: false, shortages: [] });
  expect(await releaseStock(old.released)).toEqual({ released: true });
  expect(await booksOf(variantId)).toEqual(before);
});

test('several sweepers at once share them out, and none goes twice', async () => {
  const [variantId] = (await stocked(100)) as [string];
  const orderIds = times(60, () => newId('ord'));
  await Promise.all(orderIds.map((orderId) => reserve(orderId, { [variantId]: 1 })));
  await Promise.all(orderIds.map((orderId) => releaseStock(orderId)));
  await age(orderIds, 200);
  const swept = await Promise.all(times(4, () => sweepReservations()));
  const rest = await sweepReservations();
  expect(swept.reduce((sum, count) => sum + count, rest)).toBe(60);
  expect(await kept(...orderIds)).toEqual([]);
});

test('one that is taken again at this moment is left alone', async () => {
  const [variantId] = (await stocked(1)) as [string];
  const orderId = newId('ord');
  await reserve(orderId, { [variantId]: 1 }, past());
  await expireReservations();
  await age([orderId], 200);
  await database.transaction(async (client) => {
    await client.query('SELECT FROM reservation WHERE order_id = $1 FOR UPDATE', [orderId]);
    expect(await sweepReservations()).toBe(0);
  });
  expect(await commitStock(orderId)).toBe('COMMITTED');
  expect(await sweepReservations()).toBe(0);
  expect(await stateOf(orderId)).toBe('COMMITTED');
  expect(await booksOf(variantId)).toEqual({ main: [1, 1] });
});
