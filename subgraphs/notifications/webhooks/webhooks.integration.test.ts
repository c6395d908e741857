import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createServer as createNetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ExecutionResult, graphql } from 'graphql';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { stockLow } from '#subgraphs/inventory/contracts/inventory.events.ts';
import { orderCancelled, orderConfirmed, orderRefunded } from '#subgraphs/orders/contracts/orders.events.ts';
import { fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { webhookTopicsAtRest } from '../contracts/webhooks-at-rest.ts';
import { database } from '../database.ts';
import { notifications } from '../subgraph.ts';
import { startDelivering } from './deliver-webhooks.ts';
import { tellWebhooks } from './tell-webhooks.listener.ts';

vi.hoisted(() => {
  process.env.WEBHOOK_PRIVATE_NETWORKS = '127.0.0.1';
  process.env.WEBHOOK_TIMEOUT_MS = '300';
});

let close: () => Promise<void>;
let receiver: Server;
let url = '';
/** What the receiver got, and how it answers. */
let received: { headers: IncomingHttpHeaders; body: string; path: string }[] = [];
let answer: (path: string) => Promise<{ status: number; headers?: Record<string, string>; body?: string }>;
let delivering: Running;

beforeAll(async () => {
  close = await openTestDatabase(database);
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', async () => {
      received.push({ headers: request.headers, body, path: request.url ?? '' });
      const { status, headers, body: said } = await answer(request.url ?? '');
      response.writeHead(status, headers).end(said);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, resolve));
  url = `http://127.0.0.1:${(receiver.address() as { port: number }).port}`;
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await close();
});
beforeEach(() => {
  received = [];
  answer = async () => ({ status: 204 });
  delivering = startDelivering(50);
});
afterEach(async () => {
  await delivering.stop();
  await database.prisma.webhookEndpoint.deleteMany();
  await database.prisma.webhookMessage.deleteMany();
});

const { schema } = await buildSubgraph(notifications);
const STAFF = { customerId: 'cus_staff', scopes: ['webhooks:read', 'webhooks:write'], sessionId: 'ses_1' };
const ORDER = {
  number: 'S-1',
  email: 'ada@example.com',
  lines: [{ id: 'line_1', variant: { id: 'var_1' }, sku: 'CUP' }],
};
const transport: SubgraphTransport = {
  query: async (_subgraph, { variables }): Promise<ExecutionResult> => ({
    data: { ordersForMail: (variables as { ids: string[] }).ids.map((id) => ({ id, ...ORDER })) },
  }),
  subscribe: () => () => undefined,
  close: async () => undefined,
};
const inside = () => new Context('notifications', transport, { viewer: null, caller: 'notifications' });

async function ask(source: string, variableValues: Record<string, unknown> = {}, scopes = STAFF.scopes) {
  const contextValue = new Context('notifications', transport, { viewer: { ...STAFF, scopes }, caller: 'router' });
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
  const plain: any = JSON.parse(JSON.stringify(data ?? null));
  return {
    data: plain,
    codes: errors?.map(({ extensions }) => extensions.code),
  };
}

const CREATE = `mutation($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) {
  endpoint { id kinds enabled } secret userErrors { code path } } }`;
const endpoint = async (kinds: string[], path = '/') =>
  (await ask(CREATE, { input: { url: `${url}${path}`, kinds } })).data.webhookEndpointCreate;
const deliveries = async () =>
  (
    await ask(`{ webhookEndpoints { enabled disabledReason failingSince deliveries { totalCount nodes {
      id messageId kind body status nextTryAt attempts { status error answer durationMs } } } } }`)
  ).data.webhookEndpoints;
const LOW = { variantId: 'var_1', available: 2, threshold: 5 };
const handle = (...events: object[]) => tellWebhooks.handle(events as never, inside());
const hurry = () => database.prisma.webhookDelivery.updateMany({ data: { dueAt: new Date() } });
const until = <T>(look: () => Promise<T> | T) => vi.waitFor(look, { timeout: 8_000, interval: 50 });

test('a message arrives signed as Standard Webhooks has it, once, though its job runs five times', async () => {
  const { endpoint: made, secret } = await endpoint(['ORDER_CONFIRMED']);
  expect(made).toEqual({ id: expect.stringMatching(/^whe_/), kinds: ['ORDER_CONFIRMED'], enabled: true });
  const event = orderConfirmed({ orderId: 'ord_1' });
  await Promise.all([1, 2, 3, 4, 5].map(() => handle(event)));
  await handle(orderCancelled({ orderId: 'ord_1', number: 'S-1', customerId: null, reason: null }));
  await until(() => expect(received).toHaveLength(1));
  await sleep(300);
  const [{ headers, body }, ...more] = received as [(typeof received)[number], ...typeof received];
  expect(more).toEqual([]);
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': event.id.replace('evt_', 'msg_'),
    'user-agent': 'Souk-Webhooks/1',
  });
  expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({
    type: 'order.confirmed',
    version: 1,
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    data: { order: { id: 'ord_1', ...ORDER, lines: [{ variantId: 'var_1', id: 'line_1', sku: 'CUP' }] } },
  });
  expect(() => new Webhook(secret).verify(body.replace('S-1', 'S-2'), headers as Record<string, string>)).toThrow();
  const [{ deliveries: log }] = await deliveries();
  expect(log.nodes).toMatchObject([
    { status: 'DELIVERED', nextTryAt: null, body, attempts: [{ status: 204, error: null }] },
  ]);
});

test('what fails, times out or hangs up is tried again, with the log of each try, until it arrives', async () => {
  await endpoint(['STOCK_LOW']);
  const answers = [
    async () => ({ status: 500, body: 'no\0pe'.repeat(1_000) }),
    async () => sleep(600).then(() => ({ status: 200 })),
    async () => ({ status: 302, headers: { location: `${url}/elsewhere` } }),
    async () => ({ status: 200, body: 'thanks' }),
  ];
  let n = 0;
  answer = () => answers[n++]!();
  await handle(stockLow(LOW));
  for (let tries = 1; tries <= 4; tries++) {
    await until(async () => expect((await deliveries())[0].deliveries.nodes[0].attempts).toHaveLength(tries));
    const [{ failingSince, deliveries: log }] = await deliveries();
    expect([failingSince === null, log.nodes[0].status]).toEqual(tries < 4 ? [false, 'PENDING'] : [true, 'DELIVERED']);
    if (tries < answers.length) await hurry();
  }
  const [{ deliveries: log }] = await deliveries();
  expect(log.nodes[0].attempts.reverse()).toMatchObject([
    { status: 500, error: null, answer: 'nope'.repeat(200) },
    { status: null, error: 'No answer within 0.3 seconds.', answer: null },
    { status: 302 },
    { status: 200, answer: 'thanks' },
  ]);
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(received.every(({ path }) => path === '/')).toBe(true);
});

test('a pause follows each failure, longer where the receiver asks for it; after the last try staff may begin anew', async () => {
  await endpoint(['STOCK_LOW']);
  answer = async () => ({ status: 503, headers: { 'retry-after': '3600' } });
  await handle(stockLow(LOW));
  await until(async () => expect((await deliveries())[0].deliveries.nodes[0].attempts).toHaveLength(1));
  const wait = Date.parse((await deliveries())[0].deliveries.nodes[0].nextTryAt) - Date.now();
  expect(wait).toBeGreaterThan(3_590_000);
  expect(wait).toBeLessThan(4_330_000);

  await database.prisma.webhookDelivery.updateMany({ data: { tries: 9, dueAt: new Date() } });
  await until(async () => expect((await deliveries())[0].deliveries.nodes[0].status).toBe('FAILED'));
  answer = async () => ({ status: 200 });
  const [{ deliveries: log }] = await deliveries();
  const again = 'mutation($id: ID!) { webhookRedeliver(deliveryId: $id) { delivery { status } userErrors { code } } }';
  expect((await ask(again, { id: log.nodes[0].id })).data.webhookRedeliver.delivery).toEqual({ status: 'PENDING' });
  await until(async () => expect((await deliveries())[0].deliveries.nodes[0].status).toBe('DELIVERED'));
  for (const id of ['whd_unknown', '\0'])
    expect((await ask(again, { id })).data.webhookRedeliver).toEqual({
      delivery: null,
      userErrors: [{ code: 'DELIVERY_NOT_FOUND' }],
    });
});

test('an endpoint that fails for days, or says that it is gone, is left alone until it is enabled again', async () => {
  await endpoint(['STOCK_LOW']);
  answer = async () => ({ status: 500 });
  await database.prisma.webhookEndpoint.updateMany({ data: { failingSince: new Date(Date.now() - 6 * 86_400_000) } });
  await handle(stockLow(LOW));
  await until(async () =>
    expect((await deliveries())[0]).toMatchObject({ enabled: false, disabledReason: 'Nothing arrived for 5 days.' }),
  );
  await handle(stockLow(LOW));
  await hurry();
  await sleep(300);
  expect(received).toHaveLength(1);
  expect((await deliveries())[0].deliveries.totalCount).toBe(1);

  answer = async () => ({ status: 410 });
  const { id } = (await database.prisma.webhookEndpoint.findFirst())!;
  const update =
    'mutation($input: WebhookEndpointUpdateInput!) { webhookEndpointUpdate(input: $input) { endpoint { enabled } secret } }';
  expect((await ask(update, { input: { id, enabled: true } })).data.webhookEndpointUpdate).toEqual({
    endpoint: { enabled: true },
    secret: null,
  });
  await until(async () =>
    expect((await deliveries())[0]).toMatchObject({ enabled: false, disabledReason: 'It answered 410 Gone.' }),
  );
});

test('one that hangs holds up no other, which gets what waits for it as fast as it takes it', async () => {
  const sockets = new Set<Socket>();
  const hanging = createNetServer((socket) => void sockets.add(socket.on('error', () => undefined))).listen(
    0,
    '127.0.0.1',
  );
  await once(hanging, 'listening');
  const { port } = hanging.address() as { port: number };
  await ask(CREATE, { input: { url: `http://127.0.0.1:${port}`, kinds: ['STOCK_LOW'] } });
  await endpoint(['STOCK_LOW']);
  const since = performance.now();
  await handle(...Array.from({ length: 60 }, () => stockLow(LOW)));
  await vi.waitFor(() => expect(received).toHaveLength(60), { timeout: 4_000 });
  expect(sockets.size).toBeGreaterThan(0);
  // Four at a time, each for as long as a try may take.
  const tried = await database.prisma.webhookDelivery.count({ where: { tries: { gt: 0 }, status: 'PENDING' } });
  expect(tried).toBeLessThanOrEqual(4 + 4 * Math.ceil((performance.now() - since) / 300));
  await delivering.stop();
  for (const socket of sockets) socket.destroy();
  hanging.close();
});

test('an address in a private network is refused, and where its name led there since, not connected to', async () => {
  const refused = async (address: string) =>
    (await ask(CREATE, { input: { url: address, kinds: ['STOCK_LOW'] } })).data.webhookEndpointCreate.userErrors;
  for (const address of [
    '',
    'souk',
    'ftp://example.com',
    'https://a:b@example.com',
    `https://example.com/${'x'.repeat(2_000)}`,
  ])
    expect(await refused(address)).toEqual([{ code: 'URL_REFUSED', path: ['input', 'url'] }]);
  const { port } = receiver.address() as { port: number };
  const heard: string[] = [];
  for (const host of ['[::1]', '0.0.0.0', '[::ffff:10.0.0.1]', '169.254.169.254']) {
    await database.prisma.webhookEndpoint.deleteMany();
    await database.prisma.webhookEndpoint.create({
      data: { id: newId('whe'), url: `http://${host}:${port}/`, kinds: ['stock.low'] },
    });
    await handle(stockLow(LOW));
    heard.push(
      await until(async () => {
        const [attempt] = (await deliveries())[0].deliveries.nodes[0].attempts;
        expect(attempt).toBeDefined();
        return attempt.error;
      }),
    );
  }
  expect(new Set(heard)).toEqual(new Set(['Its address is in a private network, where nothing is sent.']));
  expect(received).toEqual([]);
});

test('each parcel that moved is a message, a refund says how much; what nobody asked for is written nowhere', async () => {
  await endpoint(['FULFILLMENT_UPDATED', 'REFUND_CREATED']);
  const progress = { sequence: 1, ordered: 2, prepared: 2, shipped: 2, outForDelivery: 0, delivered: 0 };
  const move = (fulfillmentId: string) => ({
    ...{ fulfillmentId, orderId: 'ord_1', status: 'SHIPPED' as const, at: '2026-11-21T08:00:00.000Z', progress },
    lines: [{ lineId: 'line_1', variantId: 'var_1', quantity: 1 }],
  });
  await handle(fulfillmentsMoved({ moves: [move('ful_1'), move('ful_2')] }));
  const about = { orderId: 'ord_1', number: 'S-1', customerId: null };
  await handle(orderRefunded({ ...about, amount: '9.90', currency: 'EUR', refundId: 'ref_1' }));
  await handle(stockLow(LOW));
  await until(() => expect(received).toHaveLength(3));
  expect(
    received.map(({ body }) => JSON.parse(body).data.fulfillment?.id ?? JSON.parse(body).data.refund).sort(),
  ).toEqual([{ id: 'ref_1', amount: { amount: '9.90', currency: 'EUR' } }, 'ful_1', 'ful_2']);
  expect(await database.prisma.webhookMessage.count()).toBe(3);
});

test('topics rest that no endpoint asked for; only staff with the scope sees or changes endpoints', async () => {
  const resting = async () =>
    (await graphql({ schema, source: webhookTopicsAtRest.query, contextValue: inside() })).data?.webhookTopicsAtRest;
  expect(await resting()).toContain('orders.order-confirmed.v1');
  await endpoint(['ORDER_CONFIRMED']);
  expect(await resting()).not.toContain('orders.order-confirmed.v1');
  expect(await resting()).toContain('orders.order-paid.v1');
  expect((await ask('{ webhookEndpoints { id } }', {}, [])).codes).toEqual(['FORBIDDEN']);
  expect((await ask(CREATE, { input: { url, kinds: ['STOCK_LOW'] } }, ['webhooks:read'])).codes).toEqual(['FORBIDDEN']);
  expect((await ask(CREATE, { input: { url, kinds: [] } })).data.webhookEndpointCreate.userErrors).toEqual([
    { code: 'KINDS_MISSING', path: ['input', 'kinds'] },
  ]);
});
