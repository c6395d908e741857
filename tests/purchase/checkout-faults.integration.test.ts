import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { type Asked, type Desk, openDesk } from './desk.ts';
import { variantOf } from './neighbors.ts';

let desk: Desk;
let sweeping: Running;
const faults: { field: string; when: 'before' | 'after'; cartId: string; times: number }[] = [];
const orderOf = new Map<unknown, unknown>();

beforeAll(async () => {
  desk = await openDesk();
  sweeping = desk.startSweeping();
  desk.onAsk = fail;
});
afterAll(async () => {
  await sweeping.stop();
  await desk.close();
  expect(faults.filter(({ times }) => times > 0)).toEqual([]);
});

/** The network breaks before the question arrives, or while its answer is on the way back. */
function fail({ field, variables }: Asked, when: 'before' | 'after'): void {
  const orderId = variables.orderId ?? (variables.input as { orderId?: string } | undefined)?.orderId;
  if (variables.cartId) orderOf.set(orderId, variables.cartId);
  const cartId = orderOf.get(orderId);
  const fault = faults.find(
    (each) => each.field === field && each.when === when && each.cartId === cartId && each.times > 0,
  );
  if (!fault) return;
  fault.times--;
  throw new SubgraphUnavailable('it', `broke ${when} ${field}`);
}

const WHEN = ['before', 'after'] as const;

describe.each(WHEN)('31: the network breaks once %s', (when) => {
  test.concurrent.each(['cartFreeze', 'stockReserve', 'codesRedeem', 'paymentAuthorize', 'cartClose'])(
    '%s: the shopper gets the order, once',
    async (field) => {
      const cart = desk.neighbors.fillCart({ codes: ['WELCOME'] });
      faults.push({ field, when, cartId: cart.id, times: 2 });
      const input = { cartId: cart.id, idempotencyKey: randomUUID() };
      const placed = await desk.place(input);
      expect(placed).toMatchObject({ order: { status: 'CONFIRMED' }, userErrors: [] });
      await settled(cart.id);
      expect(await outcomeOf(cart.id)).toEqual({
        orders: ['CONFIRMED'],
        money: ['requires_capture'],
        left: 98,
        cart: 'CLOSED',
      });
      expect(await desk.place(input)).toEqual(placed);
    },
  );

  test.concurrent.each(['paymentVoid', 'codesRelease', 'stockRelease', 'cartReopen'])(
    '%s, after a declined card: the refusal is told, and nothing is held',
    async (field) => {
      const cart = desk.neighbors.fillCart({ codes: ['WELCOME'] });
      faults.push({ field, when, cartId: cart.id, times: 2 });
      const input = { cartId: cart.id, idempotencyKey: randomUUID() };
      const refused = await desk.place({ ...input, token: 'pm_card_chargeDeclined' });
      expect(refused.userErrors).toMatchObject([{ code: 'PAYMENT_DECLINED' }]);
      expect(await outcomeOf(cart.id)).toEqual({
        orders: ['CANCELLED'],
        money: ['requires_payment_method'],
        left: 100,
        cart: 'OPEN',
      });
      expect((await desk.place(input)).order?.status).toBe('CONFIRMED');
    },
  );
});

test('a cart that cannot be closed does not keep the shopper from the order', async () => {
  const cart = desk.neighbors.fillCart({ codes: ['WELCOME'] });
  faults.push({ field: 'cartClose', when: 'before', cartId: cart.id, times: 1 });
  const started = Date.now();
  expect((await desk.place({ cartId: cart.id })).order?.status).toBe('CONFIRMED');
  expect(Date.now() - started).toBeLessThan(800);
  await settled(cart.id);
});

test('a shopper who asks again while nobody can finish the order is told BUSY with a time', async () => {
  const cart = desk.neighbors.fillCart({ codes: ['WELCOME'] });
  faults.push({ field: 'stockReserve', when: 'before', cartId: cart.id, times: 1_000 });
  const input = { cartId: cart.id, idempotencyKey: randomUUID() };
  const answers = await Promise.all([desk.place(input), desk.place(input)]);
  for (const { order, userErrors } of answers) {
    expect(order).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'BUSY', retryAfterSeconds: 2 }]);
  }
  faults.at(-1)!.times = 0;
  // After many tries the pause before the next may be longer than a shopper is kept waiting: BUSY once more.
  let last = await desk.place(input);
  while (last.userErrors[0]?.code === 'BUSY') last = await desk.place(input);
  expect(last.order?.status).toBe('CONFIRMED');
}, 60_000);

// A loop of its own: expect.poll does not know which of several concurrent tests it is in.
async function settled(cartId: string): Promise<void> {
  for (const until = Date.now() + 15_000; Date.now() < until; await sleep(50)) {
    const unfinished = await desk.sql(
      'orders',
      "SELECT 1 FROM saga WHERE input ->> 'cartId' = $1 AND state NOT IN ('DONE', 'REFUSED')",
      [cartId],
    );
    if (unfinished.length === 0) return;
  }
  throw new Error(`The checkout of ${cartId} came to no end.`);
}

async function outcomeOf(cartId: string) {
  const orders = await desk.sql<{ id: string; status: string }>(
    'orders',
    'SELECT id, status FROM orders WHERE cart_id = $1',
    [cartId],
  );
  const money = await desk.sql<{ status: string }>(
    'payments',
    'SELECT status FROM test_intent WHERE idempotency_key = ANY($1)',
    [orders.map(({ id }) => id)],
  );
  return {
    orders: orders.map(({ status }) => status),
    money: money.map(({ status }) => status),
    left: desk.neighbors.available.get(variantOf({ id: cartId })),
    cart: desk.neighbors.carts.get(cartId)?.status,
  };
}
