import { afterAll, beforeAll, expect, test } from 'vitest';
import { customer, type Desk, openDesk } from './desk.ts';
import { EditNeighbors } from './edit-neighbors.ts';

const STAFF = customer('cus_staff', 'orders:read', 'orders:write');
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
  new EditNeighbors(desk);
});
afterAll(() => desk.close());

interface Entry {
  at: string;
  who: string;
  what: string;
  detail: string | null;
}

async function timelineOf(id: string, viewer = STAFF, accessToken?: string): Promise<Entry[] | null> {
  const { data, errors } = await desk.ask<{ order: { timeline: Entry[] | null } }>(
    'query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { timeline { at who what detail } } }',
    { id, accessToken },
    viewer,
  );
  expect(errors).toBeUndefined();
  return data!.order.timeline;
}

test('staff sees each step, who did it and when; nobody else sees anything of it, and no token is in it', async () => {
  const cart = desk.neighbors.fillCart({ customerId: 'cus_1' });
  const { order } = await desk.place({ cartId: cart.id }, customer('cus_1'));
  await desk.deliver();
  const { data } = await desk.ask<{ orderEdit: { userErrors: object[] } }>(
    `mutation($input: OrderEditInput!) { orderEdit(input: $input) { userErrors { code } } }`,
    {
      input: {
        orderId: order!.id,
        reason: 'one is enough',
        idempotencyKey: 'e',
        lines: [{ lineId: await lineOf(order!.id), quantity: 1 }],
      },
    },
    STAFF,
  );
  expect(data!.orderEdit.userErrors).toEqual([]);
  const timeline = (await timelineOf(order!.id))!;
  const told = timeline.map(({ who, what }) => `${who}: ${what}`);
  expect(told).toEqual(
    expect.arrayContaining([
      'customer cus_1: checkout begun',
      ...['freeze', 'create', 'reserve', 'authorize', 'confirm', 'close'].map(
        (step) => `the checkout: checkout.${step} done`,
      ),
      'the checkout: checkout finished',
      ...['orders: order.placed', 'orders: order.confirmed', 'payments: payment.captured'],
      ...['staff cus_staff: order.changed', 'staff cus_staff: order.edited', 'the edit: edit finished'],
    ]),
  );
  expect(timeline.find(({ what }) => what.startsWith('edit edit_'))).toMatchObject({
    who: 'staff cus_staff',
    detail: 'applied: one is enough',
  });
  const times = timeline.map(({ at }) => Date.parse(at));
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(JSON.stringify(timeline)).not.toMatch(/pm_card|"token"/);
  expect(await timelineOf(order!.id, customer('cus_1'))).toBeNull();
});

test('what failed too often is listed with its reason, and goes on once staff retries it', async () => {
  const cart = desk.neighbors.fillCart();
  const { order } = await desk.place({ cartId: cart.id });
  await desk.sql(
    'orders',
    "UPDATE saga SET state = 'PARKED', step = 'close', fault = 'carts: INTERNAL' WHERE id = $1",
    [order!.id],
  );
  const ask = <Data>(query: string, variables: object, viewer = STAFF) => desk.ask<Data>(query, variables, viewer);
  const { data } = await ask<{ parkedSagas: object[] }>('{ parkedSagas { id name step fault attempts } }', {});
  expect(data!.parkedSagas).toEqual([
    { id: order!.id, name: 'checkout', step: 'close', fault: 'carts: INTERNAL', attempts: 1 },
  ]);
  expect((await timelineOf(order!.id))!.at(-1)).toMatchObject({
    what: 'checkout parked at close',
    detail: 'carts: INTERNAL',
  });
  const RETRY = 'mutation($input: SagaRetryInput!) { sagaRetry(input: $input) { retried userErrors { code } } }';
  const input = { id: order!.id, name: 'checkout' };
  const refused = await ask(RETRY, { input }, customer('cus_x', 'orders:read'));
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  const answers = await Promise.all([
    ask<{ sagaRetry: { retried: boolean } }>(RETRY, { input }),
    ask<{ sagaRetry: { retried: boolean } }>(RETRY, { input }),
  ]);
  expect(answers.map((each) => each.data!.sagaRetry.retried).sort()).toEqual([false, true]);
  const sweeping = desk.startSweeping();
  await expect
    .poll(async () => (await timelineOf(order!.id))!.map(({ what }) => what), { timeout: 5_000 })
    .toContain('checkout finished');
  await sweeping.stop();
  expect((await timelineOf(order!.id))!.find(({ what }) => what === 'checkout.close retried')?.who).toBe(
    'staff cus_staff',
  );
});

const lineOf = async (orderId: string) =>
  (await desk.sql<{ id: string }>('orders', 'SELECT id FROM order_line WHERE order_id = $1', [orderId]))[0]!.id;
