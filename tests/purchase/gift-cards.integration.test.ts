import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { issueGiftCard } from '#subgraphs/payments/gift-cards/issue-gift-card.ts';
import { brokenPaymentInvariants } from '#subgraphs/payments/payments-invariants.ts';
import { answerChallenge } from '#subgraphs/payments/provider/test/test-provider.ts';
import { type Desk, openDesk, type Placing } from './desk.ts';
import { variantOf } from './neighbors.ts';

/** Carts here come to 44.90 EUR. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
afterEach(async () => {
  desk.onAsk = null;
  expect(await brokenPaymentInvariants()).toEqual([]);
});

const issue = async (amount: string) =>
  (await issueGiftCard('cus_staff', { amount: { amount, currency: 'EUR' }, idempotencyKey: newId('k') })).code;
const left = async (code: string) =>
  (
    await desk.sql<{ balance: string }>('payments', 'SELECT balance FROM gift_card WHERE ending = $1', [code.slice(-4)])
  )[0]!.balance;
const codes = ({ userErrors }: Placing) => userErrors.map(({ code, path }) => `${code} ${path?.join('.')}`);
const moneyOf = (orderId: string) =>
  desk.sql<{ provider: string; status: string; amount: string }>(
    'payments',
    'SELECT provider, status, amount FROM payment WHERE order_id = $1 AND amount > 0 ORDER BY charge',
    [orderId],
  );
const statusOf = async (id: string) =>
  (await desk.sql<object>('orders', 'SELECT status, payment_status FROM orders WHERE id = $1', [id]))[0];

test('22: a card pays all, without another payment; the order is paid and can be cancelled, which gives it back', async () => {
  const [cart, code] = [desk.neighbors.fillCart(), await issue('50.00')];
  const placed = await desk.place({ cartId: cart.id, giftCards: [code], token: null, expectedPayment: '0.00' });
  expect(placed.userErrors).toEqual([]);
  const { id } = placed.order!;
  expect([await left(code), await moneyOf(id)]).toEqual([
    '510',
    [{ provider: 'gift-card', status: 'AUTHORIZED', amount: '4490' }],
  ]);
  await desk.deliver();
  expect(await statusOf(id)).toEqual({ status: 'CONFIRMED', payment_status: 'PAID' });
  const { data } = await desk.ask<{ orderCancel: { order: object } }>(
    `mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status paymentStatus cost { refunded { amount } } } userErrors { code } } }`,
    { input: { orderId: id, accessToken: placed.accessToken } },
  );
  expect(data!.orderCancel.order).toEqual({
    ...{ status: 'CANCELLED', paymentStatus: 'REFUNDED', cost: { refunded: { amount: '44.90' } } },
  });
  expect(await left(code)).toBe('5000');
});

test('22: a card pays part, the bank the rest; what is asked of the bank is what was shown', async () => {
  const [cart, code] = [desk.neighbors.fillCart(), await issue('20.00')];
  const more = await desk.place({ cartId: cart.id, giftCards: [code], expectedPayment: '14.90' });
  expect(codes(more)).toEqual(['GIFT_CARD_INVALID input.expectedPayment']);
  const { order } = await desk.place({ cartId: cart.id, giftCards: [code], expectedPayment: '24.90' });
  expect(await moneyOf(order!.id)).toEqual([
    { provider: 'test', status: 'AUTHORIZED', amount: '2490' },
    { provider: 'gift-card', status: 'AUTHORIZED', amount: '2000' },
  ]);
  await desk.deliver(3);
  expect((await moneyOf(order!.id)).map(({ status }) => status)).toEqual(['PAID', 'PAID']);
  expect([await left(code), await statusOf(order!.id)]).toEqual(['0', { status: 'CONFIRMED', payment_status: 'PAID' }]);
});

test('16, 22: a declined rest, a missing one and an unknown card leave card, stock and cart as they were', async () => {
  const [cart, code] = [desk.neighbors.fillCart(), await issue('20.00')];
  const with_ = (giftCards: string[], token: string | null) => desk.place({ cartId: cart.id, giftCards, token });
  expect(codes(await with_([code], null))).toEqual(['PAYMENT_REQUIRED input.payment']);
  expect(codes(await with_([code], 'pm_card_chargeDeclined'))).toEqual(['PAYMENT_DECLINED input.payment.token']);
  expect(codes(await with_(['nobody'], 'pm_card_visa'))).toEqual(['GIFT_CARD_INVALID input.giftCards']);
  expect(codes(await with_(['x'.repeat(41)], null))).toEqual(['GIFT_CARD_INVALID input.giftCards.0']);
  expect(codes(await with_(Array(6).fill(code), null))).toEqual(['GIFT_CARD_INVALID input.giftCards']);
  expect([await left(code), cart.status, desk.neighbors.available.get(variantOf(cart))]).toEqual(['2000', 'OPEN', 100]);
});

test('14: the same key with other cards is another intent; with the same it is the same order and takes once', async () => {
  const [cart, code] = [desk.neighbors.fillCart(), await issue('50.00')];
  const input = { cartId: cart.id, idempotencyKey: cart.id, giftCards: [code], token: null };
  const answers = await Promise.all(Array.from({ length: 6 }, () => desk.place(input)));
  expect(new Set(answers.map(({ order }) => order?.id)).size).toBe(1);
  expect(await left(code)).toBe('510');
  expect(codes(await desk.place({ ...input, giftCards: [] }))).toEqual(['IDEMPOTENCY_CONFLICT input.idempotencyKey']);
});

test('17, 22: while the bank asks the shopper the card waits too; a no gives it back', async () => {
  const [cart, code] = [desk.neighbors.fillCart(), await issue('20.00')];
  const placed = await desk.place({ cartId: cart.id, giftCards: [code], token: 'pm_card_threeDSecure2Required' });
  expect([await left(code), placed.order!.status]).toEqual(['0', 'PENDING_PAYMENT']);
  const url = new URL(placed.nextAction!.url);
  await answerChallenge(url.searchParams.get('payment')!, url.searchParams.get('secret')!, false);
  await desk.ask(
    'mutation($input: OrderPaymentConfirmInput!) { orderPaymentConfirm(input: $input) { userErrors { code } } }',
    {
      input: { orderId: placed.order!.id, accessToken: placed.accessToken },
    },
  );
  expect([await left(code), cart.status]).toEqual(['2000', 'OPEN']);
});

test('31: an answer of the cards that is lost takes nothing twice', async () => {
  const [cart, code] = [desk.neighbors.fillCart(), await issue('50.00')];
  let lost = 0;
  desk.onAsk = ({ field }, when) => {
    if (field === 'giftCardsSpend' && when === 'after' && lost++ === 0)
      throw new SubgraphUnavailable('payments', 'lost');
  };
  const sweeping = desk.startSweeping();
  await desk.place({ cartId: cart.id, giftCards: [code], token: null });
  await expect.poll(() => cart.status, { timeout: 15_000 }).toBe('CLOSED');
  await sweeping.stop();
  expect([lost > 1, await left(code)]).toEqual([true, '510']);
});

test('22: eight orders at once on one card take what it has and no more', async () => {
  const code = await issue('100.00');
  const placed = await Promise.all(
    Array.from({ length: 8 }, () => desk.place({ cartId: desk.neighbors.fillCart().id, giftCards: [code] })),
  );
  const taken = await Promise.all(placed.flatMap(({ order }) => (order ? [moneyOf(order.id)] : [])));
  const byCard = taken.flat().filter(({ provider }) => provider === 'gift-card');
  const sum = byCard.reduce((total, { amount }) => total + Number(amount), 0);
  expect([sum <= 10_000, Number(await left(code))]).toEqual([true, 10_000 - sum]);
});
