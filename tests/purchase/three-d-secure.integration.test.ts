import { afterAll, beforeAll, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { sweep } from '#platform/saga/saga.ts';
import { checkoutSaga } from '#subgraphs/orders/checkout/checkout.saga.ts';
import { answerChallenge } from '#subgraphs/payments/provider/test/test-provider.ts';
import { type Desk, openDesk, type Placing } from './desk.ts';
import { variantOf } from './neighbors.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const CONFIRM = `mutation($input: OrderPaymentConfirmInput!) { orderPaymentConfirm(input: $input) {
  order { status paymentStatus nextAction { type } paymentDueAt } userErrors { code } } }`;

interface Confirmed {
  order: { status: string; paymentStatus: string; nextAction: object | null; paymentDueAt: string | null } | null;
  userErrors: { code: string }[];
}

async function placeWith3ds() {
  const cart = desk.neighbors.fillCart();
  const input = { cartId: cart.id, idempotencyKey: cart.id, token: 'pm_card_threeDSecure2Required' };
  const placed = await desk.place(input);
  const id = placed.order!.id;
  const url = new URL(placed.nextAction!.url);
  return {
    ...{ cart, input, placed, id },
    answer: (approved: boolean) =>
      answerChallenge(url.searchParams.get('payment')!, url.searchParams.get('secret')!, approved),
    confirm: async () => {
      const { data } = await desk.ask<{ orderPaymentConfirm: Confirmed }>(CONFIRM, {
        input: { orderId: id, accessToken: placed.accessToken },
      });
      return data!.orderPaymentConfirm;
    },
    read: async () =>
      (
        await desk.ask<{ order: Confirmed['order'] }>(
          'query($id: ID!, $t: String) { order(id: $id, accessToken: $t) { status paymentStatus nextAction { type } paymentDueAt } }',
          { id, t: placed.accessToken },
        )
      ).data?.order,
    overdue: () => desk.sql('orders', "UPDATE saga SET due_at = now() - interval '1 second' WHERE id = $1", [id]),
  };
}

const held = async (id: string) =>
  (
    await desk.sql<{ status: string }>('payments', 'SELECT status FROM test_intent WHERE idempotency_key = $1', [id])
  ).map(({ status }) => status);

const sweepOnce = () =>
  sweep(checkoutSaga((viewer) => new Context('orders', desk.asking, { viewer, caller: 'orders' })));

test('17: the order waits for the shopper, also after a reload, and a replay answers the same', async () => {
  const { placed, input, read, confirm, cart } = await placeWith3ds();
  expect(placed).toMatchObject({
    order: { status: 'PENDING_PAYMENT', paymentStatus: 'REQUIRES_ACTION' },
    nextAction: { type: 'redirect_to_url' },
    userErrors: [],
  });
  expect(await desk.place(input)).toEqual(placed);
  expect(await read()).toMatchObject({ nextAction: { type: 'redirect_to_url' }, paymentDueAt: expect.any(String) });
  const due = (await read())?.paymentDueAt;
  const early = await confirm();
  expect(early).toMatchObject({ order: { status: 'PENDING_PAYMENT' }, userErrors: [{ code: 'PAYMENT_PENDING' }] });
  expect((await read())?.paymentDueAt).toBe(due);
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(98);
  const other: Placing = await desk.place({ cartId: cart.id });
  expect(other).toMatchObject({ order: { id: placed.order!.id }, userErrors: [{ code: 'CART_CLOSED' }] });
});

test('17: once approved it is confirmed, once, however many ask at the same time', async () => {
  const { answer, confirm, id, cart } = await placeWith3ds();
  await answer(true);
  const answers = await Promise.all(Array.from({ length: 5 }, () => confirm()));
  for (const each of answers)
    expect(each).toEqual({
      order: { status: 'CONFIRMED', paymentStatus: 'AUTHORIZED', nextAction: null, paymentDueAt: null },
      userErrors: [],
    });
  expect(await held(id)).toEqual(['requires_capture']);
  expect(cart.status).toBe('CLOSED');
  const events = await desk.sql('orders', 'SELECT type FROM order_event WHERE order_id = $1 ORDER BY seq', [id]);
  expect(events).toEqual(['order.placed', 'payment.requires-action', 'order.confirmed'].map((type) => ({ type })));
});

test('17: refused by the bank: the order is cancelled, everything is free again, also when asked twice', async () => {
  const { answer, confirm, id, cart, input, read } = await placeWith3ds();
  await answer(false);
  const answers = await Promise.all([confirm(), confirm(), confirm()]);
  expect(answers.map(({ userErrors }) => userErrors)).toEqual(Array(3).fill([{ code: 'PAYMENT_DECLINED' }]));
  expect(await confirm()).toMatchObject({ userErrors: [{ code: 'PAYMENT_DECLINED' }] });
  expect(await held(id)).toEqual(['requires_payment_method']);
  expect(cart.status).toBe('OPEN');
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
  // It was shown to the shopper: so it stays to be seen.
  expect(await read()).toEqual({ status: 'CANCELLED', paymentStatus: 'VOIDED', nextAction: null, paymentDueAt: null });
  expect((await desk.place({ ...input, token: 'pm_card_visa' })).order?.status).toBe('CONFIRMED');
});

test('17: abandoned, it is cancelled when its time is over, and an approval after that holds nothing', async () => {
  const { answer, confirm, id, cart, overdue, read } = await placeWith3ds();
  await sweepOnce();
  expect((await read())?.status).toBe('PENDING_PAYMENT');
  await overdue();
  await sweepOnce();
  expect((await read())?.status).toBe('CANCELLED');
  expect(cart.status).toBe('OPEN');
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
  await answer(true);
  expect(await held(id)).toEqual(['canceled']);
  expect(await confirm()).toMatchObject({ userErrors: [{ code: 'PAYMENT_REQUIRED' }] });
});

test('approved in time by a shopper who never came back: confirmed when its time is over', async () => {
  const { answer, id, overdue, read } = await placeWith3ds();
  await answer(true);
  await overdue();
  await sweepOnce();
  expect(await read()).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'AUTHORIZED' });
  expect(await held(id)).toEqual(['requires_capture']);
});

test('the sweeper and the shopper at the same moment: one end, and money only where the order stands', async () => {
  for (let round = 0; round < 5; round++) {
    const { answer, confirm, id, overdue, read } = await placeWith3ds();
    await overdue();
    await Promise.all([answer(true), confirm().catch(() => null), sweepOnce(), sweepOnce()]);
    await expect
      .poll(
        async () => {
          await sweepOnce();
          return (await read())?.status;
        },
        { timeout: 10_000 },
      )
      .toMatch(/CONFIRMED|CANCELLED/);
    const stands = (await read())?.status === 'CONFIRMED';
    await expect.poll(() => held(id)).toEqual([stands ? 'requires_capture' : 'canceled']);
  }
});

test('12: an order that is paid when its reservation may be over has shipping ask what is there', async () => {
  const [soon, late] = [await placeWith3ds(), await placeWith3ds()];
  await desk.sql('orders', "UPDATE orders SET placed_at = now() - interval '16 minutes' WHERE id = $1", [late.id]);
  for (const { answer, confirm } of [soon, late]) {
    await answer(true);
    expect(await confirm()).toMatchObject({ order: { status: 'CONFIRMED' } });
  }
  const paid = (await desk.deliver()).filter(({ topic }) => topic === 'orders.order-paid.v1');
  const told = new Map(
    paid
      .map(({ payload }) => payload as { orderId: string; backordered: boolean })
      .map((each) => [each.orderId, each.backordered]),
  );
  expect([soon, late].map(({ id }) => told.get(id))).toEqual([false, true]);
});
