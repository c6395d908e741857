import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { ordersAudit } from '#subgraphs/orders/contracts/orders-audit.ts';
import { giftCardForMail, giftCardsMade, giftCardsSold } from '#subgraphs/payments/contracts/gift-cards.ts';
import { issueGiftCard } from '#subgraphs/payments/gift-cards/issue-gift-card.ts';
import { brokenPaymentInvariants } from '#subgraphs/payments/payments-invariants.ts';
import { afterSale } from './after-sale.ts';
import { type Desk, openDesk } from './desk.ts';

/** Gift cards here are over 25.00 EUR; two lamps and their delivery come to 44.90. */
let desk: Desk;
let shop: ReturnType<typeof afterSale>;
let operations: Context;
beforeAll(async () => {
  desk = await openDesk();
  shop = afterSale(desk);
  operations = new Context('operations', desk.asking, { viewer: null, caller: 'operations' });
});
afterAll(() => desk.close());
afterEach(async () => {
  desk.onAsk = null;
  expect(await brokenPaymentInvariants()).toEqual([]);
});

interface Card {
  id: string;
  line_id: string;
  unit: number;
  balance: string;
  taken: string;
  told: boolean;
}
const cardsOf = (orderId: string) =>
  desk.sql<Card>('payments', 'SELECT * FROM gift_card WHERE order_id = $1 ORDER BY unit', [orderId]);
const balances = async (orderId: string) => (await cardsOf(orderId)).map(({ balance }) => Number(balance));
const orderOf = async (id: string) =>
  (
    await desk.sql<{ status: string; fulfillment_status: string; payment_status: string; version: number }>(
      'orders',
      'SELECT status, fulfillment_status, payment_status, version FROM orders WHERE id = $1',
      [id],
    )
  )[0]!;
const historyOf = async (id: string) =>
  (
    await desk.sql<{ type: string; message: string }>(
      'orders',
      'SELECT type, message FROM order_event WHERE order_id = $1 ORDER BY seq',
      [id],
    )
  ).map(({ type }) => type);
const linesOf = (id: string) =>
  desk.sql<{ id: string; gift_card: boolean; shipped: number; refunded: number }>(
    'orders',
    'SELECT id, gift_card, shipped, refunded FROM order_line WHERE order_id = $1 ORDER BY position',
    [id],
  );
const codeOf = async (id: string) => (await operations.ask(giftCardForMail, { id })).giftCardForMail!.code;

/** An order with gift cards, its payment captured and its cards issued where nothing else is said. */
async function buy({ cards = 1, goods = 0, deliver = 1 } = {}) {
  const cart = desk.neighbors.fillCart({ giftCards: cards, quantity: goods });
  const { order, accessToken, userErrors } = await desk.place({ cartId: cart.id });
  expect(userErrors).toEqual([]);
  if (deliver > 0) await desk.deliver(deliver);
  return { id: order!.id, accessToken: accessToken!, cart };
}

/** An order of goods for 44.90 that a card pays as far as it can. */
async function spend(code: string) {
  const { order } = await desk.place({ cartId: desk.neighbors.fillCart().id, giftCards: [code] });
  await desk.deliver();
  return order!.id;
}

const cancel = async (orderId: string, accessToken: string) =>
  (
    await desk.ask<{
      orderCancel: { order: { status: string } | null; userErrors: { code: string; path: string[] }[] };
    }>(
      'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code path } } }',
      { input: { orderId, accessToken } },
    )
  ).data!.orderCancel;

test('bought cards are issued once a unit when the money is captured, mailed without their code in an event, and the order arrives by itself', async () => {
  const { id } = await buy({ cards: 3, deliver: 0 });
  expect([await cardsOf(id), desk.neighbors.reservations.has(id)]).toEqual([[], false]);
  const told = await desk.deliver(5);
  const cards = await cardsOf(id);
  expect(cards.map(({ unit, balance, told }) => [unit, balance, told])).toEqual(
    [1, 2, 3].map((n) => [n, '2500', true]),
  );
  const mails = told.filter(({ topic }) => topic === 'payments.gift-card-issued.v1');
  expect(mails.map(({ payload }) => (payload as { giftCardId: string }).giftCardId).sort()).toEqual(
    cards.map((card) => card.id).sort(),
  );
  expect(mails[0]!.payload).toMatchObject({
    email: 'ada@example.com',
    message: expect.stringMatching(/order S-1\d{5}/),
  });
  const codes = await Promise.all(cards.map((card) => codeOf(card.id)));
  expect(new Set(codes).size).toBe(3);
  for (const code of codes) expect(JSON.stringify(told)).not.toContain(code);
  const parcels = told.filter(({ topic }) => topic === 'orders.order-paid.v1');
  expect(parcels.map(({ payload }) => (payload as { lines: unknown[] }).lines)).toEqual([[]]);
  expect(await orderOf(id)).toMatchObject({
    status: 'DELIVERED',
    fulfillment_status: 'DELIVERED',
    payment_status: 'PAID',
  });
  expect(await historyOf(id)).toEqual(['order.placed', 'order.confirmed', 'payment.captured', 'order.delivered']);
});

test('a mixed order sends the rest: its parcel, stock and status know nothing of the card', async () => {
  const { id, cart } = await buy({ goods: 2, deliver: 0 });
  expect(desk.neighbors.reservations.get(id)!.lines).toEqual([{ variantId: `var_${cart.id}`, quantity: 2 }]);
  const told = await desk.deliver(2);
  const paid = told.find(({ topic }) => topic === 'orders.order-paid.v1')!.payload as { lines: { sku: string }[] };
  expect(paid.lines.map(({ sku }) => sku)).toEqual(['LAMP-BLUE']);
  expect(await orderOf(id)).toMatchObject({ status: 'CONFIRMED', fulfillment_status: 'PARTIALLY_FULFILLED' });
  expect((await linesOf(id)).map(({ shipped }) => shipped)).toEqual([0, 1]);
  expect((await historyOf(id)).at(-1)).toBe('order.gift-cards-mailed');
});

test('22: a bought card pays an order, and no card buys a card: of a mixed order it pays the goods', async () => {
  const { id } = await buy();
  const code = await codeOf((await cardsOf(id))[0]!.id);
  const alone = await desk.place({
    cartId: desk.neighbors.fillCart({ giftCards: 1, quantity: 0 }).id,
    giftCards: [code],
  });
  expect(alone.userErrors).toMatchObject([{ code: 'GIFT_CARD_INVALID', path: ['input', 'giftCards'] }]);
  const big = (
    await issueGiftCard('cus_staff', { amount: { amount: '100.00', currency: 'EUR' }, idempotencyKey: newId('k') })
  ).code;
  const cart = desk.neighbors.fillCart({ giftCards: 2 });
  const { order } = await desk.place({ cartId: cart.id, giftCards: [big], expectedPayment: '50.00' });
  const paid = await desk.sql<{ provider: string; amount: string }>(
    'payments',
    'SELECT provider, amount FROM payment WHERE order_id = $1 AND amount > 0 ORDER BY charge',
    [order!.id],
  );
  expect(paid).toEqual([
    { provider: 'test', amount: '5000' },
    { provider: 'gift-card', amount: '4490' },
  ]);
  await desk.deliver();
  await spend(code);
  expect(await balances(id)).toEqual([0]);
});

test('an unspent card goes back with its line, whole, and is worth nothing then', async () => {
  const { id } = await buy({ cards: 2, goods: 2 });
  const [, line] = await linesOf(id);
  const code = await codeOf((await cardsOf(id))[0]!.id);
  const refunds = await Promise.all(
    [1, 2, 3].map(() => shop.refund({ orderId: id, lines: [{ lineId: line!.id, quantity: 1 }] })),
  );
  expect(refunds.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(2);
  expect([await balances(id), await shop.paidBack(id)]).toEqual([
    [0, 0],
    [2_500n, 2_500n],
  ]);
  expect((await desk.place({ cartId: desk.neighbors.fillCart().id, giftCards: [code] })).userErrors).toMatchObject([
    { code: 'GIFT_CARD_INVALID' },
  ]);
});

test('of a spent card only the rest goes back, and the refusal says how much that is', async () => {
  const { id } = await buy({ cards: 1 });
  const [card] = await cardsOf(id);
  await desk.sql('payments', 'UPDATE gift_card SET amount = 6000, balance = 6000 WHERE id = $1', [card!.id]);
  await desk.sql('orders', 'UPDATE order_line SET unit_price = 6000, total = 6000 WHERE order_id = $1', [id]);
  await desk.sql('payments', 'UPDATE payment SET amount = 6000, captured = 6000 WHERE order_id = $1', [id]);
  await desk.sql(
    'payments',
    'UPDATE ledger_entry SET amount = sign(amount) * 6000 WHERE payment_id IN (SELECT id FROM payment WHERE order_id = $1)',
    [id],
  );
  await desk.sql(
    'payments',
    'UPDATE test_intent SET amount = 6000, captured = 6000 WHERE id IN (SELECT provider_ref FROM payment WHERE order_id = $1)',
    [id],
  );
  await spend(await codeOf(card!.id));
  const lines = [{ lineId: (await linesOf(id))[0]!.id, quantity: 1 }];
  expect((await shop.refund({ orderId: id, lines })).userErrors).toMatchObject([
    { code: 'AMOUNT_TOO_LARGE', path: ['input', 'amount'] },
  ]);
  expect([await balances(id), (await linesOf(id))[0]!.refunded, await shop.paidBack(id)]).toEqual([[1_510], 0, []]);
  expect((await shop.refund({ orderId: id, amount: '15.09', lines })).userErrors).toHaveLength(1);
  expect((await shop.refund({ orderId: id, amount: '15.10', lines })).userErrors).toEqual([]);
  expect([await balances(id), await shop.paidBack(id)]).toEqual([[0], [1_510n]]);
  // What was spent stays paid.
  expect((await shop.refund({ orderId: id, amount: '1.00' })).userErrors).toMatchObject([{ code: 'AMOUNT_TOO_LARGE' }]);
});

test('without naming lines no more goes back than the cards leave, and not simply all', async () => {
  const { id } = await buy({ goods: 2 });
  expect((await shop.refund({ orderId: id })).userErrors).toMatchObject([
    { code: 'LINE_NOT_FOUND', path: ['input', 'lines'] },
  ]);
  expect((await shop.refund({ orderId: id, amount: '44.91' })).userErrors).toMatchObject([
    { code: 'AMOUNT_TOO_LARGE' },
  ]);
  expect((await shop.refund({ orderId: id, amount: '44.90' })).userErrors).toEqual([]);
  expect(await balances(id)).toEqual([2_500]);
});

test('a refund that the provider refuses leaves the card good', async () => {
  const { id } = await buy();
  const lines = [{ lineId: (await linesOf(id))[0]!.id, quantity: 1 }];
  desk.onAsk = ({ field }, when) => {
    if (field === 'paymentRefund' && when === 'before')
      return desk.sql('payments', 'UPDATE payment SET currency = $2 WHERE order_id = $1', [id, 'USD']) as never;
  };
  expect((await shop.refund({ orderId: id, lines })).userErrors).toHaveLength(1);
  desk.onAsk = null;
  await desk.sql('payments', "UPDATE payment SET currency = 'EUR' WHERE order_id = $1", [id]);
  expect([await balances(id), (await linesOf(id))[0]!.refunded]).toEqual([[2_500], 0]);
  expect((await shop.refund({ orderId: id, lines })).userErrors).toEqual([]);
});

test('15: cancelling takes the cards back, also those that are not issued yet; a spent one keeps the order', async () => {
  const early = await buy({ goods: 2, cards: 2, deliver: 0 });
  expect((await cancel(early.id, early.accessToken)).order?.status).toBe('CANCELLED');
  await desk.deliver(3);
  expect([await balances(early.id), (await cardsOf(early.id)).some(({ told }) => told)]).toEqual([[0, 0], false]);

  const spent = await buy({ goods: 2 });
  await spend(await codeOf((await cardsOf(spent.id))[0]!.id));
  expect(await cancel(spent.id, spent.accessToken)).toMatchObject({
    order: null,
    userErrors: [{ code: 'INVALID_TRANSITION', path: ['input', 'orderId'] }],
  });
  expect([(await orderOf(spent.id)).status, desk.neighbors.stopped.has(spent.id)]).toEqual(['CONFIRMED', false]);

  const left = await buy({ goods: 2 });
  desk.neighbors.left.add(left.id);
  expect((await cancel(left.id, left.accessToken)).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
  expect(await balances(left.id)).toEqual([2_500]);
});

test('12, 15: cancelling while cards are issued and spent: the card or the money, never both', async () => {
  for (let i = 0; i < 6; i++) {
    const { id, accessToken } = await buy({ goods: 2, deliver: 0 });
    await Promise.all([desk.deliver(2), cancel(id, accessToken)]);
    await desk.deliver();
    const [order, cards] = [await orderOf(id), await cardsOf(id)];
    const good = cards.filter(({ balance }) => balance !== '0');
    expect(good.length).toBe(order.status === 'CANCELLED' ? 0 : 1);
    if (good[0]) {
      const code = await codeOf(good[0].id);
      const [refund] = await Promise.all([
        shop.refund({ orderId: id, lines: [{ lineId: (await linesOf(id))[1]!.id, quantity: 1 }] }),
        desk.place({ cartId: desk.neighbors.fillCart().id, giftCards: [code], token: 'pm_card_visa' }),
      ]);
      const [card] = await cardsOf(id);
      expect(Number(card!.taken) > 0).toBe(refund.userErrors.length === 0);
      await desk.deliver();
    }
  }
});

test('the auditor: cards of paid orders are told on both sides, and a refunded line lets go of its own', async () => {
  const { id } = await buy({ cards: 2 });
  const [line] = await linesOf(id);
  const [since, until] = [Date.now() - 3_600_000, Date.now() + 3_600_000].map((at) => new Date(at).toISOString());
  const look = async () => {
    const { orders } = (await operations.ask(ordersAudit, { since: since!, until: until! })).ordersAudit;
    const { giftCardsSold: sold } = await operations.ask(giftCardsSold, { orderIds: [id] });
    const { giftCards, hasGoods, settled } = orders.find(({ orderId }) => orderId === id)!;
    return { giftCards, hasGoods, settled, sold };
  };
  const cards = (units: number) => ({
    ...{ giftCards: [{ lineId: line!.id, units }], hasGoods: false, settled: true },
    sold: [{ orderId: id, lineId: line!.id, units }],
  });
  expect(await look()).toEqual(cards(2));
  await shop.refund({ orderId: id, lines: [{ lineId: line!.id, quantity: 1 }] });
  await desk.deliver();
  expect(await look()).toEqual(cards(1));
  const { giftCardsMade: made } = await operations.ask(giftCardsMade, { since: since!, until: until! });
  expect(made).toContainEqual({ orderId: id, lineId: line!.id, units: 2 });
  await desk.sql('payments', 'UPDATE payment SET refunded = captured WHERE order_id = $1', [id]);
  expect((await brokenPaymentInvariants()).map(({ invariant }) => invariant)).toContain('gift-cards-paid');
  await desk.sql('payments', 'UPDATE payment SET refunded = 2500 WHERE order_id = $1', [id]);
});

test('gift cards are not edited, and not sent back', async () => {
  const { id, accessToken } = await buy();
  const lines = [{ lineId: (await linesOf(id))[0]!.id, quantity: 1 }];
  expect((await shop.request({ orderId: id, accessToken, lines })).userErrors).toMatchObject([
    { code: 'INVALID_QUANTITY' },
  ]);
  expect((await shop.refund({ orderId: id, lines, restock: true })).userErrors).toMatchObject([
    { code: 'INVALID_QUANTITY' },
  ]);
  expect(await balances(id)).toEqual([2_500]);
});

test('22: staff names the payment that a refund goes back on; else gift cards first', async () => {
  const { code } = await issueGiftCard('cus_staff', {
    amount: { amount: '20.00', currency: 'EUR' },
    idempotencyKey: newId('k'),
  });
  const id = await spend(code);
  const paid = await desk.sql<{ id: string; provider: string }>(
    'payments',
    'SELECT id, provider FROM payment WHERE order_id = $1 AND captured > 0 ORDER BY provider',
    [id],
  );
  const [card, bank] = [
    paid.find(({ provider }) => provider === 'gift-card')!,
    paid.find(({ provider }) => provider === 'test')!,
  ];
  const back = () =>
    desk.sql<{ provider: string; refunded: string }>(
      'payments',
      'SELECT provider, refunded FROM payment WHERE order_id = $1 AND captured > 0 ORDER BY provider',
      [id],
    );
  expect((await shop.refund({ orderId: id, amount: '10.00', paymentId: bank.id })).userErrors).toEqual([]);
  expect(await back()).toEqual([
    { provider: 'gift-card', refunded: '0' },
    { provider: 'test', refunded: '1000' },
  ]);
  expect((await shop.refund({ orderId: id, amount: '15.00', paymentId: bank.id })).userErrors).toMatchObject([
    { code: 'AMOUNT_TOO_LARGE', path: ['input', 'amount'] },
  ]);
  expect((await shop.refund({ orderId: id, amount: '1.00', paymentId: 'pay_none' })).userErrors).toMatchObject([
    { code: 'AMOUNT_INVALID', path: ['input', 'paymentId'] },
  ]);
  expect((await shop.refund({ orderId: id, amount: '5.00', paymentId: card.id })).userErrors).toEqual([]);
  expect((await shop.refund({ orderId: id, amount: '16.00' })).userErrors).toEqual([]);
  expect(await back()).toEqual([
    { provider: 'gift-card', refunded: '2000' },
    { provider: 'test', refunded: '1100' },
  ]);
});
