import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { cancelFulfillments } from './cancel-fulfillments.ts';
import { tick } from './carriers/demo-carrier.ts';
import { fulfillmentsHold, fulfillmentsResume } from './contracts/fulfillments-hold.ts';
import { database } from './database.ts';
import { holdFulfillments, resumeFulfillments } from './hold-fulfillments.ts';
import {
  ask,
  askInside,
  clearDesk,
  line,
  linesOf,
  makeDue,
  movesOf,
  parcelsOf,
  prepare,
  progressOf,
  someOrders,
} from './testing/shipping-desk.ts';

vi.mock('./config.ts', () => ({
  shippingConfig: { carrierSpeed: 1_000, isAutomatic: true, easyPost: null, publicUrl: 'http://localhost:5700' },
}));

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(() => clearDesk());

const hold = (orderId: string, editId = 'edit_1') => holdFulfillments({ orderId, editId });
const resume = (orderId: string, lines: ReturnType<typeof line>[] | null = null, editId = 'edit_1') =>
  resumeFulfillments({ orderId, editId, lines });
const fetch = async () => {
  await makeDue();
  await tick();
};
const statuses = async (orderId: string) => (await parcelsOf(orderId)).map(({ status }) => status);

test('a held order does not leave, and goes on when it is resumed', async () => {
  await prepare('ord_1');
  expect(await hold('ord_1')).toBe(true);
  expect(await hold('ord_1')).toBe(true);
  expect(await hold('ord_1', 'edit_2')).toBe(false);
  await fetch();
  expect(await statuses('ord_1')).toEqual(['PREPARING']);
  expect(await resume('ord_1')).toBe(true);
  expect(await resume('ord_1')).toBe(true);
  // A repetition that was under way for long holds no more.
  expect(await hold('ord_1')).toBe(true);
  await fetch();
  expect(await statuses('ord_1')).toEqual(['SHIPPED']);
  expect(await hold('ord_1', 'edit_2')).toBe(false);
});

test('an order edited while it is held is sent as edited', async () => {
  await prepare('ord_1', [line('a', 3), line('b', 2)]);
  await hold('ord_1');
  expect(await resume('ord_1', [line('a', 1), line('c', 4)])).toBe(true);
  expect(await resume('ord_1', [line('a', 9)])).toBe(true);
  expect(await linesOf('ord_1')).toEqual(expect.arrayContaining(['a 1/1', 'b 0/0', 'c 4/4']));
  expect(await statuses('ord_1')).toEqual(['CANCELLED', 'PREPARING']);
  expect((await movesOf('ord_1')).map(({ status, progress }) => [status, progress.ordered, progress.prepared])).toEqual(
    [
      ['PREPARING', 5, 5],
      ['CANCELLED', 5, 0],
      ['PREPARING', 5, 5],
    ],
  );
  expect((await movesOf('ord_1'))[2]?.lines).toEqual([
    { lineId: 'a', variantId: 'var_a', quantity: 1 },
    { lineId: 'c', variantId: 'var_c', quantity: 4 },
  ]);
  await fetch();
  expect(await statuses('ord_1')).toEqual(['CANCELLED', 'SHIPPED']);
});

test('an order held before it is paid becomes a parcel when it is resumed, of its newest lines', async () => {
  expect(await hold('ord_1')).toBe(true);
  await prepare('ord_1', [line('a', 3)]);
  expect(await statuses('ord_1')).toEqual([]);
  await resume('ord_1');
  expect(await linesOf('ord_1')).toEqual(['a 3/3']);

  // The payment's news was made before the edit and comes after it.
  await hold('ord_2');
  await resume('ord_2', [line('a', 1)]);
  expect(await statuses('ord_2')).toEqual([]);
  await prepare('ord_2', [line('a', 3)]);
  expect(await linesOf('ord_2')).toEqual(['a 1/1']);
  expect(await statuses('ord_2')).toEqual(['PREPARING']);
});

test('an edit that does not hold the order changes nothing of it', async () => {
  await prepare('ord_1', [line('a', 3)]);
  expect(await resume('ord_1', [line('a', 1)])).toBe(false);
  expect(await linesOf('ord_1')).toEqual(['a 3/3']);
  // The undo of a hold that has not arrived yet keeps it from holding.
  expect(await resume('ord_1', null, 'edit_2')).toBe(true);
  expect(await hold('ord_1', 'edit_2')).toBe(true);
  await fetch();
  expect(await statuses('ord_1')).toEqual(['SHIPPED']);
});

test('27: an order may be cancelled while an edit holds it, and stays so', async () => {
  await prepare('ord_1');
  await hold('ord_1');
  expect(await cancelFulfillments('ord_1')).toBe(true);
  expect(await resume('ord_1', [line('a', 1)])).toBe(false);
  expect(await hold('ord_1', 'edit_2')).toBe(false);
  await fetch();
  expect(await statuses('ord_1')).toEqual(['CANCELLED']);
});

test('holding while the carrier fetches, forty times: either it is held, or it left and the caller is told', async () => {
  const orders = someOrders(40);
  await Promise.all(orders.map((id) => prepare(id)));
  await makeDue();
  const holding = orders.map((id) => hold(id));
  await Promise.race(holding);
  await Promise.all([tick(), tick()]);
  const answers = await Promise.all(holding);
  await fetch();
  for (const [i, id] of orders.entries()) {
    const [status] = await statuses(id);
    if (answers[i]) expect(status).toBe('PREPARING');
    else expect(status).not.toBe('PREPARING');
  }
  expect(new Set(answers)).toEqual(new Set([true, false]));
});

test('paying, holding and resuming with new lines at once, thirty times: one whole parcel of one or the other', async () => {
  const orders = someOrders(30);
  const answers = await Promise.all(
    orders.map(async (id) => {
      const [, edited] = await Promise.all([
        prepare(id, [line('a', 3)]),
        hold(id).then((held) => held && resume(id, [line('a', 1)])),
        tick(),
      ]);
      return edited;
    }),
  );
  for (const [i, id] of orders.entries()) {
    // The carrier may have been quicker than the edit.
    const [ordered, left] = answers[i] ? [1, 'PREPARING'] : [3, 'SHIPPED'];
    expect(await linesOf(id)).toEqual([`a ${ordered}/${ordered}`]);
    const parcels = (await statuses(id)).filter((status) => status !== 'CANCELLED');
    expect(parcels).toHaveLength(1);
    if (left === 'SHIPPED') expect(parcels).not.toEqual(['PREPARING']);
    expect(await progressOf(id)).toMatchObject({ ordered, prepared: ordered });
  }
  expect(await database.prisma.dispatch.count({ where: { heldBy: { not: null } } })).toBe(0);
});

test('only other subgraphs may hold and resume', async () => {
  await prepare('ord_1');
  const input = { orderId: 'ord_1', editId: 'edit_1' };
  expect((await ask(fulfillmentsHold.query, { input })).errors?.[0]?.message).toBe('This field is for subgraphs.');
  expect((await askInside(fulfillmentsHold.query, { input })).data).toEqual({ fulfillmentsHold: { held: true } });
  const edited = { input: { ...input, lines: [line('a', 1)] } };
  expect((await ask(fulfillmentsResume.query, edited)).errors?.[0]?.message).toBe('This field is for subgraphs.');
  expect((await askInside(fulfillmentsResume.query, edited)).data).toEqual({ fulfillmentsResume: { resumed: true } });
  expect(await linesOf('ord_1')).toEqual(expect.arrayContaining(['a 1/1']));
});
