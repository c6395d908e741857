import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { afterSale, type ReturnAnswer, STAFF } from './after-sale.ts';
import { customer, type Desk, openDesk } from './desk.ts';

let desk: Desk;
let shop: ReturnType<typeof afterSale>;
let sweeping: Running | null = null;

beforeAll(async () => {
  desk = await openDesk();
  shop = afterSale(desk);
});
afterAll(() => desk.close());
afterEach(async () => {
  desk.onAsk = null;
  await sweeping?.stop();
  sweeping = null;
});

const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);

async function delivered(viewer: ReturnType<typeof customer> | null = null) {
  const order = await shop.buy({ viewer });
  await shop.deliver(order);
  const back = (quantity: number) => ({
    orderId: order.id,
    accessToken: viewer ? null : order.accessToken,
    lines: [{ lineId: order.lineId, quantity }],
  });
  return { ...order, back };
}

/** A return of so many units, as far as `until`. */
async function returned(order: Awaited<ReturnType<typeof delivered>>, units: number, until: 'APPROVED' | 'RECEIVED') {
  const { return: requested } = await shop.request(order.back(units));
  const { id } = requested!;
  await shop.approve(id);
  if (until === 'RECEIVED') await shop.receive(id, true);
  return id;
}

describe('a return', () => {
  test('is requested, approved, received into stock and paid back; with its last unit the order is returned', async () => {
    const order = await delivered();
    const { return: requested, userErrors } = await shop.request(order.back(2));
    expect(userErrors).toEqual([]);
    expect(requested).toMatchObject({ status: 'REQUESTED', order: { status: 'DELIVERED' } });
    const { id } = requested!;
    expect((await shop.approve(id)).return?.status).toBe('APPROVED');
    expect((await shop.receive(id, true)).return?.status).toBe('RECEIVED');
    expect(shop.restocked.get(id)).toEqual([{ variantId: expect.stringMatching(/^var_/), quantity: 2 }]);
    expect((await shop.payBack(id)).return).toMatchObject({ status: 'REFUNDED', order: { status: 'DELIVERED' } });
    expect(await shop.paidBack(order.id)).toEqual([4_000n]);

    const last = await returned(order, 1, 'RECEIVED');
    expect((await shop.payBack(last)).return).toMatchObject({ status: 'REFUNDED', order: { status: 'RETURNED' } });
    const shown = await shop.show(order.id);
    expect(shown).toMatchObject({
      status: 'RETURNED',
      paymentStatus: 'PARTIALLY_REFUNDED',
      cost: { refunded: { amount: '60.00' } },
    });
    expect(shown.returns).toMatchObject([
      { id, status: 'REFUNDED', lines: [{ quantity: 2, line: { id: order.lineId } }] },
      { id: last, status: 'REFUNDED', lines: [{ quantity: 1 }] },
    ]);
    expect(shown.history.slice(7).map(({ type }) => type)).toEqual([
      ...['return.requested', 'return.approved', 'return.received', 'payment.refunded', 'return.refunded'],
      ...[
        'return.requested',
        'return.approved',
        'return.received',
        'payment.refunded',
        'return.refunded',
        'order.returned',
      ],
    ]);
    expect(shown.version).toBe(shown.history.length);
    expect(await shop.announced(order.id, 'orders.return-decided.v1')).toMatchObject([
      { returnId: id, approved: true, reason: null },
      { returnId: last, approved: true },
    ]);
    expect(await shop.announced(order.id, 'orders.order-refunded.v1')).toMatchObject([
      { amount: '40.00' },
      { amount: '20.00' },
    ]);
  });

  test('of units that have not left, or came back, or are none, is refused, and nothing changes', async () => {
    const unsent = await shop.buy();
    const toUnsent = {
      orderId: unsent.id,
      accessToken: unsent.accessToken,
      lines: [{ lineId: unsent.lineId, quantity: 1 }],
    };
    expect(codes(await shop.request(toUnsent))).toEqual(['INVALID_TRANSITION']);
    const order = await delivered();
    const line = (lineId: string, quantity: number) => ({ ...order.back(1), lines: [{ lineId, quantity }] });
    for (const [input, code] of [
      [order.back(4), 'INVALID_QUANTITY'],
      [order.back(0), 'INVALID_QUANTITY'],
      [order.back(-1), 'INVALID_QUANTITY'],
      [{ ...order.back(1), lines: [] }, 'INVALID_QUANTITY'],
      [line(unsent.lineId, 1), 'LINE_NOT_FOUND'],
      [line('line_nowhere', 1), 'LINE_NOT_FOUND'],
      [{ ...order.back(1), lines: [...order.back(2).lines, ...order.back(2).lines] }, 'INVALID_QUANTITY'],
      [{ ...order.back(1), idempotencyKey: '\u0000' }, 'IDEMPOTENCY_CONFLICT'],
    ] as const)
      expect(codes(await shop.request(input))).toEqual([code]);
    expect(await shop.units(order.id)).toMatchObject({ returned: 0 });
    expect((await shop.show(order.id)).returns).toEqual([]);
    expect((await shop.request(order.back(2))).userErrors).toEqual([]);
    expect((await shop.request(order.back(2))).userErrors).toEqual([
      { code: 'INVALID_QUANTITY', path: ['input', 'lines', '0', 'quantity'], available: 1 },
    ]);
  });

  test('26: of an order that left in part takes what has left', async () => {
    const order = await shop.buy();
    await shop.deliver(order, 2);
    const back = (quantity: number) => ({
      ...{ orderId: order.id, accessToken: order.accessToken, lines: [{ lineId: order.lineId, quantity }] },
    });
    expect((await shop.request(back(3))).userErrors).toMatchObject([{ code: 'INVALID_QUANTITY', available: 2 }]);
    expect((await shop.request(back(2))).return?.status).toBe('REQUESTED');
    expect((await shop.request(back(1))).userErrors).toMatchObject([{ code: 'INVALID_QUANTITY', available: 0 }]);
  });

  test('27: ten requests at once never send a unit back twice; one key is one return', async () => {
    const order = await delivered();
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.request(order.back(1))));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(3);
    expect(await shop.units(order.id)).toMatchObject({ returned: 3 });
    const other = await delivered();
    const wish = { ...other.back(1), idempotencyKey: 'once' };
    const same = await Promise.all([1, 2, 3, 4, 5].map(() => shop.request(wish)));
    expect(new Set(same.map(({ return: back }) => back?.id)).size).toBe(1);
    expect(await shop.units(other.id)).toMatchObject({ returned: 1 });
    expect(codes(await shop.request({ ...wish, lines: other.back(2).lines }))).toEqual(['IDEMPOTENCY_CONFLICT']);
  });

  test('27: is paid back once, however many ask at once', async () => {
    const order = await delivered();
    const id = await returned(order, 2, 'RECEIVED');
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => shop.payBack(id)));
    for (const { return: back, userErrors } of [...answers, await shop.payBack(id)]) {
      expect(userErrors).toEqual([]);
      expect(back?.status).toBe('REFUNDED');
    }
    expect(await shop.paidBack(order.id)).toEqual([4_000n]);
    expect(await shop.units(order.id)).toMatchObject({ returned: 2, refunded: 2 });
  });

  test('27: units that were paid back by line before are not paid twice; less may go back than was paid', async () => {
    const order = await delivered();
    await shop.refund({ orderId: order.id, lines: [{ lineId: order.lineId, quantity: 1 }] });
    const id = await returned(order, 3, 'RECEIVED');
    expect(codes(await shop.payBack(id, '40.01'))).toEqual(['AMOUNT_TOO_LARGE']);
    expect((await shop.payBack(id, '30.00')).return).toMatchObject({
      status: 'REFUNDED',
      order: { status: 'RETURNED' },
    });
    expect(await shop.paidBack(order.id)).toEqual([2_000n, 3_000n]);
    const whole = await delivered();
    await shop.refund({ orderId: whole.id, lines: [{ lineId: whole.lineId, quantity: 3 }] });
    const nothing = await returned(whole, 3, 'RECEIVED');
    expect((await shop.payBack(nothing)).return).toMatchObject({ status: 'REFUNDED', order: { status: 'RETURNED' } });
    expect(await shop.paidBack(whole.id)).toEqual([6_000n]);
  });

  test('rejected, lets its units be asked for again, and tells why', async () => {
    const order = await delivered();
    const { return: requested } = await shop.request(order.back(3));
    expect((await shop.reject(requested!.id, 'It was worn')).return?.status).toBe('REJECTED');
    expect(await shop.units(order.id)).toMatchObject({ returned: 0 });
    expect(await shop.announced(order.id, 'orders.return-decided.v1')).toMatchObject([
      { returnId: requested!.id, approved: false, reason: 'It was worn' },
    ]);
    expect((await shop.request(order.back(3))).return?.status).toBe('REQUESTED');
  });

  test('25: every illegal step is refused, and a step again changes nothing', async () => {
    const order = await delivered();
    const { return: requested } = await shop.request(order.back(1));
    const { id } = requested!;
    const steps = {
      approve: () => shop.approve(id),
      reject: () => shop.reject(id),
      receive: () => shop.receive(id),
      payBack: () => shop.payBack(id),
    };
    const refused = async (...names: (keyof typeof steps)[]) => {
      for (const name of names) expect(codes(await steps[name]())).toEqual(['INVALID_TRANSITION']);
    };
    await refused('receive', 'payBack');
    await Promise.all([steps.approve(), steps.approve(), steps.approve()]);
    await refused('payBack');
    await Promise.all([steps.receive(), steps.receive()]);
    await refused('approve', 'reject');
    await steps.payBack();
    await refused('approve', 'reject', 'receive');
    const types = (await shop.show(order.id)).history
      .map(({ type }) => type)
      .filter((type) => type.startsWith('return.'));
    expect(types).toEqual(['return.requested', 'return.approved', 'return.received', 'return.refunded']);
    expect(codes(await shop.approve('ret_nowhere'))).toEqual(['RETURN_NOT_FOUND']);
    expect(shop.restocked.get(id)).toBeUndefined();
  });

  test('31: received while inventory is down: the goods go on hand when it is back', async () => {
    sweeping = desk.startSweeping();
    const order = await delivered();
    const id = await returned(order, 1, 'APPROVED');
    let broken = 0;
    desk.onAsk = ({ field }, at) => {
      if (field === 'stockRestock' && at === 'before' && broken++ < 2)
        throw new SubgraphUnavailable('inventory', 'it is down');
    };
    expect((await shop.receive(id, true)).return?.status).toBe('RECEIVED');
    expect(shop.restocked.get(id)).toBeUndefined();
    await expect.poll(() => shop.restocked.get(id), { timeout: 10_000 }).toMatchObject([{ quantity: 1 }]);
  });

  test("39: somebody else's order cannot be sent back; only staff who may write decides; the list is for staff", async () => {
    const owner = customer('cus_returns');
    const order = await delivered(owner);
    for (const viewer of [null, customer('cus_other')])
      expect(codes(await shop.request(order.back(1), viewer))).toEqual(['ORDER_NOT_FOUND']);
    expect(codes(await shop.request({ ...order.back(1), orderId: 'ord_nowhere' }, owner))).toEqual(['ORDER_NOT_FOUND']);
    await expect(shop.request(order.back(1), customer('cus_reader', 'orders:read'))).rejects.toThrow('FORBIDDEN');
    const { return: requested } = await shop.request(order.back(1), owner);
    await expect(shop.approve(requested!.id, customer('cus_reader', 'orders:read'))).rejects.toThrow('FORBIDDEN');
    await expect(shop.approve(requested!.id, owner)).rejects.toThrow('FORBIDDEN');
    const { errors } = await desk.ask('{ returns { totalCount } }', {}, owner);
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('staff pages through all, newest first, by status and order', async () => {
    const order = await delivered();
    const made: string[] = [];
    for (let i = 0; i < 3; i++) made.unshift((await shop.request(order.back(1))).return!.id);
    await shop.approve(made[1]!);
    const list = async (filter: object, first: number, after: string | null = null) => {
      const { data } = await desk.ask<{
        returns: {
          nodes: ReturnAnswer['return'][];
          totalCount: number;
          pageInfo: { endCursor: string; hasNextPage: boolean };
        };
      }>(
        `query($filter: ReturnFilter, $first: Int, $after: String) { returns(filter: $filter, first: $first, after: $after) {
          nodes { id status order { id } } totalCount pageInfo { endCursor hasNextPage } } }`,
        { filter, first, after },
        STAFF,
      );
      return data!.returns;
    };
    const page = await list({ orderId: order.id }, 2);
    expect(page).toMatchObject({
      nodes: made.slice(0, 2).map((id) => ({ id, order: { id: order.id } })),
      totalCount: 3,
    });
    const rest = await list({ orderId: order.id }, 2, page.pageInfo.endCursor);
    expect(rest).toMatchObject({ nodes: [{ id: made[2] }], pageInfo: { hasNextPage: false } });
    expect((await list({ orderId: order.id, status: ['APPROVED'] }, 10)).nodes).toMatchObject([{ id: made[1] }]);
  });
});
