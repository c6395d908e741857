import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PipelinedConnections } from '#platform/database/statements.ts';
import { makeAccessGrant } from '#subgraphs/orders/contracts/access-grant.ts';
import { orderPaid } from '#subgraphs/orders/contracts/orders.events.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { cancelFulfillments } from './cancel-fulfillments.ts';
import { demoCarrier, tick } from './carriers/demo-carrier.ts';
import { fulfillmentsCancel } from './contracts/fulfillments-cancel.ts';
import { database } from './database.ts';
import {
  announced,
  askInside,
  CONSUMERS,
  clearDesk,
  entities,
  fulfillmentsOf,
  hear,
  makeDue,
  paid,
  parcelsOf,
  prepare,
  progressOf,
  someOrders,
} from './testing/shipping-desk.ts';

// A leg takes 3 to 6 milliseconds.
vi.mock('./config.ts', () => ({
  shippingConfig: { carrierSpeed: 1_000, isAutomatic: true, easyPost: null, publicUrl: 'http://localhost:5700' },
}));

const WAY = ['PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED'];

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(() => clearDesk());

/** Of an order's one parcel. */
const statusesOf = async (orderId: string) => {
  const [parcel] = await parcelsOf(orderId);
  return parcel && { status: parcel.status, events: parcel.events };
};
const isDelivered = async () =>
  (await database.prisma.fulfillment.count({ where: { nextMoveAt: { not: null } } })) === 0;
async function carryUntilDelivered(): Promise<void> {
  while (!(await isDelivered())) await tick();
}

test('30: a parcel is prepared once though its job runs several times, at once and again', async () => {
  const event = orderPaid(paid('ord_1'));
  await Promise.all(Array.from({ length: 8 }, () => hear(event)));
  await hear(event);
  // Another announcement of the same payment makes no second parcel either.
  await prepare('ord_1');
  expect(await database.prisma.fulfillment.count()).toBe(1);
  expect(await statusesOf('ord_1')).toEqual({ status: 'PREPARING', events: ['PREPARING'] });
  const { id } = await database.prisma.fulfillment.findFirstOrThrow({ where: { orderId: 'ord_1' } });
  for (const consumer of CONSUMERS) {
    expect(await announced(consumer)).toEqual([
      [
        {
          fulfillmentId: id,
          orderId: 'ord_1',
          status: 'PREPARING',
          at: expect.any(String),
          lines: [{ lineId: 'ord_1-line', variantId: 'var_ord_1-line', quantity: 2 }],
          progress: { sequence: 1, ordered: 2, prepared: 2, shipped: 0, outForDelivery: 0, delivered: 0 },
        },
      ],
    ]);
  }
});

test('27: an order that was stopped before its parcel was made gets none', async () => {
  expect(await cancelFulfillments('ord_1')).toBe(true);
  await prepare('ord_1');
  expect(await cancelFulfillments('ord_1')).toBe(true);
  await makeDue();
  await tick();
  expect(await announced()).toEqual([]);
  expect(await statusesOf('ord_1')).toBeUndefined();
  expect(await fulfillmentsOf('ord_1', makeAccessGrant('ord_1'))).toEqual([]);
});

test('27: a parcel that has not left is stopped and stays where it is; one that left goes on', async () => {
  await prepare('ord_stopped');
  expect(await cancelFulfillments('ord_stopped')).toBe(true);
  await prepare('ord_left');
  await makeDue();
  await tick();
  expect(await statusesOf('ord_left')).toEqual({ status: 'SHIPPED', events: ['PREPARING', 'SHIPPED'] });
  expect(await cancelFulfillments('ord_left')).toBe(false);
  await carryUntilDelivered();
  expect(await cancelFulfillments('ord_left')).toBe(false);
  expect(await statusesOf('ord_left')).toEqual({ status: 'DELIVERED', events: WAY });
  expect(await statusesOf('ord_stopped')).toEqual({ status: 'CANCELLED', events: ['PREPARING'] });
});

test('27: stopping and preparing at the same time, twenty times: nothing of a stopped order ever moves', async () => {
  const orders = someOrders(20);
  const answers = await Promise.all(
    orders.flatMap((id, i) => {
      const racers = [() => cancelFulfillments(id), () => prepare(id).then(() => true)];
      return (i % 2 ? racers : racers.reverse()).map((race) => race());
    }),
  );
  expect(answers).toEqual(orders.flatMap(() => [true, true]));
  await makeDue();
  await Promise.all([tick(), tick()]);
  for (const id of orders) {
    const parcel = await statusesOf(id);
    if (parcel) expect(parcel).toEqual({ status: 'CANCELLED', events: ['PREPARING'] });
    expect((await progressOf(id)).prepared).toBe(0);
  }
  expect((await announced()).flat().filter(({ status }) => !['PREPARING', 'CANCELLED'].includes(status))).toEqual([]);
});

test('27: stopping while the carrier fetches: either it is stopped, or it left and the caller is told', async () => {
  const orders = someOrders(40);
  await Promise.all(orders.map((id) => prepare(id)));
  await makeDue();
  const stopping = orders.map(cancelFulfillments);
  await Promise.race(stopping);
  await Promise.all([tick(), tick()]);
  const answers = await Promise.all(stopping);
  expect(new Set(answers)).toEqual(new Set([true, false]));
  await carryUntilDelivered();
  for (const [i, id] of orders.entries()) {
    expect(await statusesOf(id)).toEqual(
      answers[i] ? { status: 'CANCELLED', events: ['PREPARING'] } : { status: 'DELIVERED', events: WAY },
    );
  }
});

test('two carriers at once move 300 parcels: each status once, and no event tells of more than 200', async () => {
  const orders = someOrders(300);
  await Promise.all(orders.map((id) => prepare(id)));
  await makeDue();
  await Promise.all([carryUntilDelivered(), carryUntilDelivered()]);

  const rows = await database.prisma.trackingEvent.findMany({ orderBy: [{ at: 'asc' }, { status: 'asc' }] });
  expect(rows).toHaveLength(1_200);
  const parcels = await database.prisma.fulfillment.findMany();
  for (const { id, status, shippedAt, deliveredAt } of parcels) {
    const mine = rows.filter(({ fulfillmentId }) => fulfillmentId === id);
    expect(mine.map((row) => row.status)).toEqual(WAY);
    expect({ status, shippedAt, deliveredAt }).toEqual({
      status: 'DELIVERED',
      shippedAt: mine[1]?.at,
      deliveredAt: mine[3]?.at,
    });
  }
  for (const consumer of CONSUMERS) {
    const events = await announced(consumer);
    expect(Math.max(...events.map((moves) => moves.length))).toBeLessThanOrEqual(200);
    const told = events.flat().map((move) => `${move.fulfillmentId} ${move.status}`);
    expect(told.sort()).toEqual(rows.map((row) => `${row.fulfillmentId} ${row.status}`).sort());
  }
});

test('a tick takes 200 parcels and says that there are more', async () => {
  await Promise.all(someOrders(250).map((id) => prepare(id)));
  // Far enough away that no second leg falls due while this looks.
  await database.prisma.$executeRaw`UPDATE fulfillment SET next_move_at = CASE WHEN ctid IN
    (SELECT ctid FROM fulfillment LIMIT 240) THEN now() ELSE now() + interval '1 hour' END`;
  expect(await tick()).toBe(true);
  const left = await database.prisma.fulfillment.count({ where: { status: 'PREPARING' } });
  expect(left).toBe(50);
});

test('however fast the carrier goes, without parcels it asks 50 times a second at most', async () => {
  const run = vi.spyOn(PipelinedConnections.prototype, 'run');
  const carrier = demoCarrier.startWork();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await carrier.stop();
  const ticks = run.mock.calls.length;
  run.mockRestore();
  expect(ticks).toBeGreaterThan(3);
  expect(ticks).toBeLessThan(27);
});

test('the carrier works by itself until it is stopped', async () => {
  const carrier = demoCarrier.startWork();
  await prepare('ord_1');
  await expect.poll(() => statusesOf('ord_1')).toEqual({ status: 'DELIVERED', events: WAY });
  await carrier.stop();
  await prepare('ord_2');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await statusesOf('ord_2')).toEqual({ status: 'PREPARING', events: ['PREPARING'] });
});

test('39: without a grant of this order, in time, its parcels are null, as those of an order that is not', async () => {
  await prepare('ord_1');
  const [expires, signature] = makeAccessGrant('ord_1').split('.');
  const later = (Number.parseInt(expires!, 36) + 1).toString(36);
  for (const grant of [
    undefined,
    null,
    '',
    '.',
    `${expires}.`,
    `${later}.${signature}`,
    `${expires}.${signature!.slice(0, -1)}`,
    makeAccessGrant('ord_2'),
    makeAccessGrant('ord_1', Date.now() - 121_000),
  ]) {
    expect(await fulfillmentsOf('ord_1', grant), String(grant)).toBeNull();
    expect(await fulfillmentsOf('ord_none', grant), String(grant)).toBeNull();
  }
  expect(await fulfillmentsOf('ord_none', makeAccessGrant('ord_none'))).toEqual([]);
});

test('who holds the grant sees where the parcel is and what is in it, by one statement for many orders', async () => {
  await Promise.all(['ord_1', 'ord_2', 'ord_3'].map((id) => prepare(id)));
  await carryUntilDelivered();
  const run = vi.spyOn(PipelinedConnections.prototype, 'run');
  const grants = ['ord_1', 'ord_2', 'ord_3'].map((id) => ({
    __typename: 'Order',
    id,
    accessGrant: makeAccessGrant(id),
  }));
  const [first] = await entities(grants);
  expect(run.mock.calls.map(([name]) => name)).toEqual(['shipping.of-orders']);
  run.mockRestore();
  expect(first?.fulfillments).toEqual([
    {
      id: expect.stringMatching(/^ful_/),
      status: 'DELIVERED',
      carrier: 'Demo carrier',
      trackingNumber: expect.stringMatching(/^DC\d{10}$/),
      trackingUrl: null,
      labelUrl: null,
      trouble: null,
      estimatedDelivery: expect.stringMatching(/Z$/),
      shippedAt: expect.stringMatching(/Z$/),
      deliveredAt: expect.stringMatching(/Z$/),
      events: [
        ['PREPARING', 'Packed at the workshop', 'Leipzig', 51.34, 12.37],
        ['SHIPPED', 'Sorted at the hub', 'Kassel', 51.31, 9.49],
        ['OUT_FOR_DELIVERY', 'On the van', 'Hamburg', expect.closeTo(53.37), expect.closeTo(9.81)],
        ['DELIVERED', 'Handed over', 'Hamburg', 53.55, 9.99],
      ].map(([status, message, place, latitude, longitude]) => ({
        status,
        message,
        place,
        latitude,
        longitude,
        at: expect.stringMatching(/Z$/),
      })),
      lines: [
        {
          quantity: 2,
          line: {
            id: 'ord_1-line',
            accessGrant: grants[0]?.accessGrant,
            title: 'Stoneware cup',
            sku: 'CUP-1',
            quantity: 2,
            imageUrl: null,
            options: [{ name: 'Color', value: 'Sand' }],
            variant: { id: 'var_ord_1-line' },
          },
        },
      ],
    },
  ]);
});

test('only other subgraphs may stop parcels', async () => {
  const stop = (caller: string) => askInside(fulfillmentsCancel.query, { orderId: 'ord_1' }, caller);
  await prepare('ord_1');
  expect((await stop('router')).errors?.[0]?.message).toBe('This field is for subgraphs.');
  expect((await statusesOf('ord_1'))?.status).toBe('PREPARING');
  expect((await stop('orders')).data).toEqual({ fulfillmentsCancel: { cancelled: true } });
  expect((await statusesOf('ord_1'))?.status).toBe('CANCELLED');
});
