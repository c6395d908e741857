import { afterAll, beforeAll, expect, test } from 'vitest';
import { paymentSettled } from '#subgraphs/payments/contracts/payments.events.ts';
import { answerChallenge } from '#subgraphs/payments/provider/test/test-provider.ts';
import { type Desk, openDesk } from './desk.ts';
import { variantOf } from './neighbors.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function waiting() {
  const cart = desk.neighbors.fillCart();
  const { order, nextAction } = await desk.place({ cartId: cart.id, token: 'pm_card_threeDSecure2Required' });
  const query = new URL(nextAction!.url).searchParams;
  const answer = (approved: boolean) => answerChallenge(query.get('payment')!, query.get('secret')!, approved);
  return { cart, id: order!.id, answer };
}

const tell = (orderId: string, outcome: 'AUTHORIZED' | 'FAILED', times: number) => {
  const event = paymentSettled({ orderId, outcome });
  return Promise.all(Array.from({ length: times }, () => desk.hand('orders-resume-checkout', event)));
};

const typesOf = async (id: string) =>
  (
    await desk.sql<{ type: string }>('orders', 'SELECT type FROM order_event WHERE order_id = $1 ORDER BY seq', [id])
  ).map(({ type }) => type);

test('17, 19: the shopper paid at the bank and never came back: the news confirms the order, fifty times at once as well', async () => {
  const { id, answer } = await waiting();
  await answer(true);
  await tell(id, 'AUTHORIZED', 50);
  const confirmed = ['order.placed', 'payment.requires-action', 'order.confirmed'];
  expect(await typesOf(id)).toEqual(confirmed);
  await tell(id, 'AUTHORIZED', 3);
  expect(await typesOf(id)).toEqual(confirmed);
});

test('17: refused at the bank: the order is cancelled, stock and cart are free', async () => {
  const { cart, id, answer } = await waiting();
  await answer(false);
  await tell(id, 'FAILED', 5);
  expect((await typesOf(id)).at(-1)).toBe('order.cancelled');
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
  expect(desk.neighbors.carts.get(cart.id)?.status).toBe('OPEN');
});

test('19: news that comes before the bank has its answer, or of no order, changes nothing', async () => {
  const { id } = await waiting();
  await tell(id, 'AUTHORIZED', 3);
  await tell('ord_nowhere', 'AUTHORIZED', 1);
  expect(await typesOf(id)).toEqual(['order.placed', 'payment.requires-action']);
});
