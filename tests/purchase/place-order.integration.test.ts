import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { customer, type Desk, openDesk, type Placing } from './desk.ts';
import { variantOf } from './neighbors.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
afterEach(() => {
  desk.onAsk = null;
});

const codes = ({ userErrors }: Placing) => userErrors.map(({ code }) => code);
const ordersOf = (cartId: string) =>
  desk.sql<{ id: string; status: string }>('orders', 'SELECT id, status FROM orders WHERE cart_id = $1', [cartId]);
const intents = (orderIds: readonly string[]) =>
  desk.sql<{ status: string; amount: string }>(
    'payments',
    'SELECT status, amount FROM test_intent WHERE idempotency_key = ANY($1)',
    [orderIds],
  );
const keysOf = (cartId: string) => desk.sql('orders', 'SELECT key FROM idempotency WHERE cart_id = $1', [cartId]);

test('a purchase: the order is confirmed, its money authorized, its stock held, its cart closed, and it is announced', async () => {
  const cart = desk.neighbors.fillCart();
  const placed = await desk.place({ cartId: cart.id, expectedTotal: '44.90', expectedVersion: 3 });
  expect(placed).toEqual({
    order: {
      ...{ id: expect.stringMatching(/^ord_/), number: expect.stringMatching(/^S-1\d{5}$/), status: 'CONFIRMED' },
      ...{ paymentStatus: 'AUTHORIZED', version: 2, cost: { total: { amount: '44.90' } } },
    },
    accessToken: expect.any(String),
    nextAction: null,
    userErrors: [],
  });
  expect(cart.status).toBe('CLOSED');
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(98);
  expect(await intents([placed.order!.id])).toEqual([{ status: 'requires_capture', amount: '4490' }]);
  const announced = await desk.sql('orders', 'SELECT topic, consumer FROM outbox ORDER BY consumer');
  expect(announced).toEqual(
    ['discovery-bought-together', 'inventory-commit-reservation', 'notifications-confirmation', 'payments-capture'].map(
      (consumer) => ({
        topic: 'orders.order-confirmed.v1',
        consumer,
      }),
    ),
  );
  await desk.deliver();
  const { data } = await desk.ask(
    'query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { status paymentStatus history { type } canCancel } }',
    { id: placed.order!.id, token: placed.accessToken },
  );
  expect(data?.order).toEqual({
    ...{ status: 'CONFIRMED', paymentStatus: 'PAID', canCancel: true },
    history: ['order.placed', 'order.confirmed', 'payment.captured'].map((type) => ({ type })),
  });
});

test('13: six parallel orderPlace with one key make one order, one payment, six equal answers', async () => {
  const cart = desk.neighbors.fillCart();
  const input = { cartId: cart.id, idempotencyKey: randomUUID(), expectedTotal: '44.90' };
  const answers = await Promise.all(Array.from({ length: 6 }, () => desk.place(input)));
  expect(answers[0]?.userErrors).toEqual([]);
  expect(answers).toEqual(Array(6).fill(answers[0]));
  expect(await ordersOf(cart.id)).toEqual([{ id: answers[0]!.order!.id, status: 'CONFIRMED' }]);
  expect(await intents([answers[0]!.order!.id])).toHaveLength(1);
  expect(await desk.place(input)).toEqual(answers[0]);
});

test('14: the same key with other input is IDEMPOTENCY_CONFLICT, and changes nothing', async () => {
  const cart = desk.neighbors.fillCart();
  const input = { cartId: cart.id, idempotencyKey: randomUUID() };
  const first = await desk.place(input);
  for (const other of [
    { token: 'pm_card_mastercard' },
    { expectedTotal: '44.90' },
    { expectedVersion: 3 },
    { token: null },
  ]) {
    const answer = await desk.place({ ...input, ...other });
    expect(answer).toMatchObject({ order: null, accessToken: null });
    expect(codes(answer)).toEqual(['IDEMPOTENCY_CONFLICT']);
  }
  expect(await desk.place(input)).toEqual(first);
  expect(await ordersOf(cart.id)).toHaveLength(1);
});

test("14: another viewer's key and cart reveal nothing: the same answer as a cart that does not exist", async () => {
  const [owner, stranger] = [customer('cus_owner'), customer('cus_stranger')];
  const cart = desk.neighbors.fillCart({ customerId: owner.customerId });
  const input = { cartId: cart.id, idempotencyKey: randomUUID() };
  const first = await desk.place(input, owner);
  expect(first.userErrors).toEqual([]);
  const nowhere = await desk.place({ cartId: 'cart_nowhere', idempotencyKey: input.idempotencyKey }, stranger);
  expect(codes(nowhere)).toEqual(['CART_NOT_FOUND']);
  for (const viewer of [stranger, null]) {
    expect(await desk.place(input, viewer)).toEqual(nowhere);
    expect(await desk.place({ ...input, token: 'pm_card_amex' }, viewer)).toEqual(nowhere);
    expect(await desk.place({ ...input, idempotencyKey: randomUUID() }, viewer)).toEqual(nowhere);
  }
  expect(await desk.place(input, owner)).toEqual(first);
});

test('another key for a placed cart answers CART_CLOSED with the order that exists', async () => {
  const cart = desk.neighbors.fillCart();
  const first = await desk.place({ cartId: cart.id });
  const second = await desk.place({ cartId: cart.id });
  expect(codes(second)).toEqual(['CART_CLOSED']);
  expect(second).toMatchObject({ order: { id: first.order!.id }, accessToken: first.accessToken });
  expect(await ordersOf(cart.id)).toHaveLength(1);
});

test('14: one cart and six keys at once make one order; the others are told of it, or to ask again', async () => {
  for (let round = 0; round < 5; round++) {
    const cart = desk.neighbors.fillCart();
    const answers = await Promise.all(Array.from({ length: 6 }, () => desk.place({ cartId: cart.id })));
    const winners = answers.filter((answer) => answer.userErrors.length === 0);
    expect(winners).toHaveLength(1);
    const id = winners[0]!.order!.id;
    for (const answer of answers.filter((each) => each !== winners[0])) {
      const [code] = codes(answer);
      expect(['CART_CLOSED', 'BUSY']).toContain(code);
      expect(answer.order?.id).toBe(code === 'CART_CLOSED' ? id : undefined);
      if (code === 'BUSY') expect(answer.userErrors[0]?.retryAfterSeconds).toBe(2);
    }
    expect((await ordersOf(cart.id)).filter(({ status }) => status !== 'CANCELLED')).toEqual([
      { id, status: 'CONFIRMED' },
    ]);
    expect(await intents([id])).toHaveLength(1);
    expect(desk.neighbors.available.get(variantOf(cart))).toBe(98);
  }
});

test('a second key is told BUSY, not CART_CLOSED, while the first has not created its order yet', async () => {
  const cart = desk.neighbors.fillCart();
  let second: Placing | null = null;
  desk.onAsk = async ({ field, variables }, when) => {
    if (field !== 'cartFreeze' || variables.cartId !== cart.id || when !== 'after' || second) return;
    desk.onAsk = null;
    second = await desk.place({ cartId: cart.id });
  };
  const first = await desk.place({ cartId: cart.id });
  expect(first.userErrors).toEqual([]);
  expect(codes(second!)).toEqual(['BUSY']);
});

describe('15: what changed since the shopper looked is refused, and nothing is held', () => {
  test.each([
    ['another total', { expectedTotal: '44.89' }, 'PRICE_CHANGED'],
    ['a total of too many digits', { expectedTotal: '44.900001' }, 'PRICE_CHANGED'],
    ['an older version', { expectedVersion: 2 }, 'CART_CHANGED'],
    ['no payment', { token: null }, 'PAYMENT_REQUIRED'],
  ])('%s', async (_what, input, code) => {
    const cart = desk.neighbors.fillCart();
    const idempotencyKey = randomUUID();
    const refused = await desk.place({ cartId: cart.id, idempotencyKey, ...input });
    expect(codes(refused)).toEqual([code]);
    expect(refused).toMatchObject({ order: null, accessToken: null });
    expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
    expect(cart.status).toBe('OPEN');
    expect(await ordersOf(cart.id)).toEqual([]);
    expect(await keysOf(cart.id)).toEqual([]);
    expect((await desk.place({ cartId: cart.id, idempotencyKey, expectedTotal: '44.90' })).userErrors).toEqual([]);
  });
});

test('16: a declined card is told, stock and cart are free again, nothing is held, and the key can be used again', async () => {
  const cart = desk.neighbors.fillCart();
  const idempotencyKey = randomUUID();
  const refused = await desk.place({ cartId: cart.id, idempotencyKey, token: 'pm_card_chargeDeclined' });
  expect(refused).toEqual({
    ...{ order: null, accessToken: null, nextAction: null },
    userErrors: [
      {
        ...{ code: 'PAYMENT_DECLINED', message: 'The card was declined. Try another one.' },
        ...{ path: ['input', 'payment', 'token'], available: null, retryAfterSeconds: null },
      },
    ],
  });
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
  expect(cart.status).toBe('OPEN');
  const [cancelled] = await ordersOf(cart.id);
  expect(cancelled?.status).toBe('CANCELLED');
  expect(await intents([cancelled!.id])).toEqual([{ status: 'requires_payment_method', amount: '4490' }]);
  expect(await desk.sql('orders', "SELECT 1 FROM outbox WHERE payload ->> 'orderId' = $1", [cancelled!.id])).toEqual(
    [],
  );

  const placed = await desk.place({ cartId: cart.id, idempotencyKey });
  expect(placed.order?.status).toBe('CONFIRMED');
  expect(placed.order?.id).not.toBe(cancelled?.id);
});

test('six parallel orderPlace with one key and a declined card are six equal refusals', async () => {
  const cart = desk.neighbors.fillCart();
  const input = { cartId: cart.id, idempotencyKey: randomUUID(), token: 'pm_card_chargeDeclined' };
  const answers = await Promise.all(Array.from({ length: 6 }, () => desk.place(input)));
  expect(answers.map(codes)).toEqual(Array(6).fill(['PAYMENT_DECLINED']));
  expect(cart.status).toBe('OPEN');
  expect(desk.neighbors.available.get(variantOf(cart))).toBe(100);
});

test('9: what is not there any more is refused with what is left, and no money is asked for', async () => {
  const cart = desk.neighbors.fillCart({ available: 1 });
  const refused = await desk.place({ cartId: cart.id });
  expect(refused.userErrors).toMatchObject([{ code: 'INSUFFICIENT_STOCK', available: 1, path: ['input', 'cartId'] }]);
  expect(await intents((await ordersOf(cart.id)).map(({ id }) => id))).toEqual([]);
  expect(cart.status).toBe('OPEN');
});

test('an empty cart is CART_EMPTY; bad keys are refused', async () => {
  expect(codes(await desk.place({ cartId: desk.neighbors.fillCart({ quantity: 0 }).id }))).toEqual(['CART_EMPTY']);
  const cart = desk.neighbors.fillCart();
  for (const idempotencyKey of ['', 'x'.repeat(201)])
    expect(codes(await desk.place({ cartId: cart.id, idempotencyKey }))).toEqual(['IDEMPOTENCY_CONFLICT']);
});

test('22: an order of total 0 needs no payment, and is paid as it is', async () => {
  const cart = desk.neighbors.fillCart({ unitPrice: 0n });
  const placed = await desk.place({ cartId: cart.id, token: null });
  expect(placed).toMatchObject({ order: { status: 'CONFIRMED', paymentStatus: 'PAID' }, userErrors: [] });
  expect(await intents([placed.order!.id])).toEqual([]);
  const parcels = (await desk.deliver()).filter(
    ({ consumer, payload }) =>
      consumer === 'shipping-prepare-parcel' && (payload as { orderId: string }).orderId === placed.order!.id,
  );
  expect(parcels).toHaveLength(1);
});

test.each([
  ['JPY', 1_500n, '3490'],
  ['KWD', 1_500n, '3.490'],
])('23: an order in %s is exact', async (currency, unitPrice, amount) => {
  const cart = desk.neighbors.fillCart({ currency, unitPrice });
  const placed = await desk.place({ cartId: cart.id, expectedTotal: amount });
  expect(placed.order?.cost.total.amount).toBe(amount);
  expect(await intents([placed.order!.id])).toMatchObject([{ amount: '3490' }]);
});

test('44: a NUL in what clients send is refused, never a fault', async () => {
  const cart = desk.neighbors.fillCart();
  const asked = [
    desk.ask('query($id: ID!) { order(id: $id) { id } }', { id: 'ord_\0' }),
    desk.ask('query($id: ID!, $t: String) { order(id: $id, accessToken: $t) { id } }', { id: 'ord_x', t: '\0' }),
    ...[
      { cartId: 'cart_\0' },
      { cartId: cart.id, idempotencyKey: '\0' },
      { cartId: cart.id, payment: { token: '\0' } },
    ].map((input) =>
      desk.ask('mutation($input: OrderPlaceInput!) { orderPlace(input: $input) { userErrors { code } } }', {
        input: { idempotencyKey: randomUUID(), payment: { token: 'pm_card_visa' }, ...input },
      }),
    ),
  ];
  for (const { errors } of await Promise.all(asked))
    expect(errors?.[0]?.extensions.code ?? 'BAD_USER_INPUT').toBe('BAD_USER_INPUT');
});

test('14: a key that lost the cart to another, which then gave up, places the order instead of finding the cart closed', async () => {
  const cart = desk.neighbors.fillCart();
  const reopening: (() => void)[] = [];
  // The first gives the cart back only when the second was refused it; the second looks for its order after that.
  desk.onAsk = async ({ field }, when) => {
    if (field !== 'cartReopen' || when !== 'before' || reopening.length === 2) return;
    const turn = new Promise<void>((resolve) => reopening.push(resolve));
    if (reopening.length === 2) {
      reopening[0]?.();
      await declined;
    } else await turn;
  };
  const declined = desk.place({ cartId: cart.id, token: 'pm_card_chargeDeclined' });
  await expect.poll(() => reopening.length).toBe(1);
  const second = await desk.place({ cartId: cart.id });
  desk.onAsk = null;
  expect(codes(await declined)).toEqual(['PAYMENT_DECLINED']);
  expect(second).toMatchObject({ order: { status: 'CONFIRMED' }, userErrors: [] });
});

test('14: another key for a cart whose order was cancelled since answers CART_CLOSED with that order', async () => {
  const cart = desk.neighbors.fillCart();
  const { order } = await desk.place({ cartId: cart.id });
  await desk.sql('orders', "UPDATE orders SET status = 'CANCELLED' WHERE id = $1", [order!.id]);
  const second = await desk.place({ cartId: cart.id });
  expect(codes(second)).toEqual(['CART_CLOSED']);
  expect(second.order).toMatchObject({ id: order!.id, status: 'CANCELLED' });
});

test('12: shipping is told of an order that some goods are not there for yet, and of no other', async () => {
  const [usual, waiting] = [desk.neighbors.fillCart(), desk.neighbors.fillCart()];
  desk.neighbors.backordered.add(variantOf(waiting));
  const placed = await Promise.all([usual, waiting].map(({ id }) => desk.place({ cartId: id })));
  const announced = (await desk.deliver()).filter(({ topic }) => topic === 'orders.order-paid.v1');
  const told = new Map(
    announced
      .map(({ payload }) => payload as { orderId: string; backordered: boolean })
      .map((each) => [each.orderId, each.backordered]),
  );
  expect(placed.map(({ order }) => told.get(order!.id))).toEqual([false, true]);
});
