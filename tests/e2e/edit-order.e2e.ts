import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sagas } from '#subgraphs/orders/sagas.ts';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { buy, signIn, variantsInStock } from '#tests/program/shopper.ts';
import { dealtKills } from './dealt.ts';

const running = inject('running');
let databases: ProgramDatabases;
let program: Program;
let guest: ApiClient;
let staff: ApiClient;
let variants: string[];

beforeAll(async () => {
  const { postgresUrl, redisUrl, shape, filesDir, seed } = running;
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  databases = await createProgramDatabases(postgresUrl, from);
  program = await startProgram({
    ...{ shape, databases, filesDir, redisUrl: redisUrl && `${redisUrl}/7`, crashes: true },
    // A short lease, so that what a killed process held is taken over within seconds; parcels leave by hand.
    env: {
      ...{ CHECKOUT_LEASE_MS: '1000', PAYMENT_DEADLINE_MS: '900', OUTBOX_AGAIN_MS: '5000', JOB_LOCK_MS: '3000' },
      FULFILLMENT: 'manual',
    },
  });
  guest = apiClient(program.routerUrl);
  staff = apiClient(program.routerUrl, await signIn(guest, 'admin@souk.test'));
  variants = (await variantsInStock(guest)).map(({ id }) => id);
});

afterAll(async () => {
  await program?.stop();
  await databases?.drop();
});

interface Shown {
  id: string;
  paymentStatus: string;
  balance: { amount: string };
  cost: { total: { amount: string } };
  lines: { id: string; quantity: number; variant: { id: string } }[];
  invoiceUrl: string | null;
}
interface Answer {
  order: Shown | null;
  userErrors: { code: string; message: string }[];
}

const ORDER =
  'id paymentStatus balance { amount } cost { total { amount } } lines { id quantity variant { id } } invoiceUrl';
const ERRORS = 'userErrors { code message }';
const EDIT = `mutation($input: OrderEditInput!) { orderEdit(input: $input) { order { ${ORDER} } ${ERRORS} } }`;
const PAY = `mutation($input: OrderPayInput!) { orderPay(input: $input) { order { ${ORDER} } ${ERRORS} } }`;
const WITHDRAW = `mutation($input: OrderEditCancelInput!) { orderEditCancel(input: $input) { order { ${ORDER} } ${ERRORS} } }`;

const run = async (api: ApiClient, query: string, input: object) =>
  Object.values(await api.ask<Record<string, Answer>>(query, { input }))[0]!;

async function shown(id: string): Promise<Shown> {
  return (await staff.ask<{ order: Shown }>(`query($id: ID!) { order(id: $id) { ${ORDER} } }`, { id })).order;
}

/** Two of one variant, paid. */
async function paidOrder(): Promise<{ order: Shown; accessToken: string }> {
  const { order, accessToken } = await buy(guest, [{ variantId: variants[0]!, quantity: 2 }]);
  await expect.poll(async () => (await shown(order.id)).paymentStatus, { timeout: 15_000 }).toBe('PAID');
  return { order: await shown(order.id), accessToken };
}

/** What orders, inventory, payments and shipping each have of it agree. */
async function expectBooksToAgree(id: string): Promise<Shown> {
  const order = await shown(id);
  const held = await databases.query<{ variant_id: string; quantity: number }>(
    'inventory',
    `SELECT u.variant_id, sum(u.quantity)::int AS quantity FROM reservation r, unnest(r.variant_ids, r.quantities) AS u(variant_id, quantity)
     WHERE r.order_id = $1 AND r.state IN ('RESERVED', 'COMMITTED') AND u.quantity > 0 GROUP BY 1 ORDER BY 1`,
    [id],
  );
  expect(held).toEqual(
    order.lines
      .map(({ variant, quantity }) => ({ variant_id: variant.id, quantity }))
      .sort((a, b) => (a.variant_id < b.variant_id ? -1 : 1)),
  );
  const [money] = await databases.query<{ left: number }>(
    'payments',
    'SELECT sum(captured - refunded)::int AS left FROM payment WHERE order_id = $1',
    [id],
  );
  expect(money!.left).toBe(Number(order.cost.total.amount.replace('.', '')));
  expect(order.balance.amount).toBe('0.00');
  const [row] = await databases.query<{ edit_id: string | null }>(
    'orders',
    'SELECT edit_id FROM orders WHERE id = $1',
    [id],
  );
  expect(row).toEqual({ edit_id: null });
  return order;
}

const fewer = ({ id, lines }: Shown) => ({
  orderId: id,
  reason: 'by phone',
  idempotencyKey: randomUUID(),
  lines: [{ lineId: lines[0]!.id, quantity: 1 }],
});
const more = ({ id }: Shown) => ({
  orderId: id,
  reason: 'one more',
  idempotencyKey: randomUUID(),
  add: [{ variantId: variants[1], quantity: 1 }],
});

test('staff makes an order smaller and larger, the shopper pays the rest, and the invoice is a PDF for who may have it', async () => {
  const { order, accessToken } = await paidOrder();
  expect((await run(staff, EDIT, fewer(order))).userErrors).toEqual([]);
  expect((await expectBooksToAgree(order.id)).lines).toMatchObject([{ quantity: 1 }]);
  const { order: larger, userErrors } = await run(staff, EDIT, more(order));
  expect(userErrors).toEqual([]);
  expect(larger).toMatchObject({ paymentStatus: 'PARTIALLY_PAID', invoiceUrl: null });
  const payment = { orderId: order.id, accessToken, payment: { token: 'pm_card_visa' }, idempotencyKey: randomUUID() };
  expect((await run(guest, PAY, payment)).userErrors).toEqual([]);
  const { invoiceUrl, lines } = await expectBooksToAgree(order.id);
  expect(lines).toHaveLength(2);

  const answer = await fetch(invoiceUrl!);
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    ...[200, 'application/pdf', 'private, no-store'],
  ]);
  expect(
    Buffer.from(await answer.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  // 39: to who has no grant it is like one that does not exist.
  const others = [
    invoiceUrl!.replace(/grant=.*/, 'grant=x'),
    invoiceUrl!.replace(/\?.*/, ''),
    invoiceUrl!.replace(order.id, 'ord_gone'),
  ];
  expect(await Promise.all(others.map(async (url) => (await fetch(url)).status))).toEqual([404, 404, 404]);
});

const points = sagas(() => {
  throw new Error('Only looked at.');
}).find(({ name }) => name === 'edit')!.crashPoints;

test.each(dealtKills(points.filter((point) => !point.endsWith('undo'))))(
  '31: SIGKILL at %s: the smaller order stands, and all books agree',
  async (point) => {
    const { order } = await paidOrder();
    await crashAt(point, () => run(staff, EDIT, fewer(order)));
    await untilEnded();
    expect((await expectBooksToAgree(order.id)).lines).toMatchObject([{ quantity: 1 }]);
  },
);

test.each(dealtKills(points.filter((point) => point.endsWith('undo'))))(
  '31: SIGKILL at %s: the withdrawn change leaves the order as it was',
  async (point) => {
    const { order } = await paidOrder();
    expect((await run(staff, EDIT, more(order))).userErrors).toEqual([]);
    await crashAt(point, () => run(staff, WITHDRAW, { orderId: order.id }));
    await untilEnded();
    expect((await expectBooksToAgree(order.id)).cost).toEqual(order.cost);
  },
);

/** Does a deed, kills the process that does it at the point, then starts that part again. */
async function crashAt(point: string, deed: () => Promise<unknown>): Promise<void> {
  const doomed = program.process('orders');
  await program.crashAt(point);
  const lost = deed().catch(() => null);
  expect(await doomed.exit).toBe('SIGKILL');
  await program.start('orders');
  await lost;
}

const untilEnded = () =>
  expect
    .poll(
      async () => {
        const rows = await databases.query<{ state: string }>(
          'orders',
          "SELECT state FROM saga WHERE name = 'edit' AND state NOT IN ('DONE', 'REFUSED')",
        );
        return rows.map(({ state }) => state);
      },
      { timeout: 30_000, interval: 200 },
    )
    .toEqual([]);
