import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#platform/auth/viewer.ts';
import { database } from '#subgraphs/orders/database.ts';
import { customer, type Desk, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const STAFF = customer('cus_staff', 'orders:read', 'orders:write');

interface Heard {
  id: string;
  status: string;
  paymentStatus: string;
  version: number;
}

/** A subscriber, once it is sure to have begun. */
async function follow(viewer: Viewer | null = STAFF) {
  const heard: Heard[] = [];
  const codes: unknown[] = [];
  const stop = desk.asking.subscribe(
    'orders',
    { query: 'subscription { ordersUpdated { id status paymentStatus version } }', variables: {} },
    { viewer, caller: 'router' },
    {
      next: ({ data, errors }: ExecutionResult) =>
        errors
          ? codes.push(errors[0]?.extensions.code)
          : heard.push((data as unknown as { ordersUpdated: Heard }).ordersUpdated),
      error: (reason) => codes.push((reason as { extensions?: { code: string } }).extensions?.code ?? `${reason}`),
      complete: () => undefined,
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { heard, codes, stop, of: (id: string) => heard.filter((each) => each.id === id) };
}

const place = async (more: { token?: string } = {}, viewer: Viewer | null = null) => {
  const cart = desk.neighbors.fillCart({ customerId: viewer?.customerId ?? null });
  const { order } = await desk.place({ cartId: cart.id, ...more }, viewer);
  return order?.id ?? null;
};

describe('ordersUpdated', () => {
  test('tells staff of every order as it is placed and as it changes, last of all as it is', async () => {
    const staff = await follow();
    const ids = (await Promise.all(Array.from({ length: 30 }, () => place()))) as string[];
    const waiting = (await place({ token: 'pm_card_threeDSecure2Required' }))!;
    await desk.deliver();
    const last = (id: string) => staff.of(id).at(-1);
    await expect.poll(() => ids.map((id) => last(id)?.paymentStatus)).toEqual(ids.map(() => 'PAID'));
    await expect.poll(() => last(waiting)?.status).toBe('PENDING_PAYMENT');
    for (const id of ids) {
      const versions = staff.of(id).map(({ version }) => version);
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    }
    staff.stop();
  });

  test('shows no order that was refused, and none that was before', async () => {
    const before = (await place())!;
    const staff = await follow();
    expect(await place({ token: 'pm_card_chargeDeclined' })).toBeNull();
    const after = (await place())!;
    await expect.poll(() => staff.of(after).length).toBeGreaterThan(0);
    expect(staff.heard.map(({ status }) => status)).not.toContain('CANCELLED');
    expect(staff.of(before)).toEqual([]);
    staff.stop();
  });

  test('misses no order whose transaction ends after later ones, though its events have the lower numbers', async () => {
    const [slow, quick] = [(await place())!, (await place())!];
    const staff = await follow();
    const change = (id: string) =>
      `WITH o AS (UPDATE orders SET version = version + 1 WHERE id = '${id}' RETURNING *)
       INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
       SELECT id, version, 'order.noted', '', status, payment_status, fulfillment_status FROM o`;
    await database.transaction(async (client) => {
      await client.query(change(slow));
      await desk.sql('orders', change(quick));
      // Longer than the follower waits between two looks.
      await new Promise((resolve) => setTimeout(resolve, 1_200));
    });
    await expect.poll(() => [staff.of(slow).length, staff.of(quick).length], { timeout: 5_000 }).toEqual([1, 1]);
    staff.stop();
  });

  test('tells nothing of what was before, though a transaction older than that ends only later', async () => {
    const [before, staff] = await database.transaction(async (client) => {
      await client.query('SELECT pg_current_xact_id()');
      return [(await place())!, await follow()] as const;
    });
    const after = (await place())!;
    await expect.poll(() => staff.of(after).length, { timeout: 5_000 }).toBeGreaterThan(0);
    expect(staff.of(before)).toEqual([]);
    staff.stop();
  });

  test.each([
    ['UNAUTHENTICATED', null],
    ['FORBIDDEN', customer('cus_any')],
    ['FORBIDDEN', customer('cus_any', 'products:write')],
  ])('39: %s to others, who hear nothing', async (code, viewer) => {
    const other = await follow(viewer);
    await place();
    await expect.poll(() => other.codes).toEqual([code]);
    expect(other.heard).toEqual([]);
    other.stop();
  });
});

describe('lists', () => {
  const LIST = 'query($filter: OrderFilter) { orders(filter: $filter, first: 100) { nodes { id status } totalCount } }';

  test('an order shows up when it is confirmed or waits for the shopper, not while it is being placed', async () => {
    const owner = customer('cus_lists');
    const mine = async () => {
      const { data } = (await desk.asking.query(
        'orders',
        {
          query:
            'query($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { orders { nodes { status } totalCount } } } }',
          variables: { r: [{ __typename: 'Customer', id: owner.customerId }] },
        },
        { viewer: owner, caller: 'router' },
      )) as { data: { _entities: { orders: { nodes: { status: string }[]; totalCount: number } }[] } };
      return data._entities[0]!.orders;
    };
    const seen: number[] = [];
    desk.onAsk = async ({ field }, when) => {
      if (field === 'paymentAuthorize' && when === 'before') seen.push((await mine()).totalCount);
    };
    await place({}, owner);
    await place({ token: 'pm_card_threeDSecure2Required' }, owner);
    desk.onAsk = null;
    expect(seen).toEqual([0, 1]);
    expect(await mine()).toEqual({ nodes: [{ status: 'PENDING_PAYMENT' }, { status: 'CONFIRMED' }], totalCount: 2 });
  });

  test('staff finds by the beginning of number or e-mail, by an index however many orders there are', async () => {
    const id = (await place())!;
    await desk.sql(
      'orders',
      `INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object('id', 'ord_many' || n, 'number', 'M-' || n, 'cart_id', 'many' || n,
         'email', 'Person' || n || '@many.example'))).* FROM orders o, generate_series(1, 20000) n WHERE o.id = $1`,
      [id],
    );
    await desk.sql(
      'orders',
      `INSERT INTO order_line SELECT (jsonb_populate_record(l, jsonb_build_object('id', 'line_many' || n, 'order_id', 'ord_many' || n))).*
       FROM order_line l, generate_series(1, 20000) n WHERE l.order_id = $1`,
      [id],
    );
    await desk.sql(
      'orders',
      `INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
       SELECT 'ord_many' || n, 1, 'order.placed', '', 'CONFIRMED', 'PAID', 'UNFULFILLED' FROM generate_series(1, 20000) n`,
    );
    await desk.sql('orders', 'ANALYZE orders');
    const found = async (query: string) => {
      const { data } = await desk.ask<{ orders: { nodes: { id: string }[]; totalCount: number } }>(
        LIST,
        { filter: { query } },
        STAFF,
      );
      return data!.orders;
    };
    expect(await found('m-1234')).toMatchObject({ totalCount: 11 });
    expect((await found('person777@')).nodes).toEqual([{ id: 'ord_many777', status: 'CONFIRMED' }]);
    expect((await found('PERSON777@MANY')).totalCount).toBe(1);
    expect((await found('erson777')).totalCount).toBe(0);
    const plan = await desk.sql<{ 'QUERY PLAN': string }>(
      'orders',
      "EXPLAIN SELECT 1 FROM orders o WHERE o.number LIKE upper('m-777%') OR lower(o.email) LIKE lower('m-777%')",
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toContain('orders_number_key');
    expect(text).toContain('orders_email');
    expect(text).not.toContain('Seq Scan');
  });
});
