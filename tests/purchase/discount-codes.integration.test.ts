import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, openDesk } from './desk.ts';
import { variantOf } from './neighbors.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const ordersOf = (cartId: string) =>
  desk.sql<{ id: string; status: string; discount_codes: string[] }>(
    'orders',
    'SELECT id, status, discount_codes FROM orders WHERE cart_id = $1',
    [cartId],
  );
const held = (orderId: string) => desk.neighbors.redeemed.get(orderId);

test('an order holds the codes of its cart, and gives them back when it is cancelled', async () => {
  const cart = desk.neighbors.fillCart({ codes: ['WELCOME'] });
  const { order, accessToken } = await desk.place({ cartId: cart.id });
  expect(await ordersOf(cart.id)).toMatchObject([{ status: 'CONFIRMED', discount_codes: ['WELCOME'] }]);
  expect(held(order!.id)).toEqual(['WELCOME']);
  const { data } = await desk.ask(
    'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code } } }',
    { input: { orderId: order!.id, accessToken } },
  );
  expect(data).toEqual({ orderCancel: { order: { status: 'CANCELLED' }, userErrors: [] } });
  expect(held(order!.id)).toBeUndefined();
});

test('a code that was used up meanwhile refuses the order: nothing is held or charged, and the cart is open', async () => {
  desk.neighbors.usedUp.add('LAST-ONE');
  const cart = desk.neighbors.fillCart({ codes: ['LAST-ONE'] });
  const { order, userErrors } = await desk.place({ cartId: cart.id });
  expect([order, userErrors]).toEqual([
    null,
    [expect.objectContaining({ code: 'DISCOUNT_NOT_APPLICABLE', message: 'LAST-ONE is gone.' })],
  ]);
  expect(cart.status).toBe('OPEN');
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
  const [given] = await ordersOf(cart.id);
  expect(given!.status).toBe('CANCELLED');
  expect(await desk.sql('payments', 'SELECT 1 FROM test_intent WHERE idempotency_key = $1', [given!.id])).toEqual([]);
});

test('16: after a declined card the codes can be used again, and another card pays with them', async () => {
  const cart = desk.neighbors.fillCart({ codes: ['WELCOME'] });
  const declined = await desk.place({ cartId: cart.id, token: 'pm_card_chargeDeclined' });
  expect(declined.userErrors).toMatchObject([{ code: 'PAYMENT_DECLINED' }]);
  expect([...desk.neighbors.redeemed.keys()]).not.toContain((await ordersOf(cart.id))[0]!.id);
  const { order } = await desk.place({ cartId: cart.id });
  expect(held(order!.id)).toEqual(['WELCOME']);
});
