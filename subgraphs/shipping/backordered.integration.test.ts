import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { orderPaid } from '#subgraphs/orders/contracts/orders.events.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { cancelFulfillments } from './cancel-fulfillments.ts';
import { fulfillmentsHold, fulfillmentsResume } from './contracts/fulfillments-hold.ts';
import { createFulfillment } from './create-fulfillment.ts';
import { database } from './database.ts';
import { sendArrived } from './dispatch/send-arrived.ts';
import { brokenShippingInvariants } from './shipping-audit.ts';
import {
  askInside,
  clearDesk,
  context,
  goodsAwaited,
  hear,
  inventoryAsked,
  line,
  linesOf,
  meanwhile,
  movesOf,
  paid,
  parcelsOf,
  progressOf,
  STAFF,
  someOrders,
} from './testing/shipping-desk.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(async () => {
  await clearDesk();
  goodsAwaited.splice(0);
  inventoryAsked.splice(0);
});

/** What each parcel of an order holds, e.g. `2 a, 1 b`. */
const contents = async (orderId: string) =>
  (
    await database.prisma.fulfillment.findMany({
      where: { orderId, status: { not: 'CANCELLED' } },
      orderBy: { createdAt: 'asc' },
    })
  ).map(({ contents }) =>
    (contents as { lineId: string; quantity: number }[])
      .map(({ lineId, quantity }) => `${quantity} ${lineId}`)
      .join(', '),
  );
const wait = (orderId: string, variantId: string, quantity: number) => {
  const at = goodsAwaited.findIndex((each) => each.orderId === orderId && each.variantId === variantId);
  if (at >= 0) goodsAwaited.splice(at, 1);
  if (quantity > 0) goodsAwaited.push({ orderId, variantId, quantity });
};
const send = () => sendArrived(context(null, 'shipping'));
const buy = (orderId: string, lines = [line('a', 2), line('b', 5)]) =>
  hear(orderPaid({ ...paid(orderId, lines), backordered: true }));

test('12: what is there goes out, and the rest when it comes, bit by bit', async () => {
  wait('ord_1', 'var_b', 4);
  await buy('ord_1');
  expect(await contents('ord_1')).toEqual(['2 a, 1 b']);
  expect(await progressOf('ord_1')).toMatchObject({ ordered: 7, prepared: 3 });
  expect(await send()).toEqual(['ord_1']);
  expect(await contents('ord_1')).toHaveLength(1);

  wait('ord_1', 'var_b', 3);
  await send();
  wait('ord_1', 'var_b', 0);
  await send();
  expect(await contents('ord_1')).toEqual(['2 a, 1 b', '1 b', '3 b']);
  expect(await linesOf('ord_1')).toEqual(['a 2/2', 'b 5/5']);
  expect((await movesOf('ord_1')).map(({ status, progress }) => [status, progress.prepared])).toEqual([
    ['PREPARING', 3],
    ['PREPARING', 4],
    ['PREPARING', 7],
  ]);
  expect(await send()).toEqual([]);
  expect(await brokenShippingInvariants(new Date(0), new Date(Date.now() + 60_000))).toEqual([]);
});

test('12: an order of which nothing is there waits as a whole; one whose goods came before it was paid does not', async () => {
  wait('ord_1', 'var_a', 2);
  wait('ord_1', 'var_b', 5);
  await Promise.all([buy('ord_1'), buy('ord_2')]);
  expect([await contents('ord_1'), await contents('ord_2')]).toEqual([[], ['2 a, 5 b']]);
  goodsAwaited.splice(0);
  await send();
  expect(await contents('ord_1')).toEqual(['2 a, 5 b']);
});

test('orders that wait for nothing ask inventory nothing, and cost one statement for all of them', async () => {
  await hear(...someOrders(20).map((orderId) => orderPaid(paid(orderId))));
  await send();
  expect(inventoryAsked).toEqual([]);
  expect(await database.prisma.fulfillment.count()).toBe(20);
});

test('26: ten senders at once send what came once', async () => {
  const orders = someOrders(10);
  for (const orderId of orders) wait(orderId, 'var_b', 5);
  await hear(...orders.map((orderId) => orderPaid({ ...paid(orderId, [line('b', 5)]), backordered: true })));
  goodsAwaited.splice(0);
  await Promise.all(Array.from({ length: 10 }, send));
  for (const orderId of orders) expect(await contents(orderId)).toEqual(['5 b']);
});

test('27: an order that is cancelled while it waits is never sent', async () => {
  wait('ord_1', 'var_a', 2);
  await buy('ord_1', [line('a', 2)]);
  expect(await cancelFulfillments('ord_1')).toBe(true);
  goodsAwaited.splice(0);
  await send();
  expect(await parcelsOf('ord_1')).toEqual([]);
  expect(await send()).toEqual([]);
});

test('staff may send what waits by hand, and it is not sent again', async () => {
  wait('ord_1', 'var_b', 5);
  await buy('ord_1');
  await createFulfillment(context(STAFF), { orderId: 'ord_1', idempotencyKey: 'by-hand' });
  expect(await contents('ord_1')).toEqual(['2 a', '5 b']);
  goodsAwaited.splice(0);
  await send();
  expect(await contents('ord_1')).toHaveLength(2);
});

test('an order that is edited waits for what its new lines wait for, and nothing goes while it is', async () => {
  wait('ord_1', 'var_b', 5);
  await buy('ord_1');
  const edit = { orderId: 'ord_1', editId: 'edit_1' };
  await askInside(fulfillmentsHold.query, { input: edit });
  wait('ord_1', 'var_b', 0);
  wait('ord_1', 'var_c', 1);
  await send();
  expect(await contents('ord_1')).toEqual(['2 a']);
  const lines = [line('a', 1), line('b', 5), line('c', 3)];
  expect((await askInside(fulfillmentsResume.query, { input: { ...edit, lines } })).errors).toBeUndefined();
  expect(await contents('ord_1')).toEqual(['1 a, 5 b, 2 c']);
  wait('ord_1', 'var_c', 0);
  await send();
  expect(await contents('ord_1')).toEqual(['1 a, 5 b, 2 c', '1 c']);
});

test('what inventory said before an order was edited lets nothing go that the edit added', async () => {
  wait('ord_1', 'var_b', 5);
  await buy('ord_1');
  const edit = { orderId: 'ord_1', editId: 'edit_1' };
  await askInside(fulfillmentsHold.query, { input: edit });
  wait('ord_1', 'var_b', 0);
  meanwhile.push(async () => {
    wait('ord_1', 'var_c', 3);
    const lines = [line('a', 2), line('b', 5), line('c', 3)];
    await askInside(fulfillmentsResume.query, { input: { ...edit, lines } });
  });
  await send();
  expect(await contents('ord_1')).toEqual(['2 a, 5 b']);
  await send();
  expect(await contents('ord_1')).toHaveLength(1);
});
