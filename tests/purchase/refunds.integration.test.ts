import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { paymentRefund } from '#subgraphs/payments/contracts/charges.ts';
import { paymentRefunded } from '#subgraphs/payments/contracts/payments.events.ts';
import { afterSale } from './after-sale.ts';
import { customer, type Desk, openDesk } from './desk.ts';

let desk: Desk;
let shop: ReturnType<typeof afterSale>;
let orders: Context;
let sweeping: Running | null = null;

beforeAll(async () => {
  desk = await openDesk();
  shop = afterSale(desk);
  orders = new Context('orders', desk.asking, { viewer: null, caller: 'orders' });
});
afterAll(() => desk.close());
afterEach(async () => {
  desk.onAsk = null;
  await sweeping?.stop();
  sweeping = null;
});

const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);

describe('orderRefund', () => {
  test('without an amount gives all back that is left, tells the customer, and says so in the history', async () => {
    const { id } = await shop.buy();
    await shop.refund({ orderId: id, amount: '10' });
    const { order, userErrors } = await shop.refund({ orderId: id, reason: 'lost in the mail' });
    expect(userErrors).toEqual([]);
    expect(order).toMatchObject({
      paymentStatus: 'REFUNDED',
      status: 'CONFIRMED',
      cost: { refunded: { amount: '64.90' } },
    });
    expect(await shop.paidBack(id)).toEqual([1_000n, 5_490n]);
    expect(order!.history.slice(3)).toEqual([
      { type: 'payment.refunded', message: 'Refunded 10.00 EUR' },
      { type: 'payment.refunded', message: 'Refunded 54.90 EUR' },
    ]);
    expect(order!.version).toBe(order!.history.length);
    const told = await shop.announced(id, 'orders.order-refunded.v1');
    expect(told).toMatchObject([
      { amount: '10.00', currency: 'EUR', customerId: null },
      { amount: '54.90', refundId: expect.stringMatching(/^ref_/) },
    ]);
    expect(codes(await shop.refund({ orderId: id }))).toEqual(['AMOUNT_TOO_LARGE']);
    expect(await shop.paidBack(id)).toHaveLength(2);
  });

  test('23: by line gives back what its units were paid for, to the last cent, each unit once', async () => {
    const { id, lineId } = await shop.buy({ unitPrice: 333n });
    await desk.sql('orders', 'UPDATE order_line SET total = 1000, discount = 0 WHERE id = $1', [lineId]);
    const one = { orderId: id, lines: [{ lineId, quantity: 1 }] };
    expect((await shop.refund(one)).order?.cost.refunded.amount).toBe('3.34');
    const { order } = await shop.refund({
      orderId: id,
      lines: [
        { lineId, quantity: 1 },
        { lineId, quantity: 1 },
      ],
    });
    expect(order).toMatchObject({ paymentStatus: 'PARTIALLY_REFUNDED', cost: { refunded: { amount: '10.00' } } });
    const again = await shop.refund(one);
    expect(again.userErrors).toEqual([
      { code: 'INVALID_QUANTITY', path: ['input', 'lines', '0', 'quantity'], available: 0 },
    ]);
    expect(await shop.paidBack(id)).toEqual([334n, 666n]);
    expect(await shop.units(id)).toEqual({ shipped: 0, returned: 0, refunded: 3 });
  });

  test('21: what is refused changes nothing, and binds neither key nor units', async () => {
    const { id, lineId } = await shop.buy();
    const other = await shop.buy();
    for (const [input, code] of [
      [{ amount: '64.91' }, 'AMOUNT_TOO_LARGE'],
      [{ amount: '0' }, 'AMOUNT_INVALID'],
      [{ amount: '-5' }, 'AMOUNT_INVALID'],
      [{ amount: '1.001' }, 'AMOUNT_INVALID'],
      [{ amount: '20.01', lines: [{ lineId, quantity: 1 }] }, 'AMOUNT_TOO_LARGE'],
      [{ lines: [{ lineId, quantity: 4 }] }, 'INVALID_QUANTITY'],
      [{ lines: [{ lineId, quantity: 0 }] }, 'INVALID_QUANTITY'],
      [{ lines: [{ lineId: other.lineId, quantity: 1 }] }, 'LINE_NOT_FOUND'],
      [{ lines: [{ lineId, quantity: 1 }], restock: true }, 'INVALID_QUANTITY'],
      [{ restock: true }, 'LINE_NOT_FOUND'],
      [{ orderId: 'ord_nowhere' }, 'ORDER_NOT_FOUND'],
      [{ idempotencyKey: '' }, 'IDEMPOTENCY_CONFLICT'],
    ] as const)
      expect(codes(await shop.refund({ orderId: id, ...input }))).toEqual([code]);
    // Payments has the last word: at the last moment somebody else's refund leaves too little.
    const key = { idempotencyKey: 'once', orderId: id, lines: [{ lineId, quantity: 2 }] };
    const elsewhere = { orderId: id, refundId: 'elsewhere', amount: '30.00', currency: 'EUR', reason: null };
    desk.onAsk = async ({ field, variables }, when) => {
      if (
        field === 'paymentRefund' &&
        when === 'before' &&
        (variables.input as { refundId: string }).refundId !== 'elsewhere'
      )
        await orders.ask(paymentRefund, { input: elsewhere });
    };
    expect(codes(await shop.refund(key))).toEqual(['AMOUNT_TOO_LARGE']);
    desk.onAsk = null;
    expect(await shop.paidBack(id)).toEqual([3_000n]);
    expect(await shop.units(id)).toEqual({ shipped: 0, returned: 0, refunded: 0 });
    expect(await shop.show(id)).toMatchObject({
      paymentStatus: 'PAID',
      version: 3,
      cost: { refunded: { amount: '0.00' } },
    });
    expect((await shop.refund({ ...key, lines: [{ lineId, quantity: 1 }] })).order?.cost.refunded.amount).toBe('50.00');
  });

  test('before anything was captured it is refused: cancel instead', async () => {
    const { id } = await shop.buy({ paid: false });
    expect(codes(await shop.refund({ orderId: id }))).toEqual(['INVALID_TRANSITION']);
    expect(codes(await shop.refund({ orderId: id, amount: '1' }))).toEqual(['INVALID_TRANSITION']);
  });

  test('13: one key is one refund, however often it is sent at once; with other input it is a conflict', async () => {
    const { id } = await shop.buy();
    const wish = { orderId: id, amount: '7.00', idempotencyKey: 'k1' };
    const answers = await Promise.all(Array.from({ length: 24 }, () => shop.refund(wish)));
    for (const { order, userErrors } of [...answers, await shop.refund(wish)]) {
      expect(userErrors).toEqual([]);
      expect(order?.cost.refunded.amount).toBe('7.00');
    }
    expect(await shop.paidBack(id)).toEqual([700n]);
    expect(await shop.announced(id, 'orders.order-refunded.v1')).toHaveLength(1);
    expect(codes(await shop.refund({ ...wish, amount: '8.00' }))).toEqual(['IDEMPOTENCY_CONFLICT']);
    expect(await shop.paidBack(id)).toEqual([700n]);
  });

  test('21: ten at once never exceed what was captured, nor the units of a line', async () => {
    const { id, lineId } = await shop.buy();
    const byAmount = Array.from({ length: 5 }, () => shop.refund({ orderId: id, amount: '20.00' }));
    const byLine = Array.from({ length: 5 }, () => shop.refund({ orderId: id, lines: [{ lineId, quantity: 1 }] }));
    const answers = await Promise.all([...byAmount, ...byLine]);
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(3);
    expect(await shop.paidBack(id)).toEqual([2_000n, 2_000n, 2_000n]);
    const { cost, paymentStatus, version, history } = await shop.show(id);
    expect([cost.refunded.amount, paymentStatus]).toEqual(['60.00', 'PARTIALLY_REFUNDED']);
    expect(version).toBe(history.length);
    const refunds = await desk.sql<{ status: string; lines: { priced: number }[] }>(
      'orders',
      'SELECT status, lines FROM refund WHERE order_id = $1',
      [id],
    );
    expect(refunds.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
    expect((await shop.units(id))?.refunded).toBe(refunds.flatMap(({ lines }) => lines).length);
  });

  test('goods that came back with it go on hand once, and cannot come back again', async () => {
    const order = await shop.buy();
    await shop.deliver(order);
    const wish = {
      orderId: order.id,
      lines: [{ lineId: order.lineId, quantity: 2 }],
      restock: true,
      idempotencyKey: 'r',
    };
    await Promise.all([shop.refund(wish), shop.refund(wish)]);
    const [refund] = await desk.sql<{ id: string }>('orders', 'SELECT id FROM refund WHERE order_id = $1', [order.id]);
    await expect.poll(() => shop.restocked.get(refund!.id)).toEqual([{ variantId: expect.any(String), quantity: 2 }]);
    expect(await shop.units(order.id)).toEqual({ shipped: 0, returned: 2, refunded: 2 });
    const back = { orderId: order.id, accessToken: order.accessToken, lines: [{ lineId: order.lineId, quantity: 2 }] };
    expect((await shop.request(back)).userErrors).toMatchObject([{ code: 'INVALID_QUANTITY', available: 1 }]);
  });

  test('is for staff who may write, and tells others nothing', async () => {
    const { id } = await shop.buy();
    await expect(shop.refund({ orderId: id }, null)).rejects.toThrow('UNAUTHENTICATED');
    await expect(shop.refund({ orderId: id }, customer('cus_any', 'orders:read'))).rejects.toThrow('FORBIDDEN');
    expect(await shop.paidBack(id)).toEqual([]);
  });
});

test.each([
  ['paymentRefund', 'before'],
  ['paymentRefund', 'after'],
  ['stockRestock', 'before'],
  ['stockRestock', 'after'],
] as const)('31: the network breaks at %s, %s it: the sweeper ends it as one refund', async (field, when) => {
  sweeping = desk.startSweeping();
  const order = await shop.buy();
  await shop.deliver(order);
  let broken = 0;
  desk.onAsk = (asked, at) => {
    if (asked.field === field && at === when && broken++ < 2)
      throw new SubgraphUnavailable('it', `broke ${when} ${field}`);
  };
  const wish = { orderId: order.id, lines: [{ lineId: order.lineId, quantity: 1 }], restock: true };
  expect((await shop.refund(wish)).order?.cost.refunded.amount).toBe('20.00');
  const saga = () =>
    desk.sql('orders', "SELECT state FROM saga WHERE name = 'refund' AND input ->> 'orderId' = $1", [order.id]);
  await expect.poll(saga, { timeout: 15_000 }).toEqual([{ state: 'DONE' }]);
  expect(broken).toBeGreaterThanOrEqual(3);
  expect(await shop.paidBack(order.id)).toEqual([2_000n]);
  expect(await shop.announced(order.id, 'orders.order-refunded.v1')).toHaveLength(1);
  expect((await shop.show(order.id)).history.filter(({ type }) => type === 'payment.refunded')).toHaveLength(1);
});

test('31: taken up again from its first step after all was done, it changes nothing', async () => {
  const { id } = await shop.buy();
  const { order } = await shop.refund({ orderId: id, amount: '9.00' });
  await desk.sql(
    'orders',
    "UPDATE saga SET state = 'RUNNING', step = 'pay', lease_until = now() - make_interval(secs => 1) WHERE name = 'refund' AND input ->> 'orderId' = $1",
    [id],
  );
  sweeping = desk.startSweeping();
  const saga = () =>
    desk.sql('orders', "SELECT state, fence FROM saga WHERE name = 'refund' AND input ->> 'orderId' = $1", [id]);
  await expect.poll(saga, { timeout: 10_000 }).toEqual([{ state: 'DONE', fence: 2 }]);
  expect((await shop.show(id)).version).toBe(order!.version);
  expect(await shop.announced(id, 'orders.order-refunded.v1')).toHaveLength(1);
  expect(await shop.paidBack(id)).toEqual([900n]);
});

describe("19: payments' news of refunds", () => {
  const news = (orderId: string, refundedTotal: string, sequence: number, amount = refundedTotal) =>
    paymentRefunded({
      orderId,
      refundId: null,
      amount,
      currency: 'EUR',
      capturedTotal: '64.90',
      refundedTotal,
      sequence,
    });
  const hear = (...events: ReturnType<typeof news>[]) =>
    Promise.all(events.map((event) => desk.hand('orders-follow-refunds', event)));

  test('made at the provider: shown; older news and the same again change nothing', async () => {
    const { id } = await shop.buy();
    const [first, second] = [news(id, '10.00', 1), news(id, '64.90', 2, '54.90')];
    await hear(second, second, first, second, first);
    const { paymentStatus, cost, history, version } = await shop.show(id);
    expect([paymentStatus, cost.refunded.amount]).toEqual(['REFUNDED', '64.90']);
    expect(version).toBe(history.length);
    await hear(first, second);
    expect((await shop.show(id)).version).toBe(version);
    expect(history.at(-1)).toEqual({ type: 'payment.refunded', message: 'Refunded 54.90 EUR' });
    const kept = await desk.sql<{ amount: string }>(
      'orders',
      'SELECT amount FROM refund WHERE order_id = $1 ORDER BY amount',
      [id],
    );
    expect(kept.map(({ amount }) => amount)).toEqual(['1000', '5490']);
  });

  test('a refund comes back from the bank: what it had counted is taken off again, its units can be paid back anew', async () => {
    const { id, lineId } = await shop.buy();
    const wish = { orderId: id, lines: [{ lineId, quantity: 3 }], idempotencyKey: 'back' };
    await shop.refund(wish);
    const [refund] = await desk.sql<{ id: string }>('orders', 'SELECT id FROM refund WHERE order_id = $1', [id]);
    const failed = paymentRefunded({ ...news(id, '0.00', 100, '-60.00').payload, refundId: refund!.id });
    await hear(failed, failed);
    await hear(failed);
    expect(await shop.show(id)).toMatchObject({ paymentStatus: 'PAID', cost: { refunded: { amount: '0.00' } } });
    expect((await shop.show(id)).history.at(-1)?.type).toBe('payment.refund-failed');
    expect(await shop.units(id)).toMatchObject({ refunded: 0 });
    expect(codes(await shop.refund(wish))).toEqual(['INVALID_TRANSITION']);
  });

  test('many events in one job: each order shows its newest', async () => {
    const [a, b] = [await shop.buy(), await shop.buy()];
    const { followRefunds } = await import('#subgraphs/orders/listeners/follow-refunds.listener.ts');
    const events = [
      news(a.id, '1.00', 1),
      news(b.id, '2.00', 1),
      news(a.id, '3.00', 2),
      news('ord_nowhere', '9.00', 1),
    ];
    await Promise.all([followRefunds.handle(events as never, null as never), hear(events[0]!)]);
    expect((await shop.show(a.id)).cost.refunded.amount).toBe('3.00');
    expect((await shop.show(b.id)).cost.refunded.amount).toBe('2.00');
  });

  test('27: of a cancelled order, told late, says nothing new: all of it goes back', async () => {
    const { id, accessToken } = await shop.buy();
    await desk.ask('mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }', {
      input: { orderId: id, accessToken },
    });
    const before = await shop.show(id);
    await hear(news(id, '10.00', 1));
    await hear(news(id, '64.90', 2, '54.90'));
    expect(await shop.show(id)).toEqual(before);
    expect(before).toMatchObject({ paymentStatus: 'REFUNDED', cost: { refunded: { amount: '64.90' } } });
    expect(await desk.sql('orders', 'SELECT 1 FROM refund WHERE order_id = $1', [id])).toEqual([]);
  });

  test('of a refund of ours says nothing new', async () => {
    const { id } = await shop.buy();
    const { order } = await shop.refund({ orderId: id, amount: '5.00' });
    const delivered = await desk.deliver(2);
    expect(delivered.map(({ consumer }) => consumer)).toContain('orders-follow-refunds');
    expect((await shop.show(id)).version).toBe(order!.version);
    expect(await desk.sql('orders', 'SELECT status FROM refund WHERE order_id = $1', [id])).toEqual([
      { status: 'SUCCEEDED' },
    ]);
  });

  test('the captured money may be heard of after what went back', async () => {
    const { id } = await shop.buy({ paid: false });
    await hear(news(id, '5.00', 1));
    await desk.deliver();
    expect(await shop.show(id)).toMatchObject({
      paymentStatus: 'PARTIALLY_REFUNDED',
      cost: { refunded: { amount: '5.00' } },
    });
  });
});
