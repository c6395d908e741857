import { afterAll, beforeAll, expect, test } from 'vitest';
import { reservationLost } from '#subgraphs/inventory/contracts/inventory.events.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test('11: an order whose goods were sold while it was being paid is cancelled and refunded once, however often it is told', async () => {
  const cart = desk.neighbors.fillCart();
  const { order } = await desk.place({ cartId: cart.id });
  await desk.deliver();
  const id = order!.id;
  const lost = reservationLost({ orderId: id });
  await Promise.all([1, 2, 3, 4].map(() => desk.hand('orders-cancel-unheld', lost)));
  await desk.hand('orders-cancel-unheld', lost);
  const rows = await desk.sql<object>(
    'orders',
    `SELECT status, payment_status, refunded = total AS refunded FROM orders WHERE id = $1`,
    [id],
  );
  expect(rows).toEqual([{ status: 'CANCELLED', payment_status: 'REFUNDED', refunded: true }]);
  const intents = await desk.sql<object>(
    'payments',
    'SELECT refunded = amount AS refunded FROM test_intent WHERE idempotency_key = $1',
    [id],
  );
  expect(intents).toEqual([{ refunded: true }]);
  const history = await desk.sql<{ message: string }>(
    'orders',
    "SELECT message FROM order_event WHERE order_id = $1 AND type = 'order.cancelled'",
    [id],
  );
  expect(history.map(({ message }) => message)).toEqual([expect.stringContaining('sold out by the time')]);
  expect(desk.neighbors.reservations.get(id)?.state).toBe('RELEASED');
});
