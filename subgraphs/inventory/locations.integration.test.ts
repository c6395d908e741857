import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { commitStock } from './commit-stock.ts';
import { database } from './database.ts';
import { expireReservations } from './expire-reservations.ts';
import { rebuildStock } from './rebuild-stock.ts';
import { releaseStock } from './release-stock.ts';
import { setStock } from './set-stock.ts';
import { brokenStockInvariants } from './stock-invariants.ts';
import {
  available,
  booksOf,
  heldBy,
  move,
  moved,
  openStock,
  past,
  reserve,
  ship,
  stateOf,
  stocked,
  times,
} from './testing/stock-desk.ts';
import { createLocation, updateLocation } from './write-location.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openStock(await createTestDatabase('inventory'));
  await createLocation({ id: 'berlin', title: 'Berlin', priority: 5 });
  await createLocation({ id: 'oslo', title: 'Oslo', priority: 9 });
});
afterAll(() => close());
beforeEach(async () => {
  await updateLocation({ id: 'berlin', priority: 5 });
});
afterEach(async () => {
  expect(await brokenStockInvariants()).toEqual([]);
});

/** A variant with so much in main, Berlin and Oslo. */
async function spread(main: number, berlin: number, oslo: number): Promise<string> {
  const [variantId] = await stocked(main);
  await setStock({ variantId: variantId!, onHand: berlin, location: 'berlin' });
  await setStock({ variantId: variantId!, onHand: oslo, location: 'oslo' });
  return variantId!;
}

test('12: an order is served by priority, over several locations where one has too few, and gives back to each', async () => {
  const variantId = await spread(2, 3, 4);
  const [split, whole] = times(2, () => newId('ord'));
  expect(await available(variantId)).toBe(9);
  await reserve(split!, { [variantId]: 6 });
  expect(await heldBy(split!)).toEqual({
    [`${variantId}@main`]: 2,
    [`${variantId}@berlin`]: 3,
    [`${variantId}@oslo`]: 1,
  });
  expect(await reserve(whole!, { [variantId]: 4 })).toEqual({
    held: false,
    shortages: [{ variantId, requested: 4, available: 3 }],
  });
  await releaseStock(split!);
  expect(await booksOf(variantId)).toEqual({ main: [2, 0], berlin: [3, 0], oslo: [4, 0] });
  await updateLocation({ id: 'berlin', priority: 0 });
  const preferred = newId('ord');
  await reserve(preferred, { [variantId]: 4 });
  expect(await heldBy(preferred)).toEqual({ [`${variantId}@berlin`]: 3, [`${variantId}@main`]: 1 });
});

test('9: of 60 orders at once for what three locations have, exactly as much is promised', async () => {
  const variantId = await spread(3, 4, 5);
  const results = await Promise.all(times(60, () => reserve(newId('ord'), { [variantId]: 1 })));
  expect(results.filter(({ held }) => held)).toHaveLength(12);
  expect(await booksOf(variantId)).toEqual({ main: [3, 3], berlin: [4, 4], oslo: [5, 5] });
});

test('10: orders of the same goods over several locations, releases and settings at once never deadlock', async () => {
  const [a, b] = await Promise.all([spread(3, 50, 50), spread(3, 50, 50)]);
  for (let round = 0; round < 30; round++) {
    const orders = times(6, () => newId('ord'));
    await Promise.all([
      ...orders.map((orderId, i) => reserve(orderId, i % 2 ? { [a]: 4, [b]: 2 } : { [b]: 4, [a]: 2 })),
      ...orders.map((orderId) => releaseStock(orderId)),
      setStock({ variantId: a, onHand: 60, location: 'oslo' }),
      setStock({ variantId: b, onHand: 60, location: 'berlin' }),
    ]);
  }
  expect(await booksOf(a)).toEqual({ main: [3, 0], berlin: [50, 0], oslo: [60, 0] });
  expect(await booksOf(b)).toEqual({ main: [3, 0], berlin: [60, 0], oslo: [50, 0] });
});

test('26: what was promised over two locations leaves from both, parcel by parcel', async () => {
  const variantId = await spread(2, 3, 0);
  const orderId = newId('ord');
  await reserve(orderId, { [variantId]: 4 });
  await ship(moved(move(orderId, 'SHIPPED', { [variantId]: 3 })));
  expect(await booksOf(variantId)).toEqual({ main: [0, 0], berlin: [2, 1], oslo: [0, 0] });
  expect([await stateOf(orderId), await heldBy(orderId)]).toEqual(['COMMITTED', { [`${variantId}@berlin`]: 1 }]);
  await ship(moved(move(orderId, 'SHIPPED', { [variantId]: 1 })));
  expect([await stateOf(orderId), await heldBy(orderId)]).toEqual(['SHIPPED', {}]);
  expect(await booksOf(variantId)).toEqual({ main: [0, 0], berlin: [1, 0], oslo: [0, 0] });
});

test('11: what expired is taken again from wherever it is by then', async () => {
  const variantId = await spread(2, 2, 0);
  const orderId = newId('ord');
  await reserve(orderId, { [variantId]: 2 }, past());
  await expireReservations();
  await reserve(newId('ord'), { [variantId]: 1 });
  expect(await commitStock(orderId)).toBe('COMMITTED');
  expect(await heldBy(orderId)).toEqual({ [`${variantId}@main`]: 1, [`${variantId}@berlin`]: 1 });
});

test('stock is set in total, or at a location that never had the variant; refusals change nothing', async () => {
  const [variantId] = (await stocked(10)) as [string];
  await setStock({ variantId, onHand: 4, location: 'oslo' }, 'cus_staff');
  await setStock({ variantId, onHand: 20, expectedOnHand: 14 });
  expect(await booksOf(variantId)).toEqual({ main: [16, 0], oslo: [4, 0] });
  await reserve(newId('ord'), { [variantId]: 18 });
  const refusals = [
    [{ onHand: 19, location: 'main', expectedOnHand: 20 }, 'STOCK_CHANGED'],
    [{ onHand: 19, location: 'main', expectedOnHand: 16 }, null],
    [{ onHand: 1, location: 'oslo' }, 'BELOW_RESERVED'],
    [{ onHand: 19 }, 'BELOW_RESERVED'],
    [{ onHand: 5, location: 'moon' }, 'LOCATION_NOT_FOUND'],
    [{ onHand: 5, location: 'berlin', expectedOnHand: 1 }, 'STOCK_CHANGED'],
  ] as const;
  for (const [input, code] of refusals) {
    const answer = await setStock({ variantId, ...input }).catch((reason) => reason);
    expect(answer.code ?? null, JSON.stringify(input)).toBe(code);
  }
  expect(await booksOf(variantId)).toEqual({ main: [19, 16], oslo: [4, 2] });
  const journal = await database.prisma.stockMovement.findMany({ where: { variantId }, orderBy: { id: 'asc' } });
  expect(journal.map(({ locationId, change, reason, causeId }) => [locationId, change, reason, causeId])).toEqual([
    ['main', 10, 'SEEDED', null],
    ['oslo', 4, 'SET', 'cus_staff'],
    ['main', 6, 'SET', null],
    ['main', 3, 'SET', null],
  ]);
});

test('locations are named once and within bounds', async () => {
  const create = (input: Partial<Parameters<typeof createLocation>[0]>) =>
    createLocation({ id: 'new-one', title: 'New', priority: 1, ...input }).then(
      () => null,
      ({ code }) => code,
    );
  expect(await create({ id: 'berlin' })).toBe('LOCATION_EXISTS');
  for (const id of ['', 'Berlin', 'a--b', '-a', 'x'.repeat(41), 'a\0b'])
    expect(await create({ id }), id).toBe('INVALID_ID');
  for (const title of ['', '  ', 'x'.repeat(101), 'a\0']) expect(await create({ title })).toBe('INVALID_TITLE');
  for (const priority of [-1, 1_001]) expect(await create({ priority })).toBe('INVALID_PRIORITY');
  await expect(updateLocation({ id: 'moon', title: 'Moon' })).rejects.toMatchObject({ code: 'LOCATION_NOT_FOUND' });
  expect(await updateLocation({ id: 'oslo', title: 'Oslo S' })).toEqual({
    location: { id: 'oslo', title: 'Oslo S', priority: 9 },
  });
});

test('stock that is not what its books say is told of, and counted anew from them while orders go on', async () => {
  const variantId = await spread(50, 5, 0);
  const orderId = newId('ord');
  await reserve(orderId, { [variantId]: 52 });
  await database.prisma.stock.updateMany({
    where: { variantId, locationId: 'main' },
    data: { onHand: 70, reserved: 60 },
  });
  const found = await brokenStockInvariants();
  expect(found.map(({ invariant, subject }) => [invariant, subject]).sort()).toEqual([
    ['on-hand', `${variantId}@main`],
    ['reserved', `${variantId}@main`],
  ]);
  await Promise.all([
    rebuildStock(variantId),
    ...times(5, () => reserve(newId('ord'), { [variantId]: 1 })),
    rebuildStock(variantId),
    releaseStock(orderId),
  ]);
  await rebuildStock(variantId);
  const [main, berlin] = [(await booksOf(variantId)).main, (await booksOf(variantId)).berlin];
  expect([main![0], berlin![0]]).toEqual([50, 5]);
});

test('counting anew waits for what is under way and counts it', async () => {
  const variantId = await spread(9, 0, 0);
  let counting: Promise<unknown> = Promise.resolve();
  await database.transaction(async (client) => {
    await client.query("UPDATE stock SET on_hand = on_hand + 5 WHERE variant_id = $1 AND location_id = 'main'", [
      variantId,
    ]);
    counting = rebuildStock(variantId);
    await vi.waitFor(async () => {
      const { rows } = await client.query(
        "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
      );
      expect(rows).toHaveLength(1);
    });
    await client.query(
      "INSERT INTO stock_movement (variant_id, location_id, change, reason) VALUES ($1, 'main', 5, 'SET')",
      [variantId],
    );
  });
  await counting;
  expect((await booksOf(variantId)).main).toEqual([14, 0]);
});
