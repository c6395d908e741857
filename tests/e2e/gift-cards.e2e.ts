import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { apiClient } from '#tests/program/api-client.ts';
import { fillCart, signIn, statusesOf, variantsInStock } from '#tests/program/shopper.ts';
import { queryOf } from './running-databases.ts';

const { routerUrl } = inject('running');
const guest = apiClient(routerUrl);

interface Placed {
  order: { id: string; status: string; cost: { total: { amount: string } }; payments: { provider: string }[] } | null;
  accessToken: string | null;
  userErrors: { code: string; path: string[] | null }[];
}

async function issue(amount: string): Promise<string> {
  const staff = apiClient(routerUrl, await signIn(guest, 'admin@souk.test'));
  const { giftCardIssue } = await staff.ask<{ giftCardIssue: { code: string } }>(
    'mutation($input: GiftCardIssueInput!) { giftCardIssue(input: $input) { code userErrors { code } } }',
    { input: { amount: { amount, currency: 'EUR' }, idempotencyKey: randomUUID() } },
  );
  return giftCardIssue.code;
}

const balance = async (code: string) =>
  (
    await guest.ask<{ giftCard: { balance: { amount: string } } }>(
      'query($code: String!) { giftCard(code: $code) { balance { amount } } }',
      { code },
    )
  ).giftCard.balance.amount;

async function cart(): Promise<{ id: string; total: number }> {
  const [variant] = await variantsInStock(guest);
  const { id, cost } = await fillCart(guest, [{ variantId: variant!.id, quantity: 1 }], `${randomUUID()}@example.com`);
  return { id, total: Number(cost.total.amount) };
}

async function place(cartId: string, giftCards: string[], token?: string): Promise<Placed> {
  const { orderPlace } = await guest.ask<{ orderPlace: Placed }>(
    `mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
      order { id status cost { total { amount } } payments { provider } } accessToken userErrors { code path } } }`,
    { input: { cartId, giftCards, idempotencyKey: randomUUID(), ...(token && { payment: { token } }) } },
  );
  return orderPlace;
}

const paymentsOf = async (id: string, accessToken: string) =>
  (
    await guest.ask<{
      order: { paymentStatus: string; payments: { provider: string; captured: { amount: string } }[] };
    }>(
      `query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) {
        paymentStatus payments { provider captured { amount } } } }`,
      { id, accessToken },
    )
  ).order;

const cents = (amount: number) => amount.toFixed(2);

test('22: a gift card pays all of an order, without any other payment', async () => {
  const [{ id, total }, code] = [await cart(), await issue('1000.00')];
  const { order, accessToken, userErrors } = await place(id, [code]);
  expect(userErrors).toEqual([]);
  expect(await balance(code)).toBe(cents(1_000 - total));
  expect((await statusesOf(guest, order!.id, accessToken!)).at(-1)).toBe('DELIVERED');
  expect(await paymentsOf(order!.id, accessToken!)).toEqual({
    paymentStatus: 'PAID',
    payments: [{ provider: 'gift-card', captured: { amount: cents(total) } }],
  });
});

test('22: a gift card pays part and another payment the rest; a decline and a cancellation give it back', async () => {
  const [{ id, total }, code] = [await cart(), await issue('5.00')];
  expect((await place(id, [code])).userErrors).toEqual([{ code: 'PAYMENT_REQUIRED', path: ['input', 'payment'] }]);
  expect((await place(id, [code], 'pm_card_chargeDeclined')).userErrors).toMatchObject([{ code: 'PAYMENT_DECLINED' }]);
  expect((await place(id, ['0000-0000-0000-0000'], 'pm_card_visa')).userErrors).toMatchObject([
    { code: 'GIFT_CARD_INVALID', path: ['input', 'giftCards'] },
  ]);
  expect(await balance(code)).toBe('5.00');
  const { order, accessToken } = await place(id, [code], 'pm_card_visa');
  expect(await balance(code)).toBe('0.00');
  await expect
    .poll(() => paymentsOf(order!.id, accessToken!), { timeout: 10_000 })
    .toEqual({
      paymentStatus: 'PAID',
      payments: [
        { provider: 'gift-card', captured: { amount: '5.00' } },
        { provider: 'test', captured: { amount: cents(total - 5) } },
      ],
    });
  const { orderCancel } = await guest.ask<{ orderCancel: { order: { status: string } | null } }>(
    'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code } } }',
    { input: { orderId: order!.id, accessToken } },
  );
  // Where the demo carrier was quicker the order stays, and so does the card's part.
  await expect
    .poll(() => balance(code), { timeout: 10_000 })
    .toBe(orderCancel.order?.status === 'CANCELLED' ? '5.00' : '0.00');
});

interface BoughtOrder {
  status: string;
  fulfillments: unknown[];
  deliveryOption: { title: string };
  lines: { id: string; isGiftCard: boolean; tax: { amount: string } }[];
}

const mailsTo = (email: string) =>
  queryOf('notifications')<{ text: string }>('SELECT text FROM mailbox WHERE "to" = $1', [email]);

test('22: a gift card of the shop is bought, arrives by mail without a parcel, and pays for goods', async () => {
  const { product } = await guest.ask<{ product: { isGiftCard: boolean; variants: { nodes: { id: string }[] } } }>(
    '{ product(handle: "souk-gift-card") { isGiftCard variants { nodes { id } } } }',
  );
  expect(product).toMatchObject({ isGiftCard: true, variants: { nodes: [{}, {}, {}] } });
  const email = `${randomUUID()}@example.com`;
  const { cartCreate } = await guest.ask<{ cartCreate: { cart: { id: string } } }>(
    'mutation($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } } }',
    { input: { lines: [{ variantId: product.variants.nodes[1]!.id, quantity: 2 }], email } },
  );
  const { cartDeliveryUpdate } = await guest.ask<{ cartDeliveryUpdate: { cart: object } }>(
    `mutation($input: CartDeliveryUpdateInput!) { cartDeliveryUpdate(input: $input) {
      cart { requiresShipping readyToPlace deliveryOption { title } cost { shipping { amount } tax { amount } total { amount } } } } }`,
    {
      input: {
        cartId: cartCreate.cart.id,
        address: { name: 'Ada', line1: 'Torstraße 1', city: 'Berlin', postalCode: '10119', country: 'DE' },
      },
    },
  );
  expect(cartDeliveryUpdate.cart).toEqual({
    ...{ requiresShipping: false, readyToPlace: true, deliveryOption: { title: 'By e-mail' } },
    cost: { shipping: { amount: '0.00' }, tax: { amount: '0.00' }, total: { amount: '100.00' } },
  });
  const { order, accessToken } = await place(cartCreate.cart.id, [], 'pm_card_visa');
  expect(await statusesOf(guest, order!.id, accessToken!)).toContain('DELIVERED');
  const bought = await guest.ask<{ order: BoughtOrder }>(
    `query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) {
      status fulfillments { id } deliveryOption { title } lines { id isGiftCard tax { amount } } } }`,
    { id: order!.id, accessToken },
  );
  expect(bought.order).toMatchObject({
    ...{ status: 'DELIVERED', fulfillments: [], deliveryOption: { title: 'By e-mail' } },
    lines: [{ isGiftCard: true, tax: { amount: '0.00' } }],
  });
  const codesOf = async () =>
    (await mailsTo(email)).flatMap(({ text }) => text.match(/(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/)?.[0] ?? []);
  await expect.poll(async () => (await codesOf()).length, { timeout: 10_000 }).toBe(2);
  const [code, other] = await codesOf();
  expect([code === other, await balance(code!), await balance(other!)]).toEqual([false, '50.00', '50.00']);
  const { id, total } = await cart();
  const spent = await place(id, [code!, other!], 'pm_card_visa');
  expect(spent.userErrors).toEqual([]);
  expect(Number(await balance(code!)) + Number(await balance(other!))).toBeCloseTo(Math.max(0, 100 - total));
});

test('22: one card on ten carts at once pays what it has, and no more', async () => {
  const code = await issue('30.00');
  const carts = await Promise.all(Array.from({ length: 10 }, cart));
  const placed = await Promise.all(carts.map(({ id }) => place(id, [code], 'pm_card_visa')));
  const orders = placed.flatMap(({ order, accessToken }) =>
    order ? [{ id: order.id, accessToken: accessToken! }] : [],
  );
  expect(orders.length).toBeGreaterThan(0);
  const read = () => Promise.all(orders.map(({ id, accessToken }) => paymentsOf(id, accessToken)));
  const isPaid = async () => (await read()).every(({ paymentStatus }) => paymentStatus === 'PAID');
  await expect.poll(isPaid, { timeout: 15_000 }).toBe(true);
  const byCard = (await read()).flatMap(({ payments }) =>
    payments.filter(({ provider }) => provider === 'gift-card').map(({ captured }) => Number(captured.amount)),
  );
  expect(cents(byCard.reduce((a, b) => a + b, 0) + Number(await balance(code)))).toBe('30.00');
});
