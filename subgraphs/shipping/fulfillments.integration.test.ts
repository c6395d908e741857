import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { orderPaid } from '#subgraphs/orders/contracts/orders.events.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { cancelFulfillments } from './cancel-fulfillments.ts';
import { tick } from './carriers/demo-carrier.ts';
import { shippingConfig } from './config.ts';
import { database } from './database.ts';
import {
  announced,
  ask,
  clearDesk,
  hear,
  knownOrders,
  line,
  linesOf,
  makeDue,
  movesOf,
  paid,
  parcelsOf,
  prepare,
  progressOf,
  STAFF,
  seenByStaff,
  someOrders,
} from './testing/shipping-desk.ts';

vi.mock('./config.ts', () => ({
  shippingConfig: { carrierSpeed: 1_000, isAutomatic: false, easyPost: null, publicUrl: 'http://localhost:5700' },
}));
const setAutomatic = (isAutomatic: boolean) => Object.assign(shippingConfig, { isAutomatic });

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(async () => {
  setAutomatic(false);
  await clearDesk();
});

const FULFILLMENT =
  'fulfillment { id status carrier trackingNumber lines { quantity line { id quantity } } events { status message } }';
const errors = 'userErrors { code path message }';
const CREATE = `mutation($input: FulfillmentInput!) { done: fulfillmentCreate(input: $input) { ${FULFILLMENT} ${errors} } }`;
const UPDATE = `mutation($input: FulfillmentUpdateInput!) { done: fulfillmentUpdate(input: $input) { ${FULFILLMENT} ${errors} } }`;
const CANCEL = `mutation($input: FulfillmentCancelInput!) { done: fulfillmentCancel(input: $input) { ${FULFILLMENT} ${errors} } }`;

interface Done {
  fulfillment: {
    id: string;
    status: string;
    carrier: string | null;
    trackingNumber: string | null;
    lines: { quantity: number; line: { id: string; quantity: number } }[];
    events: { status: string; message: string }[];
  } | null;
  userErrors: { code: string; path: string[]; message: string }[];
}

async function run(source: string, input: object): Promise<Done> {
  const { data, errors } = await ask(source, { input });
  if (errors) throw new Error(errors[0]?.message);
  return (data as unknown as { done: Done }).done;
}

let keys = 0;
const send = (orderId: string, lines?: Record<string, number> | null, more: object = {}) =>
  run(CREATE, {
    ...{ orderId, idempotencyKey: `key-${++keys}` },
    lines: lines && Object.entries(lines).map(([lineId, quantity]) => ({ lineId, quantity })),
    ...more,
  });
const inParcel = ({ fulfillment }: Done) => fulfillment?.lines.map(({ quantity, line }) => `${quantity} of ${line.id}`);
const refusal = ({ fulfillment, userErrors: [error] }: Done) => {
  expect(fulfillment).toBeNull();
  return `${error?.code} ${error?.path?.join('.')}`;
};
const buy = (orderId: string) => prepare(orderId, [line('a', 3), line('b', 2)]);

test('26: an order leaves in two parcels; its progress counts the units of both', async () => {
  await buy('ord_1');
  expect(await parcelsOf('ord_1')).toEqual([]);
  expect(inParcel(await send('ord_1', { a: 2 }))).toEqual(['2 of a']);
  expect(inParcel(await send('ord_1'))).toEqual(['1 of a', '2 of b']);
  expect(await linesOf('ord_1')).toEqual(['a 3/3', 'b 2/2']);
  for (let i = 0; i < 3; i++) {
    await makeDue();
    await tick();
  }
  const moves = await movesOf('ord_1');
  expect(moves.map(({ progress }) => progress.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(moves[1]?.progress).toEqual({
    sequence: 2,
    ordered: 5,
    prepared: 5,
    shipped: 0,
    outForDelivery: 0,
    delivered: 0,
  });
  // Both parcels moved in one tick: the order's progress grows by each in turn.
  expect(moves.map(({ progress }) => progress.shipped).slice(2, 4)).toEqual([
    moves[2]?.lines[0]?.quantity === 2 ? 2 : 3,
    5,
  ]);
  expect(moves.slice(2, 4).map(({ status }) => status)).toEqual(['SHIPPED', 'SHIPPED']);
  expect(moves.at(-1)?.progress).toEqual({
    sequence: 8,
    ordered: 5,
    prepared: 5,
    shipped: 5,
    outForDelivery: 5,
    delivered: 5,
  });
  expect(await progressOf('ord_1')).toEqual({ ordered: 5, prepared: 5, shipped: 5, outForDelivery: 5, delivered: 5 });
});

test('26: what cannot be sent is refused, and nothing of it changes anything', async () => {
  await buy('ord_1');
  await send('ord_1', { b: 2 });
  expect(refusal(await send('ord_1', { a: 1, b: 1 }))).toBe('ALREADY_FULFILLED input.lines.1.lineId');
  expect(refusal(await send('ord_1', { a: 4 }))).toBe('INVALID_QUANTITY input.lines.0.quantity');
  expect(refusal(await send('ord_1', { a: 0 }))).toBe('INVALID_QUANTITY input.lines.0.quantity');
  expect(refusal(await send('ord_1', { a: 1, c: 1 }))).toBe('LINE_NOT_FOUND input.lines.1.lineId');
  expect(refusal(await send('ord_1', {}))).toBe('INVALID_QUANTITY input.lines');
  expect(await linesOf('ord_1')).toEqual(['a 0/3', 'b 2/2']);
  await send('ord_1');
  expect(refusal(await send('ord_1'))).toBe('ALREADY_FULFILLED input.orderId');
  expect(refusal(await send('ord_none'))).toBe('ORDER_NOT_FOUND input.orderId');
  knownOrders.set('ord_unpaid', { id: 'ord_unpaid' });
  expect(refusal(await send('ord_unpaid'))).toBe('NOT_PAID input.orderId');
  await buy('ord_cancelled');
  await cancelFulfillments('ord_cancelled');
  expect(refusal(await send('ord_cancelled'))).toBe('INVALID_TRANSITION input.orderId');
  expect(await parcelsOf('ord_1')).toHaveLength(2);
});

test('26: ten fulfillments at once never ship a line twice', async () => {
  await buy('ord_1');
  const done = await Promise.all(
    Array.from({ length: 10 }, (_, i) => send('ord_1', i % 3 === 0 ? null : i % 3 === 1 ? { a: 2 } : { a: 1, b: 1 })),
  );
  const made = done.filter(({ fulfillment }) => fulfillment);
  expect(made.length).toBeGreaterThan(0);
  const sent = { a: 0, b: 0 };
  for (const { fulfillment } of made)
    for (const { quantity, line } of fulfillment!.lines) sent[line.id as 'a'] += quantity;
  await send('ord_1').then(({ fulfillment }) => {
    for (const { quantity, line } of fulfillment?.lines ?? []) sent[line.id as 'a'] += quantity;
  });
  expect(sent).toEqual({ a: 3, b: 2 });
  expect(await linesOf('ord_1')).toEqual(['a 3/3', 'b 2/2']);
});

test('26: two whole fulfillments at once, thirty times: one parcel each, the other is told', async () => {
  for (const id of someOrders(30)) {
    await buy(id);
    const done = await Promise.all([send(id), send(id)]);
    expect(done.filter(({ fulfillment }) => fulfillment)).toHaveLength(1);
    expect(done.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(['ALREADY_FULFILLED']);
    expect(await parcelsOf(id)).toHaveLength(1);
  }
});

test('26: the same key makes one parcel, however often and at once it is sent', async () => {
  await buy('ord_1');
  const done = await Promise.all(Array.from({ length: 8 }, () => send('ord_1', { a: 1 }, { idempotencyKey: 'same' })));
  expect(new Set(done.map(({ fulfillment }) => fulfillment?.id)).size).toBe(1);
  expect(await linesOf('ord_1')).toEqual(['a 1/3', 'b 0/2']);
});

test('26: a parcel made by hand is moved by hand, forward only, through each status that it passes', async () => {
  await buy('ord_1');
  const { fulfillment } = await send('ord_1', null, { carrier: 'DHL', trackingNumber: '00340434' });
  const fulfillmentId = fulfillment!.id;
  expect(fulfillment).toMatchObject({ status: 'PREPARING', carrier: 'DHL', trackingNumber: '00340434' });
  await makeDue();
  await tick();
  expect(await parcelsOf('ord_1')).toMatchObject([{ status: 'PREPARING' }]);
  const out = await run(UPDATE, { fulfillmentId, status: 'OUT_FOR_DELIVERY', trackingNumber: '00340435' });
  expect(out.fulfillment).toMatchObject({ status: 'OUT_FOR_DELIVERY', trackingNumber: '00340435', carrier: 'DHL' });
  expect((await movesOf('ord_1')).map(({ status }) => status)).toEqual(['PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY']);
  expect(refusal(await run(UPDATE, { fulfillmentId, status: 'SHIPPED' }))).toBe(
    'INVALID_TRANSITION input.fulfillmentId',
  );
  expect(refusal(await run(CANCEL, { fulfillmentId }))).toBe('INVALID_TRANSITION input.fulfillmentId');
  const twice = await Promise.all([1, 2].map(() => run(UPDATE, { fulfillmentId, status: 'DELIVERED' })));
  expect(twice.map((each) => each.fulfillment?.status)).toEqual(['DELIVERED', 'DELIVERED']);
  expect((await movesOf('ord_1')).map(({ status }) => status)).toEqual([
    'PREPARING',
    'SHIPPED',
    'OUT_FOR_DELIVERY',
    'DELIVERED',
  ]);
  expect((await seenByStaff('ord_1'))[0]).toMatchObject({ labelUrl: null, shippedAt: expect.any(String) });
});

test('25: a parcel that a carrier moves is not moved by hand; one that does not exist is not found', async () => {
  await buy('ord_1');
  const { fulfillment } = await send('ord_1');
  const refused = await run(UPDATE, { fulfillmentId: fulfillment!.id, status: 'DELIVERED' });
  expect(refusal(refused)).toBe('INVALID_TRANSITION input.fulfillmentId');
  expect(refusal(await run(UPDATE, { fulfillmentId: 'ful_none' }))).toBe('FULFILLMENT_NOT_FOUND input.fulfillmentId');
  expect(refusal(await run(CANCEL, { fulfillmentId: 'ful_none' }))).toBe('FULFILLMENT_NOT_FOUND input.fulfillmentId');
  expect(await parcelsOf('ord_1')).toMatchObject([{ status: 'PREPARING' }]);
});

test('26: a parcel taken apart gives its lines back, once, and the rest goes into another', async () => {
  await buy('ord_1');
  const { fulfillment } = await send('ord_1', { a: 3 });
  const twice = await Promise.all([1, 2].map(() => run(CANCEL, { fulfillmentId: fulfillment!.id })));
  expect(twice.map((each) => each.fulfillment?.status)).toEqual(['CANCELLED', 'CANCELLED']);
  expect(await linesOf('ord_1')).toEqual(['a 0/3', 'b 0/2']);
  expect((await movesOf('ord_1')).map(({ status, progress }) => `${status} ${progress.prepared}`)).toEqual([
    'PREPARING 3',
    'CANCELLED 0',
  ]);
  expect(inParcel(await send('ord_1'))).toEqual(['3 of a', '2 of b']);
});

test('26: taking parcels apart while the carrier fetches: each either left or was taken apart', async () => {
  const ids = someOrders(30);
  const made = await Promise.all(ids.map((id) => buy(id).then(() => send(id))));
  await makeDue();
  const cancelling = made.map(({ fulfillment }) => run(CANCEL, { fulfillmentId: fulfillment!.id }));
  await Promise.race(cancelling);
  await Promise.all([tick(), tick()]);
  const answers = await Promise.all(cancelling);
  expect(new Set(answers.map(({ userErrors: [error] }) => error?.code))).toEqual(
    new Set([undefined, 'INVALID_TRANSITION']),
  );
  for (const [i, id] of ids.entries()) {
    const cancelled = answers[i]?.fulfillment?.status === 'CANCELLED';
    expect(await linesOf(id)).toEqual(cancelled ? ['a 0/3', 'b 0/2'] : ['a 3/3', 'b 2/2']);
    const { prepared, shipped } = await progressOf(id);
    expect({ prepared, shipped }).toEqual(cancelled ? { prepared: 0, shipped: 0 } : { prepared: 5, shipped: 5 });
  }
});

test('27: an order in parts is not stopped once one of them has left, and is whole when it is', async () => {
  await buy('ord_left');
  await send('ord_left', { a: 1 });
  await makeDue();
  await tick();
  await send('ord_left', { a: 1 });
  expect(await cancelFulfillments('ord_left')).toBe(false);
  expect((await parcelsOf('ord_left')).map(({ status }) => status)).toEqual(['SHIPPED', 'PREPARING']);
  await buy('ord_stopped');
  await send('ord_stopped', { a: 1 });
  await send('ord_stopped', { b: 1 });
  expect(await cancelFulfillments('ord_stopped')).toBe(true);
  expect(await cancelFulfillments('ord_stopped')).toBe(true);
  expect((await movesOf('ord_stopped')).map(({ status }) => status)).toEqual([
    ...['PREPARING', 'PREPARING', 'CANCELLED', 'CANCELLED'],
  ]);
  expect(await linesOf('ord_stopped')).toEqual(['a 0/3', 'b 0/2']);
});

test('only staff may make, move and take apart parcels', async () => {
  await buy('ord_1');
  const input = { orderId: 'ord_1', idempotencyKey: 'x' };
  for (const viewer of [null, { ...STAFF, scopes: ['orders:read'] }]) {
    for (const [source, variables] of [
      [CREATE, { input }],
      [UPDATE, { input: { fulfillmentId: 'ful_1' } }],
      [CANCEL, { input: { fulfillmentId: 'ful_1' } }],
    ] as const) {
      const { data, errors } = await ask(source, variables, viewer);
      expect({ data, message: errors?.[0]?.message }).toEqual({
        data: null,
        message: viewer
          ? 'This needs the scope orders:write.'
          : 'Sign in first: send Authorization: Bearer <accessToken of sessionCreate>.',
      });
    }
  }
  expect(await parcelsOf('ord_1')).toEqual([]);
});

test('30: two hundred paid orders in one job, known ones, stopped ones and repetitions among them: a parcel each, once', async () => {
  setAutomatic(true);
  const ids = someOrders(200);
  const stopped = ids.slice(0, 20);
  await Promise.all(stopped.map((id) => cancelFulfillments(id)));
  await hear(...ids.slice(20, 40).map((id) => orderPaid(paid(id))));
  const events = [...ids, ...ids.slice(0, 30)].map((id) => orderPaid(paid(id)));
  await Promise.all([hear(...events), hear(...events.toReversed())]);
  expect(await database.prisma.fulfillment.count()).toBe(180);
  expect(await database.prisma.dispatch.count({ where: { paidAt: { not: null } } })).toBe(200);
  const told = (await announced()).flat();
  expect(told.map(({ orderId }) => orderId).sort()).toEqual(ids.slice(20).sort());
  for (const id of stopped) expect(await parcelsOf(id)).toEqual([]);
});
