import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#platform/auth/viewer.ts';
import { live } from '#platform/live/live.ts';
import { isAccessGranted, makeAccessGrant } from '#subgraphs/orders/contracts/access-grant.ts';
import { fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { customer, type Desk, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const WAY = ['CONFIRMED', 'PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED'] as const;

async function buy(viewer: Viewer | null = null) {
  const cart = desk.neighbors.fillCart({ customerId: viewer?.customerId ?? null });
  const { order, accessToken } = await desk.place({ cartId: cart.id }, viewer);
  return { cart, id: order!.id, number: order!.number, accessToken: accessToken! };
}

const move = (orderId: string, ...statuses: (typeof WAY)[number][]) =>
  desk.hand(
    'orders-follow-shipment',
    fulfillmentsMoved({
      moves: statuses.map((status) => ({
        ...{ fulfillmentId: 'ful_1', orderId, status: status as 'SHIPPED', at: new Date().toISOString(), lines: [] },
        progress: { sequence: 1, ordered: 1, ...unitsAt(WAY.indexOf(status)) },
      })),
    }),
  );

const unitsAt = (rank: number) => ({
  prepared: Number(rank >= 1),
  shipped: Number(rank >= 2),
  outForDelivery: Number(rank >= 3),
  delivered: Number(rank >= 4),
});

describe('39: an order that the viewer may not see does not exist', () => {
  const ORDER = 'query($id: ID!, $t: String) { order(id: $id, accessToken: $t) { id email accessGrant } }';
  const nothing = { data: { order: null } };
  const read = async (id: string, t: string | null, viewer: Viewer | null = null) => {
    const { data, errors } = await desk.ask(ORDER, { id, t }, viewer);
    return errors ? { data, errors } : { data };
  };

  test("a guest's order shows to its token and to staff only", async () => {
    const { id, accessToken } = await buy();
    const other = await buy();
    expect(await read('ord_nowhere', accessToken)).toEqual(nothing);
    for (const [token, viewer] of [
      [null, null],
      ['', null],
      ['wrong', null],
      [`${accessToken}x`, null],
      [other.accessToken, null],
      [null, customer('cus_any')],
      ['wrong', customer('cus_any', 'products:write')],
    ] as const)
      expect(await read(id, token, viewer)).toEqual(nothing);
    for (const [token, viewer] of [
      [accessToken, null],
      [accessToken, customer('cus_any')],
      [null, customer('cus_staff', 'orders:read')],
    ] as const)
      expect(await read(id, token, viewer)).toMatchObject({ data: { order: { id, email: 'ada@example.com' } } });
  });

  test("a customer's order shows to its customer, and the answer carries a grant for this order alone", async () => {
    const owner = customer('cus_owner');
    const { id } = await buy(owner);
    expect(await read(id, null)).toEqual(nothing);
    expect(await read(id, null, customer('cus_other'))).toEqual(nothing);
    const { data } = await read(id, null, owner);
    const { accessGrant } = data!.order as { accessGrant: string };
    expect(isAccessGranted(id, accessGrant)).toBe(true);
    expect(isAccessGranted('ord_other', accessGrant)).toBe(false);
  });

  test('a grant ends after two minutes and cannot be prolonged', () => {
    const now = 1_763_700_000_000;
    const grant = makeAccessGrant('ord_1', now);
    expect(isAccessGranted('ord_1', grant, now + 119_999)).toBe(true);
    expect(isAccessGranted('ord_1', grant, now + 120_001)).toBe(false);
    const [, signature] = grant.split('.');
    for (const forged of [
      `${(now + 9e9).toString(36)}.${signature}`,
      `zzzzzzzz.${signature}`,
      '.',
      'x',
      '',
      null,
      undefined,
    ])
      expect(isAccessGranted('ord_1', forged, now)).toBe(false);
  });

  test('references of other subgraphs are checked as well', async () => {
    const owner = customer('cus_owner');
    const { id } = await buy(owner);
    const entities = async (representation: object, viewer: Viewer | null) => {
      const { data, errors } = await desk.ask<{ _entities: unknown[] }>(
        'query($r: [_Any!]!) { _entities(representations: $r) { ... on Order { email } ... on OrderLine { title total { amount } } } }',
        { r: [representation] },
        viewer,
      );
      expect(errors).toBeUndefined();
      return data?._entities[0];
    };
    const order = { __typename: 'Order', id };
    expect(await entities(order, owner)).toEqual({ email: 'ada@example.com' });
    for (const viewer of [null, customer('cus_other')]) expect(await entities(order, viewer)).toBeNull();
    const [line] = await desk.sql<{ id: string }>('orders', 'SELECT id FROM order_line WHERE order_id = $1', [id]);
    const lineOf = (accessGrant: string) => ({ __typename: 'OrderLine', id: line!.id, accessGrant });
    expect(await entities(lineOf(makeAccessGrant(id)), null)).toEqual({ title: 'Lamp', total: { amount: '40.00' } });
    for (const grant of [makeAccessGrant('ord_other'), 'forged', ''])
      expect(await entities(lineOf(grant), owner)).toBeNull();
    expect(await entities({ ...lineOf(makeAccessGrant(id)), id: 'line_nowhere' }, owner)).toBeNull();
  });

  test('payments of an order show with a valid grant only', async () => {
    const { id } = await buy();
    const paymentsOf = async (accessGrant: string | null) => {
      const { data } = await desk.asking.query(
        'payments',
        {
          query:
            'query($r: [_Any!]!) { _entities(representations: $r) { ... on Order { payments { status amount { amount } } } } }',
          variables: { r: [{ __typename: 'Order', id, accessGrant }] },
        },
        { viewer: null, caller: 'router' },
      );
      return (data as { _entities: { payments: unknown }[] })._entities[0]?.payments;
    };
    expect(await paymentsOf(makeAccessGrant(id))).toEqual([{ status: 'AUTHORIZED', amount: { amount: '44.90' } }]);
    for (const grant of [null, makeAccessGrant('ord_other'), 'forged']) expect(await paymentsOf(grant)).toBeNull();
  });

  test('38: what subgraphs ask each other is refused to the router', async () => {
    const { id } = await buy();
    for (const [name, query] of [
      ['orders', `{ ordersForMail(ids: ["${id}"]) { email } }`],
      ['orders', 'mutation { ordersEventsHandled(ids: ["x"]) }'],
      ['payments', `mutation { paymentVoid(orderId: "${id}") { payment { id } } }`],
      ['payments', 'mutation { paymentsEventsHandled(ids: ["x"]) }'],
    ] as const) {
      const { errors } = await desk.asking.query(name, { query }, { viewer: null, caller: 'router' });
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect(await read(id, null)).toEqual(nothing);
  });
});

describe('lists of orders', () => {
  const LIST = `query($filter: OrderFilter, $first: Int, $after: String) { orders(filter: $filter, first: $first, after: $after) {
    nodes { id } edges { cursor } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
  interface List {
    orders: {
      nodes: { id: string }[];
      totalCount: number;
      pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
    } | null;
  }
  const staff = customer('cus_staff', 'orders:read');
  const list = (variables: object, viewer: Viewer | null = staff) => desk.ask<List>(LIST, variables, viewer);
  let mine: string[];
  const owner = customer('cus_lister');

  beforeAll(async () => {
    mine = [];
    for (let i = 0; i < 7; i++) mine.unshift((await buy(owner)).id);
    // Some of them at the very same moment.
    await desk.sql('orders', "UPDATE orders SET placed_at = '2026-11-21T12:00:00.123Z' WHERE id = ANY($1)", [
      mine.slice(2, 5),
    ]);
    const rows = await desk.sql<{ id: string }>(
      'orders',
      'SELECT id FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC, id DESC',
      [owner.customerId],
    );
    mine = rows.map(({ id }) => id);
  });

  test('a customer pages through all orders, newest first, each once', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 1; ; pages++) {
      const { data } = (await desk.asking.query(
        'orders',
        {
          query: `query($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Customer {
            orders(first: 2, after: $after) { nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } } } }`,
          variables: { r: [{ __typename: 'Customer', id: owner.customerId }], after },
        },
        { viewer: owner, caller: 'router' },
      )) as { data: { _entities: List[] } };
      const { nodes, totalCount, pageInfo } = data._entities[0]!.orders!;
      expect(totalCount).toBe(7);
      expect(pageInfo.hasPreviousPage).toBe(pages > 1);
      seen.push(...nodes.map(({ id }) => id));
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(mine);
  });

  test("another customer's orders are null, and staff may read them", async () => {
    const ordersOf = async (viewer: Viewer | null) => {
      const { data } = (await desk.asking.query(
        'orders',
        {
          query: 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { orders { totalCount } } } }',
          variables: { r: [{ __typename: 'Customer', id: owner.customerId }] },
        },
        { viewer, caller: 'router' },
      )) as { data: { _entities: { orders: { totalCount: number } | null }[] } };
      return data._entities[0]?.orders;
    };
    expect(await ordersOf(null)).toBeNull();
    expect(await ordersOf(customer('cus_other'))).toBeNull();
    expect(await ordersOf(staff)).toEqual({ totalCount: 7 });
  });

  test('all orders are for staff, filtered by status, number, e-mail and time', async () => {
    const { number } = (
      await desk.sql<{ number: string }>('orders', 'SELECT number FROM orders WHERE id = $1', [mine[0]])
    )[0]!;
    const ids = async (filter: object) => (await list({ filter, first: 100 })).data?.orders?.nodes.map(({ id }) => id);
    expect(await ids({ query: number.toLowerCase() })).toEqual([mine[0]]);
    expect(await ids({ query: '%' })).toEqual([]);
    expect(await ids({ query: '_' })).toEqual([]);
    expect((await ids({ query: 'ADA@' }))?.length).toBeGreaterThanOrEqual(7);
    expect(await ids({ status: ['DELIVERED'] })).toEqual([]);
    expect(await ids({ status: [] })).toEqual([]);
    expect(
      await ids({ placedAfter: '2026-11-21T12:00:00.122Z', placedBefore: '2026-11-21T12:00:00.124Z' }),
    ).toHaveLength(3);
    for (const viewer of [null, customer('cus_any')]) {
      const { data, errors } = await list({}, viewer);
      expect(data?.orders).toBeNull();
      expect(errors?.[0]?.extensions?.code).toBe(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED');
    }
  });

  test('a refused order is in no list', async () => {
    const cart = desk.neighbors.fillCart({ customerId: owner.customerId });
    await desk.place({ cartId: cart.id, token: 'pm_card_chargeDeclined' }, owner);
    expect((await list({ filter: { status: ['CANCELLED'] } })).data?.orders).toMatchObject({
      nodes: [],
      totalCount: 0,
    });
  });

  test.each([
    [{ first: 101 }],
    [{ first: -1 }],
    [{ after: 'forged' }],
    [{ after: Buffer.from('["not a date","x"]').toString('base64url') }],
    [{ after: Buffer.from('[1,2]').toString('base64url') }],
    [{ after: Buffer.from('["2026-11-21T12:00:00Z","\\u0000"]').toString('base64url') }],
  ])('%j is BAD_USER_INPUT', async (variables) => {
    const { errors } = await list(variables);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  test('a page of none tells whether there are some', async () => {
    expect((await list({ first: 0 })).data?.orders).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: true, endCursor: null },
    });
  });
});

describe('28: orderUpdated', () => {
  interface Update {
    orderUpdated: { id: string; status: string; version: number; history: { type: string }[] } | null;
  }

  /** What a subscriber hears, until the end. */
  function subscribe(id: string, accessToken: string | null = null, viewer: Viewer | null = null) {
    const heard: (Update['orderUpdated'] | 'error')[] = [];
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const stop = desk.asking.subscribe(
      'orders',
      {
        query: `subscription($id: ID!, $t: String) { orderUpdated(id: $id, accessToken: $t) { id status version history { type } } }`,
        variables: { id, t: accessToken },
      },
      { viewer, caller: 'router' },
      {
        next: ({ data, errors }: ExecutionResult) =>
          heard.push(errors ? 'error' : (data as unknown as Update).orderUpdated),
        error: () => end(),
        complete: () => end(),
      },
    );
    const statuses = () => heard.map((each) => (each === 'error' || each === null ? each : each.status));
    return { heard, statuses, ended, stop };
  }

  test('the present state first, then each later status once and in order, until it is delivered', async () => {
    const { id, accessToken } = await buy();
    const early = subscribe(id, accessToken);
    await expect.poll(early.statuses).toEqual(['CONFIRMED']);
    await desk.deliver();
    await move(id, 'PREPARING');
    await expect.poll(early.statuses).toEqual(['CONFIRMED', 'PREPARING']);
    const late = subscribe(id, accessToken);
    await expect.poll(late.statuses).toEqual(['PREPARING']);
    await move(id, 'DELIVERED');
    await Promise.all([early.ended, late.ended]);
    expect(early.statuses()).toEqual([...WAY]);
    expect(late.statuses()).toEqual(WAY.slice(1));
    const [, preparing] = early.heard;
    expect(preparing).toMatchObject({ id, version: 4 });
    expect((preparing as { history: unknown[] }).history).toHaveLength(4);
    const after = subscribe(id, accessToken);
    await after.ended;
    expect(after.statuses()).toEqual(['DELIVERED']);
  });

  test('wake-ups that are lost delay it by seconds and lose nothing; needless ones tell nothing', async () => {
    const { id, accessToken } = await buy();
    const subscriber = subscribe(id, accessToken);
    await expect.poll(subscriber.statuses).toEqual(['CONFIRMED']);
    for (let i = 0; i < 3; i++) live.publish(`order:${id}`);
    const publish = live.publish;
    live.publish = () => {};
    await move(id, 'PREPARING');
    await move(id, 'SHIPPED');
    live.publish = publish;
    expect(subscriber.statuses()).toEqual(['CONFIRMED']);
    await expect.poll(subscriber.statuses, { timeout: 6_000 }).toEqual(['CONFIRMED', 'PREPARING', 'SHIPPED']);
    subscriber.stop();
  });

  test('statuses that come at once, by several events, are each told once and in order to each of 20', async () => {
    const { id, accessToken } = await buy();
    const all = Array.from({ length: 20 }, () => subscribe(id, accessToken));
    await Promise.all(all.map((each) => expect.poll(each.statuses).toEqual(['CONFIRMED'])));
    await Promise.all([
      move(id, 'SHIPPED'),
      move(id, 'PREPARING'),
      move(id, 'DELIVERED'),
      move(id, 'OUT_FOR_DELIVERY'),
    ]);
    await Promise.all(all.map(({ ended }) => ended));
    for (const each of all) expect(each.statuses()).toEqual([...WAY]);
  });

  test('17: who waits for a payment hears that it was cancelled', async () => {
    const cart = desk.neighbors.fillCart();
    const { order, accessToken, nextAction } = await desk.place({
      cartId: cart.id,
      token: 'pm_card_threeDSecure2Required',
    });
    const subscriber = subscribe(order!.id, accessToken);
    await expect.poll(subscriber.statuses).toEqual(['PENDING_PAYMENT']);
    const url = new URL(nextAction!.url);
    const { answerChallenge } = await import('#subgraphs/payments/provider/test/test-provider.ts');
    await answerChallenge(url.searchParams.get('payment')!, url.searchParams.get('secret')!, false);
    await desk.ask(
      'mutation($input: OrderPaymentConfirmInput!) { orderPaymentConfirm(input: $input) { userErrors { code } } }',
      {
        input: { orderId: order!.id, accessToken },
      },
    );
    await subscriber.ended;
    expect(subscriber.statuses()).toEqual(['PENDING_PAYMENT', 'CANCELLED']);
  });

  test('39: an order that the viewer may not see is null and the end, like one that does not exist', async () => {
    const { id } = await buy(customer('cus_owner'));
    for (const [wanted, token, viewer] of [
      ['ord_nowhere', null, null],
      [id, null, null],
      [id, 'wrong', null],
      [id, null, customer('cus_other')],
    ] as const) {
      const subscriber = subscribe(wanted, token, viewer);
      await subscriber.ended;
      expect(subscriber.heard).toEqual([null]);
    }
    const owner = subscribe(id, null, customer('cus_owner'));
    await expect.poll(owner.statuses).toEqual(['CONFIRMED']);
    owner.stop();
  });
});
