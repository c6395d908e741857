import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { apiClient } from '#tests/program/api-client.ts';
import { ADDRESS, place, signIn, statusesOf, variantsInStock } from '#tests/program/shopper.ts';

const { routerUrl } = inject('running');
const guest = apiClient(routerUrl);

interface Money {
  amount: string;
  currency: string;
}
interface Shown {
  currency: string;
  paymentStatus: string;
  lines: { total: Money }[];
  cost: { subtotal: Money; shipping: Money; tax: Money; total: Money; refunded: Money; taxLines: { amount: Money }[] };
  payments: { captured: Money; refunded: Money }[];
}

interface Delivered {
  cartDeliveryUpdate: { cart: { cost: { total: Money }; deliveryOptions: { price: Money }[] } };
}

const ORDER = `query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) {
  currency paymentStatus lines { total { amount currency } }
  cost { subtotal { amount currency } shipping { amount currency } tax { amount currency } total { amount currency }
    refunded { amount currency } taxLines { amount { amount currency } } }
  payments { captured { amount currency } refunded { amount currency } } } }`;

/** A decimal in minor units. */
const minor = ({ amount }: Money, digits: number) => BigInt(Math.round(Number(amount) * 10 ** digits));

test.each([
  ['JPY', 0],
  ['KWD', 3],
])('23: bought, delivered and paid back in %s, exact to the last minor unit', async (currency, digits) => {
  const [first, second] = await variantsInStock(guest);
  const lines = [
    { variantId: first!.id, quantity: 3 },
    { variantId: second!.id, quantity: 1 },
  ];
  // biome-ignore lint/suspicious/noExplicitAny: one test's reading of three answers.
  const created = await guest.ask<any>(
    'mutation($input: CartCreateInput) { cartCreate(input: $input) { cart { id currency } userErrors { code } } }',
    { input: { lines, currency, email: `${randomUUID()}@example.com` } },
  );
  const cartId = created.cartCreate.cart.id;
  const deliver = (input: object) =>
    guest.ask<Delivered>(
      `mutation($input: CartDeliveryUpdateInput!) { cartDeliveryUpdate(input: $input) {
      cart { cost { total { amount currency } } deliveryOptions { id price { currency } } } userErrors { code } } }`,
      { input: { cartId, ...input } },
    );
  const { cart } = (await deliver({ address: ADDRESS })).cartDeliveryUpdate;
  expect(cart.deliveryOptions[0]!.price.currency).toBe(currency);
  const { cost } = (await deliver({ deliveryOptionId: 'express' })).cartDeliveryUpdate.cart;
  const { order, accessToken, userErrors } = await place(guest, { cartId, expectedTotal: cost.total.amount });
  expect(userErrors).toEqual([]);
  expect((await statusesOf(guest, order!.id, accessToken!)).at(-1)).toBe('DELIVERED');

  const read = async () => (await guest.ask<{ order: Shown }>(ORDER, { id: order!.id, accessToken })).order;
  const paid = await read();
  const units = (amount: Money) => minor(amount, digits);
  const sum = (amounts: Money[]) => amounts.map(units).reduce((a, b) => a + b, 0n);
  expect(paid).toMatchObject({ currency, paymentStatus: 'PAID', cost: { total: cost.total } });
  expect(paid.cost.total.amount.split('.')[1]?.length ?? 0).toBe(digits);
  expect(sum(paid.lines.map(({ total }) => total)) + units(paid.cost.shipping)).toBe(units(paid.cost.total));
  expect(sum(paid.cost.taxLines.map(({ amount }) => amount))).toBe(units(paid.cost.tax));
  expect(paid.payments).toMatchObject([{ captured: cost.total }]);

  const staff = apiClient(routerUrl, await signIn(guest, 'admin@souk.test'));
  const refund = (amount?: string) =>
    staff.ask<{ orderRefund: { userErrors: { code: string }[] } }>(
      'mutation($input: OrderRefundInput!) { orderRefund(input: $input) { userErrors { code } } }',
      { input: { orderId: order!.id, idempotencyKey: randomUUID(), ...(amount && { amount }) } },
    );
  expect((await refund(digits ? '0.001' : '1')).orderRefund.userErrors).toEqual([]);
  expect((await refund()).orderRefund.userErrors).toEqual([]);
  expect((await refund(digits ? '0.001' : '1')).orderRefund.userErrors).toMatchObject([{ code: 'AMOUNT_TOO_LARGE' }]);
  await expect
    .poll(read, { timeout: 10_000 })
    .toMatchObject({ paymentStatus: 'REFUNDED', cost: { refunded: cost.total }, payments: [{ refunded: cost.total }] });
  const { auditFindings } = await staff.ask<{ auditFindings: { nodes: { subject: string }[] } }>(
    '{ auditFindings { nodes { subject } } }',
  );
  expect(auditFindings.nodes.filter(({ subject }) => subject.includes(order!.id))).toEqual([]);
});
