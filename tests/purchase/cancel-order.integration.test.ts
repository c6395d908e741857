import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { answerChallenge } from '#subgraphs/payments/provider/test/test-provider.ts';
import { customer, type Desk, openDesk } from './desk.ts';
import { variantOf } from './neighbors.ts';

let desk: Desk;
let sweeping: Running | null = null;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
afterEach(async () => {
  desk.onAsk = null;
  await sweeping?.stop();
  sweeping = null;
});

const CANCEL = `mutation($input: OrderCancelInput!) { orderCancel(input: $input) {
  order { status paymentStatus canCancel cost { refunded { amount } } history { type message } } userErrors { code path } } }`;

interface Cancelled {
  order: {
    status: string;
    paymentStatus: string;
    canCancel: boolean;
    cost: { refunded: { amount: string } };
    history: { type: string; message: string }[];
  } | null;
  userErrors: { code: string; path: string[] | null }[];
}

async function buy(paid = false) {
  const cart = desk.neighbors.fillCart();
  const { order, accessToken } = await desk.place({ cartId: cart.id });
  if (paid) await desk.deliver();
  const cancel = async (more: object = {}, viewer = null as Parameters<Desk['ask']>[2]) => {
    const input = { orderId: order!.id, accessToken, ...more };
    return (await desk.ask<{ orderCancel: Cancelled }>(CANCEL, { input }, viewer)).data!.orderCancel;
  };
  return { cart, id: order!.id, cancel };
}

const money = async (id: string) =>
  (
    await desk.sql<{ status: string; refunded: string }>(
      'payments',
      'SELECT status, refunded FROM test_intent WHERE idempotency_key = $1',
      [id],
    )
  )[0];
const announced = async (id: string, topic: string) =>
  (
    await desk.sql<{ payload: object }>(
      'orders',
      "SELECT DISTINCT payload FROM outbox WHERE topic = $2 AND payload ->> 'orderId' = $1",
      [id, topic],
    )
  ).map(({ payload }) => payload);
const statusOf = async (id: string) =>
  (await desk.sql<{ status: string }>('orders', 'SELECT status FROM orders WHERE id = $1', [id]))[0]?.status;
const sagaOf = async (id: string) =>
  (await desk.sql<{ state: string }>('orders', "SELECT state FROM saga WHERE id = $1 AND name = 'cancel'", [id]))[0]
    ?.state;

test('27: before it is paid: money and stock go back, once, however many ask at once', async () => {
  const { cart, id, cancel } = await buy();
  const answers = await Promise.all([cancel({ reason: 'changed my mind' }), cancel(), cancel(), cancel()]);
  for (const { order, userErrors } of [...answers, await cancel()]) {
    expect(userErrors).toEqual([]);
    expect(order).toMatchObject({ status: 'CANCELLED', paymentStatus: 'VOIDED', canCancel: false });
    expect(order?.history.filter(({ type }) => type === 'order.cancelled')).toHaveLength(1);
  }
  expect(await sagaOf(id)).toBe('DONE');
  expect(await money(id)).toEqual({ status: 'canceled', refunded: '0' });
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
  expect(desk.neighbors.stopped.has(id)).toBe(true);
});

test('11, 27: after it is paid: refunded whole, and what was announced before changes nothing', async () => {
  const { cart, id, cancel } = await buy(true);
  const { order } = await cancel();
  expect(order).toMatchObject({
    status: 'CANCELLED',
    paymentStatus: 'REFUNDED',
    cost: { refunded: { amount: '44.90' } },
  });
  expect(await money(id)).toEqual({ status: 'succeeded', refunded: '4490' });
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
});

test('captured, but not heard of yet: it ends as refunded, and shipping is never asked to start', async () => {
  const { id, cancel } = await buy();
  const rows = await desk.sql<{ id: string; topic: string; payload: object }>(
    'orders',
    "SELECT * FROM outbox WHERE payload ->> 'orderId' = $1 AND consumer = 'payments-capture'",
    [id],
  );
  await desk.hand('payments-capture', { ...rows[0]!, id: rows[0]!.id.split('-')[0]! });
  const { order } = await cancel();
  expect(order).toMatchObject({
    status: 'CANCELLED',
    paymentStatus: 'REFUNDED',
    cost: { refunded: { amount: '44.90' } },
  });
  expect(await money(id)).toEqual({ status: 'succeeded', refunded: '4490' });
  const delivered = await desk.deliver();
  expect(
    delivered.filter(
      ({ consumer, payload }) => consumer === 'shipping-prepare-parcel' && JSON.stringify(payload).includes(id),
    ),
  ).toEqual([]);
  expect(
    (
      await desk.sql(
        'orders',
        'SELECT version, (SELECT count(*)::int FROM order_event WHERE order_id = id) AS events FROM orders WHERE id = $1',
        [id],
      )
    )[0],
  ).toEqual({ version: 4, events: 4 });
});

test('27: after the parcel has left it is refused, and nothing changes; refused once, it may be tried again', async () => {
  const { cart, id, cancel } = await buy(true);
  desk.neighbors.left.add(id);
  for (let i = 0; i < 2; i++)
    expect(await cancel()).toEqual({
      order: null,
      userErrors: [{ code: 'INVALID_TRANSITION', path: ['input', 'orderId'] }],
    });
  expect(await statusOf(id)).toBe('CONFIRMED');
  expect(await money(id)).toEqual({ status: 'succeeded', refunded: '0' });
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(98);
  desk.neighbors.left.delete(id);
  expect((await cancel()).order?.status).toBe('CANCELLED');
});

test('17: an order that waits for its payment is given up at once: stock and cart are free, nothing is charged, the shopper is told', async () => {
  const cart = desk.neighbors.fillCart();
  const { order, accessToken } = await desk.place({ cartId: cart.id, token: 'pm_card_threeDSecure2Required' });
  const input = { orderId: order!.id, accessToken };
  const answers = await Promise.all([1, 2, 3].map(() => desk.ask<{ orderCancel: Cancelled }>(CANCEL, { input })));
  for (const { data } of answers)
    expect(data?.orderCancel).toMatchObject({
      order: { status: 'CANCELLED', paymentStatus: 'VOIDED', canCancel: false },
      userErrors: [],
    });
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
  expect(desk.neighbors.carts.get(cart.id)?.status).toBe('OPEN');
  expect(await money(order!.id)).toMatchObject({ status: 'canceled' });
  expect(await announced(order!.id, 'orders.order-cancelled.v1')).toEqual([
    { orderId: order!.id, number: order!.number, customerId: null, reason: 'It was not paid.' },
  ]);
});

test('17: paid at the bank just before it is given up: it becomes an order, is cancelled, and the money goes back', async () => {
  const cart = desk.neighbors.fillCart();
  const { order, accessToken, nextAction } = await desk.place({
    cartId: cart.id,
    token: 'pm_card_threeDSecure2Required',
  });
  const url = new URL(nextAction!.url);
  await answerChallenge(url.searchParams.get('payment')!, url.searchParams.get('secret')!, true);
  const input = { orderId: order!.id, accessToken };
  const { data } = await desk.ask<{ orderCancel: Cancelled }>(CANCEL, { input });
  expect(data?.orderCancel.order).toMatchObject({ status: 'CANCELLED', paymentStatus: 'VOIDED' });
  expect(data?.orderCancel.order?.history.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['order.confirmed', 'order.cancelled']),
  );
  expect(await money(order!.id)).toEqual({ status: 'canceled', refunded: '0' });
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
});

test("27: staff cancels with a reason, of which history, mail and the customer's notices tell; who may only read may not", async () => {
  const cart = desk.neighbors.fillCart({ customerId: 'cus_owner' });
  const { order } = await desk.place({ cartId: cart.id }, customer('cus_owner'));
  const input = { orderId: order!.id, reason: 'Out of\u0000 print' };
  const reader = await desk.ask(CANCEL, { input }, customer('cus_reader', 'orders:read'));
  expect(reader.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  expect(await statusOf(order!.id)).toBe('CONFIRMED');
  const { data } = await desk.ask<{ orderCancel: Cancelled }>(CANCEL, { input }, customer('cus_staff', 'orders:write'));
  expect(data?.orderCancel.order).toMatchObject({ status: 'CANCELLED', canCancel: false });
  expect(data?.orderCancel.order?.history.at(-1)?.message).toBe('Order cancelled by the shop: Out of print');
  const told = { orderId: order!.id, number: order!.number, customerId: 'cus_owner' };
  expect(await announced(order!.id, 'orders.order-cancelled.v1')).toEqual([{ ...told, reason: 'Out of print' }]);
  expect(await announced(order!.id, 'orders.order-status-changed.v1')).toEqual([
    { ...told, status: 'CANCELLED', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) },
  ]);
  const actors = await desk.sql(
    'orders',
    "SELECT actor FROM order_event WHERE order_id = $1 AND type = 'order.cancelled'",
    [order!.id],
  );
  expect(actors).toEqual([{ actor: 'cus_staff' }]);
});

test("39: somebody else's order cannot be cancelled: the same answer as one that does not exist", async () => {
  const { id, cancel } = await buy();
  const nowhere = await cancel({ orderId: 'ord_nowhere' });
  expect(nowhere).toEqual({ order: null, userErrors: [{ code: 'ORDER_NOT_FOUND', path: ['input', 'orderId'] }] });
  expect(await cancel({ accessToken: null })).toEqual(nowhere);
  expect(await cancel({ accessToken: 'wrong' }, customer('cus_other'))).toEqual(nowhere);
  expect(await statusOf(id)).toBe('CONFIRMED');
});

test.each(['before', 'after'] as const)(
  '31: the network breaks %s each question: the sweeper brings it to its end',
  async (when) => {
    sweeping = desk.startSweeping();
    await Promise.all(
      ['fulfillmentsCancel', 'paymentVoid', 'stockRelease'].map(async (field) => {
        const { cart, id, cancel } = await buy();
        let broken = 0;
        const earlier = desk.onAsk;
        desk.onAsk = async (asked, at) => {
          await earlier?.(asked, at);
          if (asked.field === field && at === when && asked.variables.orderId === id && broken++ < 2)
            throw new SubgraphUnavailable('it', `broke ${when} ${field}`);
        };
        expect((await cancel()).order?.status).toBe('CANCELLED');
        await expect.poll(() => sagaOf(id), { timeout: 15_000 }).toBe('DONE');
        expect(broken).toBeGreaterThanOrEqual(3);
        expect(await money(id)).toEqual({ status: 'canceled', refunded: '0' });
        expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
      }),
    );
  },
);
