import { afterAll, beforeAll, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { CHANGED } from '#subgraphs/orders/audit/findings.ts';
import { ordersAudit } from '#subgraphs/orders/contracts/orders-audit.ts';
import { database } from '#subgraphs/orders/database.ts';
import { afterSale } from './after-sale.ts';
import { customer, type Desk, openDesk } from './desk.ts';

let desk: Desk;
let shop: ReturnType<typeof afterSale>;

beforeAll(async () => {
  desk = await openDesk();
  shop = afterSale(desk);
});
afterAll(() => desk.close());

const HOUR = 3_600_000;

async function audit(more: { first?: number; after?: string | null; since?: string } = {}) {
  const context = new Context('operations', desk.asking, { viewer: null, caller: 'operations' });
  const [since, until] = [Date.now() - HOUR, Date.now() + HOUR].map((at) => new Date(at).toISOString());
  return (await context.ask(ordersAudit, { since: since!, until: until!, ...more })).ordersAudit;
}

const owed = async (id: string) => (await audit()).orders.find(({ orderId }) => orderId === id);

test('finds nothing after a day of placing, refunding, returning and cancelling, and tells what each order owes', async () => {
  const placed = await shop.buy({ paid: false });
  expect(await owed(placed.id)).toEqual({
    ...{ orderId: placed.id, status: 'CONFIRMED', paymentStatus: 'AUTHORIZED', currency: 'EUR', owed: '64.90' },
    settled: false,
    codes: [],
    hasGoods: true,
    giftCards: [],
    placedAt: expect.any(String),
    cartId: expect.any(String),
  });
  await desk.deliver();
  expect((await owed(placed.id))?.settled).toBe(true);
  const sent = await shop.buy();
  await shop.deliver(sent);
  await shop.refund({ orderId: sent.id, amount: '4.90' });
  const { return: back } = await shop.request({
    ...{ orderId: sent.id, accessToken: sent.accessToken, lines: [{ lineId: sent.lineId, quantity: 2 }] },
  });
  await shop.approve(back!.id);
  await shop.receive(back!.id, true);
  await shop.payBack(back!.id);
  await shop.refund({ orderId: sent.id, lines: [{ lineId: sent.lineId, quantity: 1 }], restock: true });
  const gone = await shop.buy();
  await desk.ask(
    'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }',
    { input: { orderId: gone.id } },
    customer('cus_staff', 'orders:write'),
  );
  await desk.deliver();
  expect(await owed(sent.id)).toMatchObject({ owed: '0.00', settled: true, status: 'RETURNED' });
  expect(await owed(gone.id)).toMatchObject({ owed: '0.00', settled: true, status: 'CANCELLED' });
  expect((await audit()).findings).toEqual([]);
});

test('goes through a window page by page, and leaves out what changed at another time', async () => {
  const all = (await audit()).orders.map(({ orderId }) => orderId);
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof audit>> = await audit({ first: 2, after });
    seen.push(...page.orders.map(({ orderId }) => orderId));
    after = page.endCursor;
  } while (after);
  expect(seen).toEqual(all);
  expect((await audit({ since: new Date(Date.now() + HOUR / 2).toISOString() })).orders).toEqual([]);
});

test('each invariant is told of when it is broken', async () => {
  const broken = async (text: string, ...values: unknown[]) => {
    await desk.sql('orders', text, values);
    return (await audit()).findings.map(({ invariant }) => invariant);
  };
  const order = async () => (await shop.buy()).id;
  expect(await broken('DELETE FROM order_event WHERE order_id = $1 AND seq = 2', await order())).toEqual([
    'history-gapless',
  ]);
  const back = await order();
  expect(await broken("UPDATE order_event SET status = 'DELIVERED' WHERE order_id = $1 AND seq = 2", back)).toEqual(
    expect.arrayContaining(['history-never-back']),
  );
  await desk.sql('orders', "UPDATE order_event SET status = 'CONFIRMED' WHERE order_id = $1 AND seq = 2", [back]);
  expect(await broken("UPDATE orders SET status = 'PREPARING' WHERE id = $1", await order())).toContain(
    'history-tells-status',
  );
  expect(await broken('UPDATE order_line SET returned = 1 WHERE order_id = $1', await order())).toContain(
    'units-returned',
  );
  expect(await broken('UPDATE order_line SET refunded = 1 WHERE order_id = $1', await order())).toContain(
    'units-refunded',
  );
  expect(await broken("UPDATE idempotency SET cart_id = 'cart_other' WHERE order_id = $1", await order())).toContain(
    'one-order-a-key',
  );
  const [one, two] = [await order(), await order()];
  await desk.sql('orders', 'DROP INDEX orders_one_open_per_cart');
  expect(
    await broken('UPDATE orders SET cart_id = (SELECT cart_id FROM orders WHERE id = $2) WHERE id = $1', one, two),
  ).toContain('one-order-a-cart');
  const stuck =
    "UPDATE saga SET state = 'RUNNING', begun_at = now() - interval '61 seconds' WHERE id = $1 AND name = 'checkout'";
  expect(await broken(stuck, await order())).toContain('saga-unfinished');
  expect(await broken("UPDATE saga SET state = 'PARKED' WHERE id = $1", await order())).toContain('saga-parked');
  await shop.buy({ paid: false });
  expect(await broken("UPDATE outbox SET created_at = now() - interval '61 seconds'")).toContain('outbox-unfinished');
});

test('38: is refused to the router', async () => {
  const { errors } = await desk.ask(
    '{ ordersAudit(since: "2026-11-21T00:00:00Z", until: "2026-11-22T00:00:00Z") { endCursor } }',
    {},
    customer('cus_staff', 'orders:read', 'orders:write'),
  );
  expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
});

test('a window costs what it holds, however many orders there were before it', async () => {
  const { order } = await desk.place({ cartId: desk.neighbors.fillCart().id });
  await desk.sql(
    'orders',
    `INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status, at)
     SELECT $1, seq, 'order.noted', '', 'CONFIRMED', 'PAID', 'UNFULFILLED', now() - interval '1 day' FROM generate_series(1001, 31000) seq`,
    [order!.id],
  );
  await desk.sql('orders', "SELECT brin_summarize_new_values('order_event_xid_at_idx')");
  await desk.sql('orders', 'ANALYZE order_event');
  const plan = await database.transaction(async (client) => {
    await client.query('SET LOCAL plan_cache_mode = force_generic_plan');
    await client.query(`PREPARE a_window (timestamptz, timestamptz, text, int) AS ${CHANGED}`);
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }>(
      "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE a_window (now() - interval '1 minute', now() + interval '1 minute', '', 1001)",
    );
    await client.query('DEALLOCATE a_window');
    return rows[0]!['QUERY PLAN'][0].Plan;
  });
  expect(plan['Actual Rows']).toBeGreaterThan(0);
  // All of those events are some 600 pages, and six times as many rows.
  expect(plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!).toBeLessThan(400);
});
