import { randomUUID } from 'node:crypto';
import { expect, inject, onTestFinished, test } from 'vitest';
import { apiClient } from '#tests/program/api-client.ts';
import { buy, fillCart, place, signIn, statusesOf, variantsInStock } from '#tests/program/shopper.ts';

const { routerUrl } = inject('running');
const api = apiClient(routerUrl);
const WAY = ['CONFIRMED', 'PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED'];

interface Watched {
  orderUpdated: {
    id: string;
    status: string;
    version: number;
    paymentStatus: string;
    lines: { title: string; variant: { sku: string; availability: { inStock: boolean } | null } | null }[];
    payments: { status: string; captured: { amount: string } }[] | null;
    fulfillments:
      | {
          status: string;
          lines: { line: { title: string } | null; quantity: number }[];
          events: { place: string | null }[];
        }[]
      | null;
  };
}

test('a guest buys over GraphQL and watches the order to DELIVERED, with fields of five subgraphs', async () => {
  const [variant] = await variantsInStock(api);
  const { cart, order, accessToken } = await buy(api, [{ variantId: variant!.id, quantity: 2 }]);
  expect(order.number).toMatch(/^S-\d{6,}$/);
  expect(order.cost.total.amount).toBe(cart.cost.total.amount);

  const started = Date.now();
  const seen: Watched['orderUpdated'][] = [];
  for await (const { data, errors } of api.follow<Watched>(
    `subscription($id: ID!, $accessToken: String) { orderUpdated(id: $id, accessToken: $accessToken) {
      id status version paymentStatus
      lines { title variant { sku availability { inStock } } }
      payments { status captured { amount } }
      fulfillments { status lines { quantity line { title } } events { place } } } }`,
    { id: order.id, accessToken },
  )) {
    expect(errors).toBeUndefined();
    seen.push(data!.orderUpdated);
  }
  expect(seen.map(({ status }) => status)).toEqual(WAY);
  expect(seen.map(({ version }) => version)).toEqual([...seen.map(({ version }) => version)].sort((a, b) => a - b));
  const last = seen.at(-1)!;
  expect(last.lines[0]!.variant).toMatchObject({ sku: expect.any(String), availability: { inStock: true } });
  expect(last.payments).toEqual([{ status: 'PAID', captured: { amount: cart.cost.total.amount } }]);
  expect(last.fulfillments).toMatchObject([
    { status: 'DELIVERED', lines: [{ quantity: 2, line: { title: last.lines[0]!.title } }] },
  ]);
  // A demo parcel takes 10 to 25 seconds, and a fifth of that here: the carrier moves it by itself, step by step.
  const seconds = (Date.now() - started) / 1_000;
  expect(seconds).toBeGreaterThan(1.6);
  expect(seconds).toBeLessThan(20);
});

test('a late subscriber hears the present state and nothing else of a delivered order', async () => {
  const [variant] = await variantsInStock(api);
  const { order, accessToken } = await buy(api, [{ variantId: variant!.id, quantity: 1 }]);
  expect(await statusesOf(api, order.id, accessToken)).toEqual(WAY);
  expect(await statusesOf(api, order.id, accessToken)).toEqual(['DELIVERED']);
});

test('13: six parallel orderPlace with one key make one order, one payment, six equal answers', async () => {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  const input = { cartId: cart.id, idempotencyKey: randomUUID(), expectedTotal: cart.cost.total.amount };
  const answers = await Promise.all(Array.from({ length: 6 }, () => place(api, input)));
  expect(
    new Set(answers.map((answer) => JSON.stringify([answer.order?.id, answer.accessToken, answer.userErrors]))),
  ).toHaveLength(1);
  expect(answers[0]!.order?.id).toMatch(/^ord_/);
});

test('14: one key with other input is a conflict; a second key of a placed cart answers with the order that exists', async () => {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  const idempotencyKey = randomUUID();
  const first = await place(api, { cartId: cart.id, idempotencyKey });
  const other = await place(api, { cartId: cart.id, idempotencyKey, token: 'pm_card_mastercard' });
  expect(other).toMatchObject({ order: null, accessToken: null, userErrors: [{ code: 'IDEMPOTENCY_CONFLICT' }] });
  const second = await place(api, { cartId: cart.id });
  expect(second).toMatchObject({
    order: { id: first.order!.id },
    accessToken: first.accessToken,
    userErrors: [{ code: 'CART_CLOSED' }],
  });
  const elsewhere = await place(api, { cartId: 'cart_00000000000000000000000000000000', idempotencyKey });
  expect(elsewhere).toMatchObject({ order: null, accessToken: null, userErrors: [{ code: 'CART_NOT_FOUND' }] });
});

test('15: another total than the expected one is refused, and nothing is reserved', async () => {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  const before = await stockOf(variant!.id);
  const answer = await place(api, { cartId: cart.id, expectedTotal: '0.01' });
  expect(answer).toMatchObject({
    order: null,
    userErrors: [{ code: 'PRICE_CHANGED', path: ['input', 'expectedTotal'] }],
  });
  expect(await stockOf(variant!.id)).toBe(before);
  expect((await place(api, { cartId: cart.id, expectedTotal: cart.cost.total.amount })).order?.status).toBe(
    'CONFIRMED',
  );
});

test('16: a declined card releases the stock and leaves the cart open for another card under the same key', async () => {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  const before = await stockOf(variant!.id);
  const idempotencyKey = randomUUID();
  const declined = await place(api, { cartId: cart.id, idempotencyKey, token: 'pm_card_chargeDeclined' });
  expect(declined).toMatchObject({
    order: null,
    userErrors: [{ code: 'PAYMENT_DECLINED', path: ['input', 'payment', 'token'] }],
  });
  expect(await stockOf(variant!.id)).toBe(before);
  expect((await place(api, { cartId: cart.id, idempotencyKey })).order?.status).toBe('CONFIRMED');
  expect(await stockOf(variant!.id)).toBe(before - 1);
});

test('17: 3-D Secure asks the shopper, and the confirmed payment confirms the order', async () => {
  const [variant] = await variantsInStock(api);
  const cart = await fillCart(api, [{ variantId: variant!.id, quantity: 1 }]);
  const { order, accessToken, nextAction } = await place(api, {
    cartId: cart.id,
    token: 'pm_card_threeDSecure2Required',
  });
  expect(order!.status).toBe('PENDING_PAYMENT');
  const confirm = () =>
    api.ask<{ orderPaymentConfirm: { order: { status: string } | null; userErrors: { code: string }[] } }>(
      'mutation($input: OrderPaymentConfirmInput!) { orderPaymentConfirm(input: $input) { order { status } userErrors { code } } }',
      { input: { orderId: order!.id, accessToken } },
    );
  expect((await confirm()).orderPaymentConfirm).toEqual({
    order: { status: 'PENDING_PAYMENT' },
    userErrors: [{ code: 'PAYMENT_PENDING' }],
  });
  const answered = await fetch(nextAction!.url, { method: 'POST', body: new URLSearchParams({ answer: 'approve' }) });
  expect(answered.status).toBe(200);
  expect((await confirm()).orderPaymentConfirm).toEqual({ order: { status: 'CONFIRMED' }, userErrors: [] });
  expect((await confirm()).orderPaymentConfirm).toEqual({ order: { status: 'CONFIRMED' }, userErrors: [] });
});

test('27: cancelling before the parcel leaves gives back stock once, and is told to the subscriber', async () => {
  const [variant] = await variantsInStock(api);
  const before = await stockOf(variant!.id);
  const { order, accessToken } = await buy(api, [{ variantId: variant!.id, quantity: 1 }]);
  const statuses = statusesOf(api, order.id, accessToken);
  const cancel = () =>
    api.ask<{ orderCancel: { order: { status: string; canCancel: boolean } | null; userErrors: { code: string }[] } }>(
      'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status canCancel } userErrors { code } } }',
      { input: { orderId: order.id, accessToken } },
    );
  const answers = await Promise.all([cancel(), cancel(), cancel()]);
  for (const { orderCancel } of answers)
    expect(orderCancel).toEqual({ order: { status: 'CANCELLED', canCancel: false }, userErrors: [] });
  expect((await statuses).at(-1)).toBe('CANCELLED');
  await expect.poll(() => stockOf(variant!.id), { timeout: 10_000 }).toBe(before);
});

async function stockOf(variantId: string): Promise<number> {
  for await (const { data } of api.follow<{ stockChanged: { availability: { quantity: number } } }>(
    'subscription($variantId: ID!) { stockChanged(variantId: $variantId) { availability { quantity } } }',
    { variantId },
  )) {
    return data!.stockChanged.availability.quantity;
  }
  throw new Error('The subscription ended without telling the stock.');
}

test('12: what is there of a backordered order is sent at once, and the rest when it comes', async () => {
  const staff = apiClient(routerUrl, await signIn(api, 'admin@souk.test'));
  const variantId = (await variantsInStock(api)).at(-1)!.id;
  const set = (field: 'stockSet' | 'stockPolicySet', input: object) =>
    staff.ask(
      `mutation($input: ${field === 'stockSet' ? 'StockSetInput' : 'StockPolicySetInput'}!) { ${field}(input: $input) { userErrors { code } } }`,
      { input: { variantId, ...input } },
    );
  onTestFinished(async () => void (await set('stockPolicySet', { backorderable: false })));
  expect(await set('stockPolicySet', { backorderable: true, backorderLimit: 50 })).toEqual({
    stockPolicySet: { userErrors: [] },
  });
  expect(await set('stockSet', { onHand: 1 })).toEqual({ stockSet: { userErrors: [] } });
  const { order, accessToken } = await buy(api, [{ variantId, quantity: 3 }]);
  const sent = async () =>
    (
      await api.ask<{
        order: { status: string; fulfillmentStatus: string; fulfillments: { lines: { quantity: number }[] }[] };
      }>(
        'query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { status fulfillmentStatus fulfillments { lines { quantity } } } }',
        { id: order.id, accessToken },
      )
    ).order;
  const parcels = async () => (await sent()).fulfillments.map(({ lines }) => lines.map(({ quantity }) => quantity));
  await expect.poll(async () => (await sent()).fulfillmentStatus, { timeout: 20_000 }).toBe('PARTIALLY_FULFILLED');
  expect(await parcels()).toEqual([[1]]);
  expect(await set('stockSet', { onHand: 100 })).toEqual({ stockSet: { userErrors: [] } });
  await expect.poll(async () => (await sent()).status, { timeout: 30_000 }).toBe('DELIVERED');
  expect(await parcels()).toEqual([[1], [2]]);
});
