import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { API_KEY, type SignedWebhook, startFakeEasyPost, WEBHOOK_SECRET } from '#tests/fake-carrier/fake-easypost.ts';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { buy, signIn, statusesOf, variantsInStock } from '#tests/program/shopper.ts';

const running = inject('running');
let fake: Awaited<ReturnType<typeof startFakeEasyPost>>;
let databases: ProgramDatabases;
let program: Program;
let guest: ApiClient;
let staff: ApiClient;

beforeAll(async () => {
  const { postgresUrl, redisUrl, shape, filesDir, seed } = running;
  fake = await startFakeEasyPost();
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  databases = await createProgramDatabases(postgresUrl, from);
  const env = {
    ...{ FULFILLMENT: 'manual', CARRIER: 'easypost', EASYPOST_URL: fake.url, EASYPOST_FROM: 'adr_1' },
    ...{ EASYPOST_API_KEY: API_KEY, EASYPOST_WEBHOOK_SECRET: WEBHOOK_SECRET },
  };
  program = await startProgram({ shape, databases, redisUrl: redisUrl && `${redisUrl}/7`, filesDir, env });
  guest = apiClient(program.routerUrl);
  staff = apiClient(program.routerUrl, await signIn(guest, 'admin@souk.test'));
});

afterAll(async () => {
  await program?.stop();
  await databases?.drop();
  await fake?.close();
});

interface Parcel {
  id: string;
  status: string;
  carrier: string | null;
  trackingNumber: string | null;
  labelUrl: string | null;
  lines: { quantity: number }[];
}
interface Seen {
  status: string;
  fulfillmentStatus: string;
  fulfillments: Parcel[];
}

const orderOf = async (api: ApiClient, id: string, accessToken?: string): Promise<Seen> =>
  (
    await api.ask<{ order: Seen }>(
      `query($id: ID!, $accessToken: String) { order(id: $id, accessToken: $accessToken) { status fulfillmentStatus
        fulfillments { id status carrier trackingNumber labelUrl lines { quantity } } } }`,
      { id, accessToken },
    )
  ).order;

const send = async (orderId: string, lines?: { lineId: string; quantity: number }[]) =>
  (
    await staff.ask<{ fulfillmentCreate: { fulfillment: Parcel | null; userErrors: { code: string }[] } }>(
      `mutation($input: FulfillmentInput!) { fulfillmentCreate(input: $input) {
        fulfillment { id status carrier trackingNumber labelUrl lines { quantity } } userErrors { code } } }`,
      { input: { orderId, lines, idempotencyKey: randomUUID() } },
    )
  ).fulfillmentCreate;

const post = (webhook: SignedWebhook, carrier = 'easypost') =>
  fetch(`${program.routerUrl.replace(/\/graphql$/, '')}/webhooks/carriers/${carrier}`, {
    method: webhook.method,
    headers: Object.fromEntries(webhook.headers.map(({ name, value }) => [name, value])),
    body: Buffer.from(webhook.body, 'base64'),
  }).then(({ status }) => status);

test('26: staff sends an order in two parcels by a carrier, whose webhooks bring both, and the order, to DELIVERED', async () => {
  const [variant] = await variantsInStock(guest);
  const { order, accessToken } = await buy(guest, [{ variantId: variant!.id, quantity: 3 }]);
  const { order: lined } = await staff.ask<{ order: { lines: { id: string }[] } }>(
    'query($id: ID!) { order(id: $id) { lines { id } } }',
    { id: order.id },
  );
  const [{ id: lineId } = { id: '' }] = lined.lines;
  await expect
    .poll(async () => (await send(order.id, [{ lineId, quantity: 0 }])).userErrors)
    .toEqual([{ code: 'INVALID_QUANTITY' }]);
  const both = await Promise.all([
    send(order.id, [{ lineId, quantity: 2 }]),
    send(order.id, [{ lineId, quantity: 2 }]),
  ]);
  expect(both.flatMap(({ userErrors }) => userErrors)).toEqual([{ code: 'INVALID_QUANTITY' }]);
  expect((await send(order.id)).fulfillment?.lines).toEqual([{ quantity: 1 }]);
  expect((await send(order.id)).userErrors).toEqual([{ code: 'ALREADY_FULFILLED' }]);

  await expect
    .poll(async () => (await orderOf(staff, order.id)).fulfillments.map((parcel) => parcel.carrier), {
      timeout: 10_000,
    })
    .toEqual(['DHLParcel', 'DHLParcel']);
  const [first, second] = (await orderOf(staff, order.id)).fulfillments;
  const label = await fetch(first!.labelUrl!.replace(/^https?:\/\/[^/]+/, program.routerUrl.replace(/\/graphql$/, '')));
  expect([label.status, label.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(await label.text()).toMatch(/^%PDF/);
  expect((await orderOf(guest, order.id, accessToken)).fulfillments.map(({ labelUrl }) => labelUrl)).toEqual([
    null,
    null,
  ]);

  const following = statusesOf(guest, order.id, accessToken);
  const scan = (parcel: Parcel, status: string) => fake.scan(parcel.id, status, new Date().toISOString(), 'Kassel');
  expect(await post(scan(first!, 'in_transit'))).toBe(204);
  await expect
    .poll(async () => (await orderOf(guest, order.id, accessToken)).fulfillmentStatus)
    .toBe('PARTIALLY_FULFILLED');
  const rest = [scan(second!, 'in_transit'), scan(second!, 'out_for_delivery'), scan(first!, 'delivered')];
  expect(await Promise.all([...rest, ...rest, ...rest].toReversed().map((webhook) => post(webhook)))).toEqual(
    Array.from({ length: 9 }, () => 204),
  );
  expect(await post({ ...rest[0]!, headers: [] })).toBe(400);
  expect(await post(rest[0]!, 'nobody')).toBe(400);
  expect((await orderOf(guest, order.id, accessToken)).status).not.toBe('DELIVERED');
  expect(await post(scan(second!, 'delivered'))).toBe(204);
  const statuses = await following;
  expect(statuses.at(-1)).toBe('DELIVERED');
  expect(new Set(statuses).size).toBe(statuses.length);
  expect(await orderOf(guest, order.id, accessToken)).toMatchObject({
    ...{ status: 'DELIVERED', fulfillmentStatus: 'DELIVERED' },
    fulfillments: [{ status: 'DELIVERED' }, { status: 'DELIVERED' }],
  });
});

test('27: an order cancelled after the carrier took its parcel gets its label refunded', async () => {
  const [variant] = await variantsInStock(guest);
  const { order, accessToken } = await buy(guest, [{ variantId: variant!.id, quantity: 1 }]);
  await expect.poll(async () => (await send(order.id)).fulfillment !== null, { timeout: 10_000 }).toBe(true);
  const parcel = async () => (await orderOf(staff, order.id)).fulfillments[0]!;
  await expect.poll(async () => (await parcel()).trackingNumber, { timeout: 10_000 }).not.toBeNull();
  const { orderCancel } = await guest.ask<{ orderCancel: { order: { status: string } | null; userErrors: object[] } }>(
    'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code } } }',
    { input: { orderId: order.id, accessToken } },
  );
  expect(orderCancel).toEqual({ order: { status: 'CANCELLED' }, userErrors: [] });
  const { id, status } = await parcel();
  expect(status).toBe('CANCELLED');
  const refunded = () => fake.shipments.find(({ reference }) => reference === id)?.refund_status;
  await expect.poll(refunded, { timeout: 10_000 }).toBe('submitted');
});
