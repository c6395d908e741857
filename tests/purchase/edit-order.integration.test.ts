import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { sweep } from '#platform/saga/saga.ts';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { editSaga } from '#subgraphs/orders/edits/edit.saga.ts';
import { paymentRefund } from '#subgraphs/payments/contracts/charges.ts';
import { answerChallenge } from '#subgraphs/payments/provider/test/test-provider.ts';
import { customer, type Desk, openDesk } from './desk.ts';
import { EditNeighbors } from './edit-neighbors.ts';
import { variantOf } from './neighbors.ts';

const STAFF = customer('cus_staff', 'orders:read', 'orders:write');
let desk: Desk;
let near: EditNeighbors;

beforeAll(async () => {
  desk = await openDesk();
  near = new EditNeighbors(desk);
});
afterAll(() => desk.close());
afterEach(() => {
  desk.onAsk = null;
});

const ORDER = `order { id version status paymentStatus balance { amount } paymentDueAt nextAction { type } cost { subtotal { amount } shipping { amount } total { amount } }
  lines { id sku quantity unitPrice { amount } total { amount } variant { id } } history { type message } }
  userErrors { code message path variantId available retryAfterSeconds }`;
const EDIT = `mutation($input: OrderEditInput!) { orderEdit(input: $input) { balance { amount } ${ORDER} } }`;
const PAY = `mutation($input: OrderPayInput!) { orderPay(input: $input) { nextAction { type url } ${ORDER} } }`;
const WITHDRAW = `mutation($input: OrderEditCancelInput!) { orderEditCancel(input: $input) { ${ORDER} } }`;
const CONFIRM = `mutation($input: OrderPaymentConfirmInput!) { orderPaymentConfirm(input: $input) { ${ORDER} } }`;

interface Shown {
  id: string;
  version: number;
  status: string;
  paymentStatus: string;
  balance: { amount: string };
  paymentDueAt: string | null;
  nextAction: object | null;
  cost: { subtotal: { amount: string }; shipping: { amount: string }; total: { amount: string } };
  lines: {
    id: string;
    sku: string;
    quantity: number;
    unitPrice: { amount: string };
    total: { amount: string };
    variant: { id: string };
  }[];
  history: { type: string; message: string }[];
}
interface Answer {
  order: Shown | null;
  balance?: { amount: string } | null;
  nextAction?: { type: string; url: string } | null;
  userErrors: {
    code: string;
    path: string[] | null;
    variantId: string | null;
    available: number | null;
    retryAfterSeconds: number | null;
  }[];
}

async function run(query: string, input: object, viewer: ReturnType<typeof customer> | null = STAFF): Promise<Answer> {
  const { data, errors } = await desk.ask<Record<string, Answer>>(query, { input }, viewer);
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0]!;
}

/** A paid order of 2 lamps at 20.00, and 4.90 for the delivery. */
async function paidOrder() {
  const cart = desk.neighbors.fillCart();
  const placed = await desk.place({ cartId: cart.id });
  await desk.deliver();
  const id = placed.order!.id;
  const lamp = variantOf(cart);
  near.prices.set(lamp, 9_900n);
  const shade = `var_shade_${id}`;
  near.prices.set(shade, 500n);
  desk.neighbors.available.set(shade, 10);
  const [line] = await desk.sql<{ id: string }>('orders', 'SELECT id FROM order_line WHERE order_id = $1', [id]);
  return { id, lamp, shade, line: line!.id, accessToken: placed.accessToken! };
}

type Paid = Awaited<ReturnType<typeof paidOrder>>;

const edit = (order: Paid, more: object) =>
  run(EDIT, { orderId: order.id, reason: 'by phone', idempotencyKey: randomUUID(), ...more });
const pay = (order: Paid, token = 'pm_card_visa', idempotencyKey: string = randomUUID()) =>
  run(PAY, { orderId: order.id, accessToken: order.accessToken, payment: { token }, idempotencyKey }, null);
const withdraw = (order: Paid) => run(WITHDRAW, { orderId: order.id });
const codes = ({ userErrors }: Answer) => userErrors.map(({ code }) => code);

/** What of an order lies where, once nothing is under way. */
async function booksOf({ id, lamp, shade }: Paid) {
  const [row] = await desk.sql<Record<string, unknown>>(
    'orders',
    `SELECT total::int, balance::int, edit_refunded::int AS "editRefunded", edit_id AS "editId", payment_status AS "paymentStatus", edits,
       (SELECT array_agg(sku || ' ' || quantity ORDER BY position) FROM order_line WHERE order_id = $1) AS lines,
       (SELECT array_agg(state) FROM saga WHERE name = 'edit' AND input ->> 'orderId' = $1) AS sagas,
       (SELECT array_agg(state) FROM order_edit WHERE order_id = $1) AS states FROM orders WHERE id = $1`,
    [id],
  );
  const { reservations } = desk.neighbors;
  const held = Object.fromEntries(
    (reservations.get(id)?.lines ?? []).map(({ variantId, quantity }) => [
      variantId === lamp ? 'lamp' : variantId === shade ? 'shade' : variantId,
      quantity,
    ]),
  );
  const payments = await desk.sql<{ charge: string; status: string; left: number }>(
    'payments',
    'SELECT charge, status, (captured - refunded)::int AS left FROM payment WHERE order_id = $1 ORDER BY created_at',
    [id],
  );
  // What lies with the provider beyond the 44.90 of the first payment.
  const extra = payments.reduce((sum, { left }) => sum + left, -4_490);
  return { ...row, held, extra, isHeld: near.heldBy.has(id) };
}

const AS_BOUGHT = {
  total: 4_490,
  balance: 0,
  editRefunded: 0,
  editId: null,
  paymentStatus: 'PAID',
  edits: 0,
  lines: ['LAMP-BLUE 2'],
  held: { lamp: 2 },
  extra: 0,
  isHeld: false,
};
const sweepEdits = () => sweep(editSaga(() => new Context('orders', desk.asking, { viewer: null, caller: 'orders' })));

test('cheaper: the line keeps its price, the difference goes back at once, stock is let go of, parcels go on with the new lines', async () => {
  const order = await paidOrder();
  const { order: shown, balance, userErrors } = await edit(order, { lines: [{ lineId: order.line, quantity: 1 }] });
  expect(userErrors).toEqual([]);
  expect(balance).toEqual({ amount: '0.00' });
  expect(shown).toMatchObject({
    balance: { amount: '0.00' },
    cost: { subtotal: { amount: '20.00' }, total: { amount: '24.90' } },
  });
  expect(shown!.lines).toMatchObject([{ id: order.line, quantity: 1, unitPrice: { amount: '20.00' } }]);
  expect(await booksOf(order)).toEqual({
    ...AS_BOUGHT,
    ...{ total: 2_490, editRefunded: 2_000, edits: 1, extra: -2_000 },
    lines: ['LAMP-BLUE 1'],
    held: { lamp: 1 },
    sagas: ['DONE'],
    states: ['APPLIED'],
  });
  expect(near.resumed.filter(({ orderId }) => orderId === order.id)).toMatchObject([
    { lines: [{ lineId: order.line, quantity: 1 }] },
  ]);
  expect(shown!.history.slice(-2).map(({ type }) => type)).toEqual(['order.changed', 'order.edited']);
});

test('dearer: new lines cost what they cost today; the order waits with its balance until the shopper has paid it, then goes on', async () => {
  const order = await paidOrder();
  const { order: shown, balance } = await edit(order, { add: [{ variantId: order.shade, quantity: 3 }] });
  expect(balance).toEqual({ amount: '15.00' });
  expect(shown).toMatchObject({
    paymentStatus: 'PARTIALLY_PAID',
    balance: { amount: '15.00' },
    cost: { total: { amount: '59.90' } },
  });
  expect(Date.parse(shown!.paymentDueAt!)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  expect(await booksOf(order)).toMatchObject({ isHeld: true, held: { lamp: 2, shade: 3 }, sagas: ['WAITING'] });

  expect(codes(await pay(order, 'pm_card_chargeDeclined'))).toEqual(['PAYMENT_DECLINED']);
  const key = randomUUID();
  const paid = await pay(order, 'pm_card_visa', key);
  expect(paid).toMatchObject({
    order: { paymentStatus: 'PAID', balance: { amount: '0.00' } },
    nextAction: null,
    userErrors: [],
  });
  expect(await pay(order, 'pm_card_visa', key)).toEqual(paid);
  expect(await booksOf(order)).toEqual({
    ...AS_BOUGHT,
    ...{ total: 5_990, edits: 1, extra: 1_500 },
    lines: ['LAMP-BLUE 2', order.shade.toUpperCase().replaceAll(' ', '')].map((sku, i) => (i ? `${sku} 3` : sku)),
    held: { lamp: 2, shade: 3 },
    sagas: ['DONE'],
    states: ['APPLIED'],
  });
  expect(codes(await pay(order))).toEqual(['INVALID_TRANSITION']);
  const [token] = await desk.sql<{ token: string | null }>(
    'orders',
    "SELECT payment ->> 'token' AS token FROM order_edit WHERE order_id = $1",
    [order.id],
  );
  expect(token).toEqual({ token: null });
});

test('who ordered is told once, unless staff says not to', async () => {
  const [told, untold] = [await paidOrder(), await paidOrder()];
  for (const [order, notify] of [
    [told, true],
    [untold, false],
  ] as const)
    await edit(order, { lines: [{ lineId: order.line, quantity: 1 }], notify });
  const news = (await desk.deliver()).filter(({ topic }) => topic === 'orders.order-edited.v1');
  expect(news.map(({ payload }) => payload)).toMatchObject([
    { orderId: told.id, balance: '0.00', refund: '20.00', currency: 'EUR' },
  ]);
});

test('21: a refund by hand that is faster leaves less than the difference: what is left goes back, and never more than was paid', async () => {
  const order = await paidOrder();
  desk.onAsk = async ({ field, variables }, when) => {
    const refund = variables.input as { refundId?: string } | undefined;
    if (field !== 'paymentRefund' || when !== 'before' || !refund?.refundId?.startsWith('edit_')) return;
    desk.onAsk = null;
    const orders = new Context('orders', desk.asking, { viewer: null, caller: 'orders' });
    const input = { orderId: order.id, refundId: 'ref_by_hand', amount: '30.00', currency: 'EUR', reason: null };
    await orders.ask(paymentRefund, { input });
  };
  expect((await edit(order, { lines: [{ lineId: order.line, quantity: 1 }] })).userErrors).toEqual([]);
  expect(await booksOf(order)).toMatchObject({ total: 2_490, extra: -4_490, sagas: ['DONE'], editId: null });
});

test('delivery follows the rules of carts: past 100.00 it is free', async () => {
  const order = await paidOrder();
  const { order: shown } = await edit(order, { lines: [{ lineId: order.line, quantity: 5 }] });
  expect(shown!.cost).toEqual({
    subtotal: { amount: '100.00' },
    shipping: { amount: '0.00' },
    total: { amount: '100.00' },
  });
});

test('3-D Secure: nextAction, and orderPaymentConfirm goes on; before that another card is told to wait', async () => {
  const order = await paidOrder();
  await edit(order, { add: [{ variantId: order.shade, quantity: 1 }] });
  const waiting = await pay(order, 'pm_card_threeDSecure2Required');
  expect(waiting).toMatchObject({
    nextAction: { type: 'redirect_to_url' },
    userErrors: [],
    order: { nextAction: { type: 'redirect_to_url' } },
  });
  expect(codes(await pay(order))).toEqual(['PAYMENT_PENDING']);
  await approve(waiting.nextAction!.url);
  const confirmed = await run(CONFIRM, { orderId: order.id, accessToken: order.accessToken }, null);
  expect(confirmed.order).toMatchObject({ paymentStatus: 'PAID', balance: { amount: '0.00' }, nextAction: null });
});

describe('withdrawn', () => {
  test('by staff: the order is as it was, and a charge that waits is voided', async () => {
    const order = await paidOrder();
    await edit(order, { lines: [{ lineId: order.line, quantity: 1 }], add: [{ variantId: order.shade, quantity: 9 }] });
    await pay(order, 'pm_card_threeDSecure2Required');
    const { order: shown, userErrors } = await withdraw(order);
    expect(userErrors).toEqual([]);
    expect(shown).toMatchObject({
      paymentStatus: 'PAID',
      cost: { total: { amount: '44.90' } },
      nextAction: null,
      paymentDueAt: null,
    });
    expect(await booksOf(order)).toEqual({ ...AS_BOUGHT, sagas: ['REFUSED'], states: ['WITHDRAWN'] });
    const charges = await desk.sql<{ status: string }>(
      'payments',
      "SELECT status FROM payment WHERE order_id = $1 AND charge <> ''",
      [order.id],
    );
    expect(charges).toEqual([{ status: 'VOIDED' }]);
    expect((await withdraw(order)).userErrors).toEqual([]);
    expect(codes(await pay(order))).toEqual(['INVALID_TRANSITION']);
  });

  test('by its deadline, which a repetition does not move', async () => {
    const order = await paidOrder();
    await edit(order, { add: [{ variantId: order.shade, quantity: 1 }] });
    await desk.sql(
      'orders',
      "UPDATE saga SET due_at = now() - interval '1 second' WHERE name = 'edit' AND input ->> 'orderId' = $1",
      [order.id],
    );
    await sweepEdits();
    expect(await booksOf(order)).toEqual({ ...AS_BOUGHT, sagas: ['REFUSED'], states: ['WITHDRAWN'] });
  });

  test('a payment and a withdrawal at the same moment: one of both', async () => {
    for (let round = 0; round < 5; round++) {
      const order = await paidOrder();
      await edit(order, { add: [{ variantId: order.shade, quantity: 1 }] });
      await Promise.all([pay(order), withdraw(order)]);
      const books = await booksOf(order);
      if (books.extra === 0) expect(books).toEqual({ ...AS_BOUGHT, sagas: ['REFUSED'], states: ['WITHDRAWN'] });
      else
        expect(books).toMatchObject({
          total: 4_990,
          extra: 500,
          balance: 0,
          sagas: ['DONE'],
          held: { lamp: 2, shade: 1 },
        });
    }
  });
});

test('27: a customer cancels an order whose change waits to be paid: the change is withdrawn, then the order cancelled', async () => {
  const order = await paidOrder();
  await edit(order, { add: [{ variantId: order.shade, quantity: 1 }] });
  const CANCEL = `mutation($input: OrderCancelInput!) { orderCancel(input: $input) { ${ORDER} } }`;
  const cancelled = await run(CANCEL, { orderId: order.id, accessToken: order.accessToken }, null);
  expect(cancelled).toMatchObject({ order: { status: 'CANCELLED', balance: { amount: '0.00' } }, userErrors: [] });
  expect(await booksOf(order)).toMatchObject({ total: 4_490, editId: null, states: ['WITHDRAWN'], isHeld: false });
  expect(codes(await edit(order, { lines: [{ lineId: order.line, quantity: 1 }] }))).toEqual(['INVALID_TRANSITION']);
});

describe('refused, and nothing changed', () => {
  test.each([
    ['an unknown line', (_: Paid) => ({ lines: [{ lineId: 'line_x', quantity: 1 }] }), 'LINE_NOT_FOUND'],
    ['a negative quantity', ({ line }: Paid) => ({ lines: [{ lineId: line, quantity: -1 }] }), 'INVALID_QUANTITY'],
    ['a huge quantity', ({ shade }: Paid) => ({ add: [{ variantId: shade, quantity: 1_000 }] }), 'INVALID_QUANTITY'],
    ['nothing left', ({ line }: Paid) => ({ lines: [{ lineId: line, quantity: 0 }] }), 'INVALID_QUANTITY'],
    ['nothing changed', ({ line }: Paid) => ({ lines: [{ lineId: line, quantity: 2 }] }), 'INVALID_QUANTITY'],
    ['what is not for sale', (_: Paid) => ({ add: [{ variantId: 'var_gone', quantity: 1 }] }), 'VARIANT_UNAVAILABLE'],
    ['another version', (_: Paid) => ({ add: [], expectedVersion: 1 }), 'ORDER_CHANGED'],
    ['more than there is', ({ shade }: Paid) => ({ add: [{ variantId: shade, quantity: 11 }] }), 'INSUFFICIENT_STOCK'],
  ] as const)('%s', async (_what, changes, code) => {
    const order = await paidOrder();
    const refused = await edit(order, changes(order));
    expect(codes(refused)).toEqual([code]);
    if (code === 'INSUFFICIENT_STOCK')
      expect(refused.userErrors[0]).toMatchObject({
        variantId: order.shade,
        available: 10,
        path: ['input', 'add', '0', 'quantity'],
      });
    expect(await booksOf(order)).toMatchObject(AS_BOUGHT);
  });

  test('25: once a parcel has left', async () => {
    const order = await paidOrder();
    desk.neighbors.left.add(order.id);
    expect(codes(await edit(order, { add: [{ variantId: order.shade, quantity: 1 }] }))).toEqual([
      'INVALID_TRANSITION',
    ]);
    expect(await booksOf(order)).toMatchObject(AS_BOUGHT);
  });

  test('before it is captured: BUSY with a time', async () => {
    const cart = desk.neighbors.fillCart();
    const { order } = await desk.place({ cartId: cart.id });
    const refused = await run(EDIT, {
      orderId: order!.id,
      reason: '',
      idempotencyKey: 'k',
      add: [{ variantId: variantOf(cart), quantity: 1 }],
    });
    expect(refused.userErrors).toMatchObject([{ code: 'BUSY', retryAfterSeconds: 2 }]);
    await desk.deliver();
  });

  test('by whom it is no business of', async () => {
    const order = await paidOrder();
    const { errors } = await desk.ask(
      EDIT,
      { input: { orderId: order.id, reason: '', idempotencyKey: 'k' } },
      customer('cus_x', 'orders:read'),
    );
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const stranger = await run(
      PAY,
      { orderId: order.id, payment: { token: 'pm_card_visa' }, idempotencyKey: 'k' },
      customer('cus_x'),
    );
    expect(codes(stranger)).toEqual(['ORDER_NOT_FOUND']);
  });
});

test('two edits at once: one wins, the other is refused or waits; one key twice is one edit', async () => {
  for (let round = 0; round < 5; round++) {
    const order = await paidOrder();
    const answers = await Promise.all([
      edit(order, { lines: [{ lineId: order.line, quantity: 1 }] }),
      edit(order, { lines: [{ lineId: order.line, quantity: 1 }], add: [{ variantId: order.shade, quantity: 1 }] }),
    ]);
    const won = answers.filter(({ userErrors }) => userErrors.length === 0);
    for (const { userErrors } of answers.filter((each) => !won.includes(each)))
      expect(['BUSY', 'INVALID_TRANSITION', 'INVALID_QUANTITY']).toContain(userErrors[0]?.code);
    const books = await booksOf(order);
    expect(books).toMatchObject({ editId: null, isHeld: false, edits: won.length });
    expect(4_490 + books.extra).toBe((books as unknown as { total: number }).total);
  }
  const order = await paidOrder();
  const input = { orderId: order.id, reason: '', idempotencyKey: 'same', lines: [{ lineId: order.line, quantity: 1 }] };
  const [first, second] = await Promise.all([run(EDIT, input), run(EDIT, input)]);
  expect(second).toEqual(first);
  expect(await booksOf(order)).toMatchObject({ edits: 1, extra: -2_000 });
  expect(codes(await run(EDIT, { ...input, lines: [{ lineId: order.line, quantity: 2 }] }))).toEqual([
    'IDEMPOTENCY_CONFLICT',
  ]);
});

describe.each(['before', 'after'] as const)('31: its process ends %s', (when) => {
  const FIELDS = ['fulfillmentsHold', 'variantsForSale', 'quote', 'stockAdjust', 'paymentRefund', 'fulfillmentsResume'];
  test.each(FIELDS)('%s of a cheaper edit: another process brings it to the same end', async (field) => {
    const order = await paidOrder();
    breakOnce(field, when);
    const answer = edit(order, { lines: [{ lineId: order.line, quantity: 1 }] });
    const sweeping = setInterval(() => void sweepEdits().catch(() => undefined), 100);
    await answer.finally(() => clearInterval(sweeping));
    expect(await booksOf(order)).toEqual({
      ...AS_BOUGHT,
      ...{ total: 2_490, editRefunded: 2_000, edits: 1, extra: -2_000 },
      lines: ['LAMP-BLUE 1'],
      held: { lamp: 1 },
      sagas: ['DONE'],
      states: ['APPLIED'],
    });
  });

  test.each(['paymentChargeVoid', 'stockAdjust', 'fulfillmentsResume'])(
    '%s of a withdrawal: the order is as it was',
    async (field) => {
      const order = await paidOrder();
      await edit(order, { add: [{ variantId: order.shade, quantity: 1 }] });
      await pay(order, 'pm_card_threeDSecure2Required');
      breakOnce(field, when);
      const answer = withdraw(order);
      const sweeping = setInterval(() => void sweepEdits().catch(() => undefined), 100);
      await answer.finally(() => clearInterval(sweeping));
      expect(await booksOf(order)).toEqual({ ...AS_BOUGHT, sagas: ['REFUSED'], states: ['WITHDRAWN'] });
    },
  );
});

test('31: a process that is never heard of again, at any question of an edit: another brings each to one end', async () => {
  const FIELDS = ['fulfillmentsHold', 'stockAdjust', 'paymentRefund', 'fulfillmentsResume'];
  const cases = FIELDS.flatMap((field) => (['before', 'after'] as const).map((when) => ({ field, when })));
  const orders = await Promise.all(cases.map(() => paidOrder()));
  const gone = new Set<number>();
  desk.onAsk = ({ field, variables }, when) => {
    const orderId = variables.orderId ?? (variables.input as { orderId?: string } | undefined)?.orderId;
    const at = orders.findIndex(({ id }) => id === orderId);
    if (at < 0 || gone.has(at) || cases[at]?.field !== field || cases[at]?.when !== when) return;
    gone.add(at);
    return new Promise(() => {});
  };
  for (const order of orders) edit(order, { lines: [{ lineId: order.line, quantity: 1 }] }).catch(() => undefined);
  await expect.poll(() => gone.size).toBe(cases.length);
  await desk.sql(
    'orders',
    "UPDATE saga SET lease_until = now() - interval '1 second' WHERE name = 'edit' AND state = 'RUNNING'",
  );
  await sweepEdits();
  for (const order of orders) {
    expect(await booksOf(order)).toEqual({
      ...AS_BOUGHT,
      ...{ total: 2_490, editRefunded: 2_000, edits: 1, extra: -2_000, lines: ['LAMP-BLUE 1'], held: { lamp: 1 } },
      ...{ sagas: ['DONE'], states: ['APPLIED'] },
    });
  }
});

const approve = (url: string) => {
  const { searchParams } = new URL(url);
  return answerChallenge(searchParams.get('payment')!, searchParams.get('secret')!, true);
};

function breakOnce(field: string, when: 'before' | 'after'): void {
  let broken = false;
  desk.onAsk = (asked, at) => {
    if (broken || asked.field !== field || at !== when) return;
    broken = true;
    throw new SubgraphUnavailable('it', `broke ${when} ${field}`);
  };
}
