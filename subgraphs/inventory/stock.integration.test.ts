import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { commitStock, isHeld } from './commit-stock.ts';
import { database } from './database.ts';
import { expireReservations } from './expire-reservations.ts';
import { commitReservation } from './listeners/commit-reservation.listener.ts';
import { releaseStock } from './release-stock.ts';
import { reserveStock } from './reserve-stock.ts';
import { seedStock } from './seed-stock.ts';
import { setStock } from './set-stock.ts';
import { followStock } from './stock-changed.subscription.ts';
import { brokenStockInvariants } from './stock-invariants.ts';
import { stockLevels } from './stock-levels.ts';
import {
  available,
  booksOf,
  context,
  move,
  moved,
  openStock,
  past,
  reserve,
  ship,
  soon,
  stocked,
  times,
} from './testing/stock-desk.ts';
import { variantsByIds } from './variant.loaders.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openStock(await createTestDatabase('inventory'));
});
afterAll(() => close());

afterEach(async () => {
  expect(await brokenStockInvariants()).toEqual([]);
});

describe('reserving', () => {
  test('9: of 100 orders at once for the last unit one holds it, and 99 are told that none is left', async () => {
    const [variantId] = await stocked(1);
    const results = await Promise.all(times(100, () => reserve(newId('ord'), { [variantId!]: 1 })));
    expect(results.filter(({ held }) => held)).toEqual([{ held: true, shortages: [] }]);
    const refused = results.filter(({ held }) => !held);
    expect(refused).toEqual(times(99, () => ({ held: false, shortages: [{ variantId, requested: 1, available: 0 }] })));
    expect(await available(variantId!)).toBe(0);
  });

  test('10: orders of the same goods in opposite order never deadlock, 100 times', async () => {
    const [a, b] = await stocked(10_000, 10_000);
    for (let round = 0; round < 100; round++) {
      const results = await Promise.all(
        times(8, (i) => reserve(newId('ord'), i % 2 ? { [a!]: 1, [b!]: 2 } : { [b!]: 2, [a!]: 1 })),
      );
      expect(results.every(({ held }) => held)).toBe(true);
    }
    expect([await available(a!), await available(b!)]).toEqual([10_000 - 800, 10_000 - 1_600]);
  });

  test('all lines or none, and every shortage is named', async () => {
    const [plenty, few] = await stocked(10, 2);
    const result = await reserve(newId('ord'), { [plenty!]: 5, [few!]: 3, var_unknown: 1 });
    expect(result.held).toBe(false);
    expect(result.shortages).toHaveLength(2);
    expect(result.shortages).toContainEqual({ variantId: few, requested: 3, available: 2 });
    expect(result.shortages).toContainEqual({ variantId: 'var_unknown', requested: 1, available: 0 });
    expect([await available(plenty!), await available(few!)]).toEqual([10, 2]);
  });

  test('lines of one variant count together', async () => {
    const [variantId] = await stocked(3);
    const lines = [
      { variantId: variantId!, quantity: 2 },
      { variantId: variantId!, quantity: 2 },
    ];
    const result = await reserveStock({ orderId: newId('ord'), lines, seconds: soon() });
    expect(result).toEqual({ held: false, shortages: [{ variantId, requested: 4, available: 3 }] });
  });

  test('twenty calls of one order at once take its goods once and are all told so, though nothing is left', async () => {
    const [variantId] = await stocked(3);
    const orderId = newId('ord');
    const results = await Promise.all(times(20, () => reserve(orderId, { [variantId!]: 3 })));
    expect(results).toEqual(times(20, () => ({ held: true, shortages: [] })));
    expect(await available(variantId!)).toBe(0);
  });
});

describe('releasing', () => {
  test('11: gives back exactly what was held, once', async () => {
    const [a, b] = await stocked(10, 10);
    const orderId = newId('ord');
    await reserve(orderId, { [a!]: 4, [b!]: 1 });
    await reserve(newId('ord'), { [a!]: 2 });
    expect([await available(a!), await available(b!)]).toEqual([4, 9]);
    const results = await Promise.all(times(10, () => releaseStock(orderId)));
    expect(results).toEqual(times(10, () => ({ released: true })));
    expect([await available(a!), await available(b!)]).toEqual([8, 10]);
  });

  test('gives back what was committed but not shipped', async () => {
    const [variantId] = await stocked(5);
    const orderId = newId('ord');
    await reserve(orderId, { [variantId!]: 5 });
    expect(isHeld(await commitStock(orderId))).toBe(true);
    expect(await releaseStock(orderId)).toEqual({ released: true });
    expect(await available(variantId!)).toBe(5);
    expect(isHeld(await commitStock(orderId))).toBe(false);
  });

  test('before any reservation bars the order from ever holding stock', async () => {
    const [variantId] = await stocked(5);
    const orderId = newId('ord');
    expect(await releaseStock(orderId)).toEqual({ released: true });
    expect(await reserve(orderId, { [variantId!]: 1 })).toEqual({ held: false, shortages: [] });
    expect(await available(variantId!)).toBe(5);
  });

  test('of orders whose reservation is in flight leaves nothing held, whoever is first', async () => {
    const [a, b] = await stocked(1_000, 1_000);
    for (let round = 0; round < 40; round++) {
      const orders = times(6, () => newId('ord'));
      await Promise.all(
        orders.flatMap((orderId, i) => [
          reserve(orderId, i % 2 ? { [a!]: 1, [b!]: 1 } : { [b!]: 1, [a!]: 1 }),
          reserve(orderId, { [a!]: 1, [b!]: 1 }),
          releaseStock(orderId),
        ]),
      );
    }
    expect([await available(a!), await available(b!)]).toEqual([1_000, 1_000]);
  });
});

describe('expiry', () => {
  test('gives back what was never confirmed, once, and leaves the rest', async () => {
    const [variantId] = await stocked(10);
    const [late, confirmed, fresh] = times(3, () => newId('ord'));
    await reserve(late!, { [variantId!]: 3 }, past());
    await reserve(confirmed!, { [variantId!]: 2 }, past());
    await reserve(fresh!, { [variantId!]: 1 });
    await commitStock(confirmed!);
    const swept = await Promise.all(times(4, expireReservations));
    expect(swept.reduce((a, b) => a + b)).toBe(1);
    expect(await available(variantId!)).toBe(7);
    expect(await releaseStock(late!)).toEqual({ released: true });
    expect(await available(variantId!)).toBe(7);
  });

  test('of several reservations of one variant in one sweep gives all of them back', async () => {
    const [variantId] = await stocked(10);
    for (const quantity of [1, 2, 3]) await reserve(newId('ord'), { [variantId!]: quantity }, past());
    expect(await expireReservations()).toBe(3);
    expect(await available(variantId!)).toBe(10);
  });

  test('11: a confirmation that comes after it takes the goods again, or is told that they are gone', async () => {
    const [variantId] = await stocked(3);
    const [lucky, late] = times(2, () => newId('ord'));
    await reserve(lucky!, { [variantId!]: 2 }, past());
    await expireReservations();
    await reserve(late!, { [variantId!]: 2 }, past());
    await expireReservations();
    expect(isHeld(await commitStock(lucky!))).toBe(true);
    expect(await available(variantId!)).toBe(1);
    expect(isHeld(await commitStock(late!))).toBe(false);
    expect(await available(variantId!)).toBe(1);
  });
});

describe('listeners', () => {
  test('a confirmed order no longer expires, however often it is told', async () => {
    const [variantId] = await stocked(4);
    const orderId = newId('ord');
    await reserve(orderId, { [variantId!]: 4 }, past());
    const event = orderConfirmed({ orderId });
    await Promise.all(times(3, () => commitReservation.handle([event] as never, context())));
    expect(await expireReservations()).toBe(0);
    expect(await available(variantId!)).toBe(0);
  });

  test('shipped goods leave the shelf once, and what can be promised stays', async () => {
    const [a, b] = await stocked(10, 10);
    const [first, second, third] = times(3, () => newId('ord'));
    await reserve(first!, { [a!]: 2, [b!]: 1 });
    await reserve(second!, { [a!]: 3 });
    await reserve(third!, { [a!]: 1 });
    await commitStock(first!);
    const event = moved(
      move(first!, 'SHIPPED', { [a!]: 2, [b!]: 1 }),
      move(second!, 'SHIPPED', { [a!]: 3 }),
      move(third!, 'PREPARING', { [a!]: 1 }),
    );
    await Promise.all(times(3, () => ship(event)));
    expect(await booksOf(a!)).toEqual({ main: [5, 1] });
    expect(await booksOf(b!)).toEqual({ main: [9, 0] });
    expect(await database.prisma.handled.count({ where: { eventId: event.id } })).toBe(1);
    expect(await releaseStock(first!)).toEqual({ released: false });
    expect(await available(b!)).toBe(9);
    await ship(moved(move(third!, 'SHIPPED', { [a!]: 1 })));
    expect(await booksOf(a!)).toEqual({ main: [4, 0] });
    expect(isHeld(await commitStock(third!))).toBe(true);
  });
});

describe('setting', () => {
  test('is refused below what is reserved, against an expectation, out of range, and of what is unknown', async () => {
    const [variantId] = await stocked(10);
    await reserve(newId('ord'), { [variantId!]: 6 });
    const refusals = [
      [{ onHand: 5 }, 'BELOW_RESERVED'],
      [{ onHand: 50, expectedOnHand: 9 }, 'STOCK_CHANGED'],
      [{ onHand: -1 }, 'INVALID_QUANTITY'],
      [{ onHand: 1_000_000_001 }, 'INVALID_QUANTITY'],
      [{ onHand: 50, location: 'moon' }, 'LOCATION_NOT_FOUND'],
      [{ onHand: 50, variantId: 'var_unknown' }, 'VARIANT_NOT_FOUND'],
    ] as const;
    for (const [input, code] of refusals) {
      await expect(setStock({ variantId: variantId!, ...input }), code).rejects.toMatchObject({ code });
    }
    expect(await booksOf(variantId!)).toEqual({ main: [10, 6] });
  });

  test('sets what is on hand and answers what can be promised', async () => {
    const [variantId] = await stocked(10);
    await reserve(newId('ord'), { [variantId!]: 6 });
    const { variant } = await setStock({ variantId: variantId!, onHand: 8, expectedOnHand: 10, location: 'main' });
    expect(variant).toEqual({
      id: variantId,
      availability: { inStock: true, quantity: 2, lowStock: true, backorderable: false },
    });
    await setStock({ variantId: variantId!, onHand: 6 });
    await setStock({ variantId: variantId!, onHand: 6 });
    expect(await booksOf(variantId!)).toEqual({ main: [6, 6] });
  });

  test('of one expectation by ten at once succeeds for one', async () => {
    const [variantId] = await stocked(10);
    const results = await Promise.allSettled(
      times(10, (i) => setStock({ variantId: variantId!, onHand: 20 + i, expectedOnHand: 10 })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('showing', () => {
  test('levels come in the order asked for, 0 where unknown', async () => {
    const [a, b] = await stocked(7, 0);
    expect(await stockLevels([b!, 'var_unknown', a!])).toEqual([
      { variantId: b, available: 0, backorderable: false },
      { variantId: 'var_unknown', available: 0, backorderable: false },
      { variantId: a, available: 7, backorderable: false },
    ]);
  });

  test('five are low, six are not, none is sold out', async () => {
    const ids = await stocked(5, 6, 0);
    const shown = await variantsByIds([...ids, 'var_unknown']);
    expect(shown.map((variant) => variant?.availability)).toEqual([
      { inStock: true, quantity: 5, lowStock: true, backorderable: false },
      { inStock: true, quantity: 6, lowStock: false, backorderable: false },
      { inStock: false, quantity: 0, lowStock: false, backorderable: false },
      undefined,
    ]);
  });

  test('a follower hears the present stock, then each change, and nothing where nothing changed', async () => {
    const [variantId] = await stocked(10);
    const changes = followStock(variantId!);
    const heard = async () => (await changes.next()).value?.availability?.quantity;
    expect(await heard()).toBe(10);
    const orderId = newId('ord');
    const next = heard();
    await reserve(orderId, { [variantId!]: 4 });
    expect(await next).toBe(6);
    const afterCommit = heard();
    await commitStock(orderId);
    await setStock({ variantId: variantId!, onHand: 10 });
    await releaseStock(orderId);
    expect(await afterCommit).toBe(10);
    await changes.return?.();
  });

  test('a follower of an unknown variant hears null and no more', async () => {
    const changes = followStock('var_unknown');
    expect(await changes.next()).toEqual({ value: null, done: false });
    expect(await changes.next()).toEqual({ value: undefined, done: true });
  });
});

test('seeding twice changes nothing', async () => {
  const [variantId] = await stocked(5);
  await seedStock([{ variantId: variantId!, onHand: 9 }]);
  expect(await booksOf(variantId!)).toEqual({ main: [5, 0] });
});
