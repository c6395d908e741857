import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { setRoutes } from '#platform/outbox/routes.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { adjustStock } from './adjust-stock.ts';
import { commitStock } from './commit-stock.ts';
import { database } from './database.ts';
import { expireReservations } from './expire-reservations.ts';
import { commitReservation } from './listeners/commit-reservation.listener.ts';
import { releaseStock } from './release-stock.ts';
import { restockStock } from './restock-stock.ts';
import { brokenStockInvariants } from './stock-invariants.ts';
import {
  available,
  booksOf,
  context,
  heldBy,
  linesOf,
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

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openStock(await createTestDatabase('inventory'));
  setRoutes({ 'inventory.reservation-lost.v1': ['orders-refund-lost'] });
});
afterAll(async () => {
  setRoutes({});
  await close();
});
afterEach(async () => {
  expect(await brokenStockInvariants()).toEqual([]);
});

const confirm = (...orderIds: string[]) =>
  commitReservation.handle(orderIds.map((orderId) => orderConfirmed({ orderId })) as never, context());
const adjust = (orderId: string, adjustId: string, quantities: Record<string, number>) =>
  adjustStock({ orderId, adjustId, lines: linesOf(quantities) });

describe('expiry while paying', () => {
  test('11: in one job of confirmations some hold, one takes its goods again, one has lost them and says so once', async () => {
    const [variantId, last] = (await stocked(100, 2)) as [string, string];
    const [held, expired, lost, released] = times(4, () => newId('ord')) as [string, string, string, string];
    await reserve(expired, { [variantId]: 5 }, past());
    await reserve(lost, { [last]: 2 }, past());
    expect(await expireReservations()).toBe(2);
    await reserve(held, { [variantId]: 1 });
    await reserve(newId('ord'), { [last]: 1 });
    await releaseStock(released);
    const events = [held, expired, lost, released].map((orderId) => orderConfirmed({ orderId }));
    await Promise.all(times(3, () => commitReservation.handle(events as never, context())));
    expect(await Promise.all([held, expired, lost, released].map(stateOf))).toEqual([
      'COMMITTED',
      'COMMITTED',
      'EXPIRED',
      'RELEASED',
    ]);
    expect([await available(variantId), await available(last)]).toEqual([94, 1]);
    const told = await database.prisma.outbox.findMany({ where: { topic: 'inventory.reservation-lost.v1' } });
    expect(told.map(({ payload, consumer }) => [payload, consumer])).toEqual([
      [{ orderId: lost }, 'orders-refund-lost'],
    ]);
    expect(await database.prisma.handled.count({ where: { eventId: { in: events.map(({ id }) => id) } } })).toBe(4);
  });

  test('11: expiry against confirmation, 40 times at once: whoever is first, the order holds its goods in the end', async () => {
    const [variantId] = (await stocked(40)) as [string];
    const orders = times(40, () => newId('ord'));
    for (const orderId of orders) await reserve(orderId, { [variantId]: 1 }, past());
    await Promise.all(
      orders.flatMap((orderId, i) => [
        i % 2 ? confirm(orderId) : commitStock(orderId),
        ...(i % 5 ? [] : [expireReservations()]),
      ]),
    );
    expect(await Promise.all(orders.map(stateOf))).toEqual(times(40, () => 'COMMITTED'));
    expect([await available(variantId), await expireReservations()]).toEqual([0, 0]);
  });

  test('11: release against confirmation and expiry at once: nothing is held in the end', async () => {
    const [variantId] = (await stocked(60)) as [string];
    const orders = times(30, () => newId('ord'));
    for (const orderId of orders) await reserve(orderId, { [variantId]: 2 }, past());
    await Promise.all([
      ...times(6, (i) => confirm(...orders.slice(i * 5, i * 5 + 5))),
      ...orders.toReversed().map((orderId) => releaseStock(orderId)),
      expireReservations(),
    ]);
    expect(await Promise.all(orders.map(stateOf))).toEqual(times(30, () => 'RELEASED'));
    expect(await available(variantId)).toBe(60);
  });
});

describe('adjusting', () => {
  test('takes what is more, gives back what is less, once, and keeps the rest', async () => {
    const [a, b, c] = (await stocked(10, 10, 10)) as [string, string, string];
    const orderId = newId('ord');
    await reserve(orderId, { [a]: 4, [b]: 2 });
    const edits = await Promise.all(times(5, () => adjust(orderId, 'edit_1', { [a]: 1, [c]: 3 })));
    expect(edits).toEqual(times(5, () => ({ held: true, shortages: [] })));
    expect(await heldBy(orderId)).toEqual({ [`${a}@main`]: 1, [`${c}@main`]: 3 });
    await adjust(orderId, 'edit_2', { [a]: 2, [c]: 3 });
    expect(await adjust(orderId, 'edit_1', { [a]: 1, [c]: 3 })).toEqual({ held: true, shortages: [] });
    expect([await available(a), await available(b), await available(c)]).toEqual([8, 10, 7]);
  });

  test('is all or nothing, may be tried again under the same id, and is refused where nothing is open', async () => {
    const [a, b] = (await stocked(5, 2)) as [string, string];
    const orderId = newId('ord');
    await reserve(orderId, { [a]: 4 });
    const refused = await adjust(orderId, 'edit_1', { [a]: 1, [b]: 3, var_unknown: 1 });
    expect(refused.held).toBe(false);
    expect(refused.shortages).toHaveLength(2);
    expect(refused.shortages).toContainEqual({ variantId: b, requested: 3, available: 2 });
    expect([await available(a), await available(b)]).toEqual([1, 2]);
    expect(await adjust(orderId, 'edit_1', { [a]: 5 })).toEqual({ held: true, shortages: [] });
    expect(await adjust(orderId, 'edit_2', {})).toEqual({ held: true, shortages: [] });
    expect([await available(a), await heldBy(orderId)]).toEqual([5, {}]);
    await releaseStock(orderId);
    expect(await adjust(orderId, 'edit_3', { [a]: 1 })).toEqual({ held: false, shortages: [] });
    expect(await adjust('ord_unknown', 'edit_1', { [a]: 1 })).toEqual({ held: false, shortages: [] });
    expect(await available(a)).toBe(5);
  });

  test('against shipping, releasing and others adjusting at once, 30 times: the books hold and nothing deadlocks', async () => {
    const [a, b] = (await stocked(500, 500)) as [string, string];
    for (let round = 0; round < 30; round++) {
      const orders = times(4, () => newId('ord'));
      for (const orderId of orders) await reserve(orderId, { [a]: 2, [b]: 2 });
      await Promise.all(
        orders.flatMap((orderId, i) => [
          adjust(orderId, `edit_${i}`, i % 2 ? { [a]: 3, [b]: 1 } : { [b]: 3, [a]: 1 }),
          ship(moved(move(orderId, 'SHIPPED', { [a]: 1, [b]: 1 }))),
          ...(i === 3 ? [releaseStock(orderId)] : []),
        ]),
      );
      expect(await brokenStockInvariants()).toEqual([]);
    }
  });
});

describe('shipping in parts', () => {
  test('26: each parcel is booked once, though told of in two events and jobs at once, and the rest stays reserved', async () => {
    const [a, b] = (await stocked(10, 10)) as [string, string];
    const orderId = newId('ord');
    await reserve(orderId, { [a]: 5, [b]: 2 });
    const parcel = move(orderId, 'SHIPPED', { [a]: 2, [b]: 2 });
    const [one, two] = [moved(parcel), moved(parcel)];
    await ship(one, two);
    await Promise.all([ship(one, two), ship(two), ship(one), ship(moved(parcel))]);
    expect([await booksOf(a), await booksOf(b)]).toEqual([{ main: [8, 3] }, { main: [8, 0] }]);
    expect(await stateOf(orderId)).toBe('COMMITTED');
    const journal = await database.prisma.stockMovement.findMany({ where: { orderId }, orderBy: { id: 'asc' } });
    expect(
      journal.map(({ variantId, change, reason, causeId }) => [variantId, change, reason, causeId]).sort(),
    ).toEqual(
      [
        [a, -2, 'SHIPPED', parcel.fulfillmentId],
        [b, -2, 'SHIPPED', parcel.fulfillmentId],
      ].sort(),
    );
    await ship(moved(move(orderId, 'SHIPPED', { [a]: 3 })));
    expect([await stateOf(orderId), await booksOf(a)]).toEqual(['SHIPPED', { main: [5, 0] }]);
  });

  test('26: two parcels of one order at once, in one job or in two, leave nothing reserved', async () => {
    const [a] = (await stocked(100)) as [string];
    for (let round = 0; round < 10; round++) {
      const orderId = newId('ord');
      await reserve(orderId, { [a]: 3 });
      const parts = [moved(move(orderId, 'SHIPPED', { [a]: 1 })), moved(move(orderId, 'SHIPPED', { [a]: 2 }))];
      await (round % 2 ? ship(...parts) : Promise.all(parts.map((part) => ship(part))));
      expect(await stateOf(orderId)).toBe('SHIPPED');
    }
    expect(await booksOf(a)).toEqual({ main: [70, 0] });
  });

  test('27: cancelling what remains gives back what has not left', async () => {
    const [a] = (await stocked(10)) as [string];
    const orderId = newId('ord');
    await reserve(orderId, { [a]: 5 }, past());
    await ship(moved(move(orderId, 'SHIPPED', { [a]: 2 })));
    expect(await expireReservations()).toBe(0);
    expect(await releaseStock(orderId)).toEqual({ released: true });
    expect(await booksOf(a)).toEqual({ main: [8, 0] });
  });

  test('a parcel of more than the order holds books what it holds and touches nobody else', async () => {
    const [a] = (await stocked(10)) as [string];
    const [orderId, other] = times(2, () => newId('ord')) as [string, string];
    await reserve(orderId, { [a]: 2 });
    await reserve(other, { [a]: 8 });
    await ship(moved(move(orderId, 'SHIPPED', { [a]: 5 }), move('ord_unknown', 'SHIPPED', { [a]: 1 })));
    expect(await booksOf(a)).toEqual({ main: [8, 8] });
  });
});

describe('coming back', () => {
  test('27: goods of a return go on hand once, and what inventory does not know is left out', async () => {
    const [a, b] = (await stocked(1, 1)) as [string, string];
    const input = { orderId: newId('ord'), returnId: newId('ret'), lines: linesOf({ [a]: 2, [b]: 1, var_unknown: 1 }) };
    const answers = await Promise.all(times(8, () => restockStock(input)));
    expect(answers).toEqual(times(8, () => ({ restocked: true })));
    expect([await available(a), await available(b)]).toEqual([3, 2]);
    const journal = await database.prisma.stockMovement.findMany({ where: { variantId: a, reason: 'RETURNED' } });
    expect(journal.map(({ change, orderId, causeId }) => [change, orderId, causeId])).toEqual([
      [2, input.orderId, input.returnId],
    ]);
  });
});
