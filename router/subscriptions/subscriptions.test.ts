import type { Client } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Running, runShop, type Shape, testSupergraph } from '../testing/shapes.ts';
import { openClient, subscribe, until } from '../testing/subscriber.ts';
import { SDL, TestShop } from '../testing/test-shop.ts';

const FOLLOW = /* GraphQL */ `
  subscription Follow($id: ID!, $currency: String) {
    followed: orderUpdated(id: $id) { id status version ...Lines }
  }
  fragment Lines on Order { lines { quantity product { title price(currency: $currency) } } }
`;
const STATUS = 'subscription ($id: ID!) { orderUpdated(id: $id) { status version } }';
const PLACED = 'subscription { ordersPlaced { id } }';

const statuses = (heard: { data: { orderUpdated: { status: string } } }[]) =>
  heard.map(({ data }) => data.orderUpdated.status);

let serial = 0;

describe.each<Shape>(['local', 'http'])('subscriptions over the %s transport', (shape) => {
  let shop: TestShop;
  let running: Running;
  let clients: Client[] = [];
  let id: string;

  beforeAll(async () => {
    shop = new TestShop();
    running = await runShop(shape, shop, { subscriberQueueLength: 8, operationsPerSocket: 3, initTimeoutMs: 200 });
  });
  beforeEach(() => {
    serial += 1;
    id = `order-${serial}`;
    shop.feed.set(id, 'CONFIRMED');
    shop.feed.opened = 0;
  });
  afterEach(async () => {
    for (const client of clients) client.terminate();
    clients = [];
    await until(() => shop.feed.active === 0);
  });
  afterAll(() => running.close());

  const connect = (parameters: Record<string, unknown> = {}): Client => {
    const client = openClient(running.url, parameters);
    clients.push(client);
    return client;
  };

  test('an event of one subgraph carries the fields of another', async () => {
    const { heard } = subscribe(connect(), FOLLOW, { id, currency: 'USD' });
    await until(() => heard.length === 1);
    shop.feed.set(id, 'SHIPPED');
    await until(() => heard.length === 2);
    const lines = [1, 2].map((n) => ({ quantity: n, product: { title: `Teapot p${n}`, price: '9.99 USD' } }));
    expect(heard).toEqual([
      { data: { followed: { id, status: 'CONFIRMED', version: 1, lines } } },
      { data: { followed: { id, status: 'SHIPPED', version: 2, lines } } },
    ]);
  });

  test('equal subscriptions of one identity share an upstream, those of another do not', async () => {
    const before = shop.calls.entities;
    const client = connect();
    const same = [1, 2, 3].map(() => subscribe(client, FOLLOW, { id }));
    await until(() => same.every(({ heard }) => heard.length === 1));
    expect(shop.feed.opened).toBe(1);
    expect(shop.calls.entities).toBe(before + 2);
    const other = subscribe(connect({ authorization: 'Bearer cus_1' }), FOLLOW, { id });
    await until(() => other.heard.length === 1);
    expect(shop.feed.active).toBe(2);
    for (const { stop } of [...same, other]) stop();
    await until(() => shop.feed.active === 0);
  });

  test('a late joiner gets the present state, then each later one once, and shares again', async () => {
    const early = subscribe(connect(), STATUS, { id });
    await until(() => early.heard.length === 1);
    shop.feed.set(id, 'PREPARING');
    await until(() => early.heard.length === 2);
    const late = subscribe(connect(), STATUS, { id });
    await until(() => late.heard.length === 1 && shop.feed.active === 1);
    expect(shop.feed.opened).toBe(2);
    shop.feed.set(id, 'SHIPPED');
    shop.feed.set(id, 'DELIVERED');
    await until(() => late.heard.length === 3 && early.heard.length === 4);
    expect(statuses(early.heard)).toEqual(['CONFIRMED', 'PREPARING', 'SHIPPED', 'DELIVERED']);
    expect(statuses(late.heard)).toEqual(['PREPARING', 'SHIPPED', 'DELIVERED']);
  });

  test('a joiner while news is under way misses nothing and hears nothing twice', async () => {
    const early = subscribe(connect(), STATUS, { id });
    await until(() => early.heard.length === 1);
    shop.feed.held = [];
    shop.feed.set(id, 'PREPARING');
    const late = subscribe(connect(), STATUS, { id });
    await until(() => late.heard.length === 1);
    expect(shop.feed.active).toBe(2);
    shop.feed.release();
    await until(() => early.heard.length === 2 && shop.feed.active === 1);
    shop.feed.set(id, 'SHIPPED');
    await until(() => early.heard.length === 3 && late.heard.length === 2);
    expect(statuses(early.heard)).toEqual(['CONFIRMED', 'PREPARING', 'SHIPPED']);
    expect(statuses(late.heard)).toEqual(['PREPARING', 'SHIPPED']);
  });

  test('where there is no present state, a late joiner is told none', async () => {
    const early = subscribe(connect(), PLACED);
    await until(() => shop.feed.active === 1);
    shop.feed.set(`${id}-a`, 'CONFIRMED');
    await until(() => early.heard.length === 1);
    const late = subscribe(connect(), PLACED);
    await until(() => shop.feed.active === 2);
    shop.feed.set(`${id}-b`, 'CONFIRMED');
    await until(() => late.heard.length === 1 && early.heard.length === 2);
    await until(() => shop.feed.active === 1);
    expect(late.heard).toEqual([{ data: { ordersPlaced: { id: `${id}-b` } } }]);
  });

  test('hundreds at random moments hear every status once, in order', async () => {
    const STEPS = 12;
    const all = Array.from({ length: 60 }, () => connect());
    const subscribers = all.map(async (client, index) => {
      await new Promise((resolve) => setTimeout(resolve, (index * 7919) % 120));
      return subscribe(client, STATUS, { id });
    });
    for (let step = 2; step <= STEPS; step += 1) {
      shop.feed.set(id, `S${step}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    for (const { heard } of await Promise.all(subscribers)) {
      await until(() => heard.at(-1)?.data.orderUpdated.version === STEPS);
      const versions = heard.map(({ data }) => data.orderUpdated.version);
      const first = versions[0];
      expect(versions).toEqual(Array.from({ length: STEPS - first + 1 }, (_, n) => first + n));
    }
    await until(() => shop.feed.active === 1);
  });

  test('a refused subscription says why and ends', async () => {
    const { heard, ended } = subscribe(connect(), STATUS, { id: 'nobody' });
    expect(await ended).toBe('complete');
    expect(heard).toEqual([
      {
        data: { orderUpdated: null },
        errors: [{ message: 'No such order.', path: ['orderUpdated'], extensions: { code: 'BAD_USER_INPUT' } }],
      },
    ]);
  });

  test('a fault while subscribing is masked', async () => {
    const { heard, ended } = subscribe(connect(), STATUS, { id: 'fault' });
    expect(await ended).toBe('complete');
    expect(heard).toEqual([
      {
        data: { orderUpdated: null },
        errors: [
          { message: 'Something went wrong on our side.', path: ['orderUpdated'], extensions: { code: 'INTERNAL' } },
        ],
      },
    ]);
  });

  test('wrong operations are refused without harm to the socket', async () => {
    const client = connect();
    const unknown = await subscribe(client, 'subscription { orderUpdate }').ended;
    expect(unknown).toMatchObject([
      {
        message: 'Cannot query field "orderUpdate" on type "Subscription".',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ]);
    const conditional = 'subscription ($id: ID!, $if: Boolean!) { orderUpdated(id: $id) @include(if: $if) { id } }';
    expect(await subscribe(client, conditional, { id, if: true }).ended).toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    const noVariables = subscribe(client, STATUS);
    expect(await noVariables.ended).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const { heard } = subscribe(client, '{ whoAmI products { title } }');
    await until(() => heard.length === 1);
    expect(heard).toEqual([
      { data: { whoAmI: 'guest by router', products: [{ title: 'Teapot p1' }, { title: 'Teapot p2' }] } },
    ]);
  });

  test('more operations on a socket than allowed are refused', async () => {
    const client = connect();
    const open = [1, 2, 3].map(() => subscribe(client, STATUS, { id }));
    await until(() => open.every(({ heard }) => heard.length === 1));
    expect(await subscribe(client, STATUS, { id }).ended).toEqual([
      {
        message: 'At most 3 operations at once on one socket.',
        extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 1 },
      },
    ]);
  });

  test('the viewer of connection_init is the viewer of its subscriptions', async () => {
    const query = 'subscription ($id: ID!) { orderUpdated(id: $id) { mine lines { product { seenBy } } } }';
    const { heard } = subscribe(connect({ authorization: 'Bearer cus_7' }), query, { id });
    await until(() => heard.length === 1);
    const product = { seenBy: 'cus_7' };
    expect(heard).toEqual([{ data: { orderUpdated: { mine: 'cus_7', lines: [{ product }, { product }] } } }]);
  });

  test('a forged or expired token closes the socket with 4403', async () => {
    const forged = subscribe(connect({ authorization: 'Bearer nobody' }), STATUS, { id });
    expect(await forged.ended).toMatchObject({ code: 4403 });
    const claims = { sub: 'cus_1', exp: Date.now() / 1000 + 0.5 };
    const token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
    const expiring = subscribe(connect({ authorization: `Bearer ${token}` }), STATUS, { id });
    expect(await expiring.ended).toMatchObject({ code: 4403 });
    expect(statuses(expiring.heard)).toEqual(['CONFIRMED']);
    await until(() => shop.feed.active === 0);
  });

  test('a socket that does not introduce itself is closed', async () => {
    const socket = new WebSocket(`${running.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(4408);
  });
});

describe('subscribers in trouble', () => {
  let running: Running | undefined;
  const shop = new TestShop();
  afterEach(() => running?.close());

  test('a slow consumer is closed with a code, and the others hear all', async () => {
    running = await runShop('local', shop, { subscriberQueueLength: 4 });
    shop.feed.set('slow', 'CONFIRMED');
    const quick = subscribe(openClient(running.url), STATUS, { id: 'slow' });
    await until(() => quick.heard.length === 1);

    const socket = new WebSocket(`${running.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const received: { type: string; payload?: unknown }[] = [];
    socket.on('message', (data) => received.push(JSON.parse(String(data))));
    await new Promise((resolve) => socket.on('open', resolve));
    socket.send('{"type":"connection_init"}');
    await until(() => received.length === 1);
    const large = STATUS.replace('status', `status ${'x'.repeat(20).replace(/x/g, 'id ')}lines { product { title } }`);
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: large, variables: { id: 'slow' } } }));
    await until(() => received.length === 2);
    const active = shop.feed.active;

    // It stops reading, and the title fills what the system buffers for it.
    socket.pause();
    shop.title = 'x'.repeat(2_000_000);
    let sent = 1;
    while (shop.feed.active === active && sent < 40) {
      sent += 1;
      shop.feed.set('slow', `S${sent}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(shop.feed.active).toBe(active - 1);
    socket.resume();
    await until(() => received.at(-1)?.type === 'error');
    expect(received.at(-1)?.payload).toMatchObject([{ extensions: { code: 'SUBSCRIPTION_SLOW_CONSUMER' } }]);
    await until(() => quick.heard.length === sent);
    expect(statuses(quick.heard).slice(1)).toEqual(Array.from({ length: sent - 1 }, (_, n) => `S${n + 2}`));
    socket.terminate();
    quick.stop();
    shop.title = 'Teapot';
  });

  test('of a subgraph that vanishes, only the fields are null', async () => {
    running = await runShop('http', shop, { deadlineMs: 300 });
    shop.feed.set('partial', 'CONFIRMED');
    const { heard, stop } = subscribe(openClient(running.url), FOLLOW, { id: 'partial' });
    await until(() => heard.length === 1);
    await running.served.get('catalog')?.close();
    shop.feed.set('partial', 'SHIPPED');
    await until(() => heard.length === 2);
    expect(heard[1].data.followed).toMatchObject({
      status: 'SHIPPED',
      lines: [{ product: null }, { product: null }],
    });
    expect(heard[1].errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    stop();
  });

  test('when the subgraph that sends the events is lost for good, its subscriptions end with a code', async () => {
    running = await runShop('http', shop);
    shop.feed.set('lost', 'CONFIRMED');
    const { heard, ended } = subscribe(openClient(running.url), STATUS, { id: 'lost' });
    await until(() => heard.length === 1);
    await running.served.get('orders')?.close();
    expect(await ended).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
  });

  test('a new supergraph keeps the subscriptions it leaves as they are and ends the others with a code', async () => {
    running = await runShop('local', shop);
    shop.feed.set('reload', 'CONFIRMED');
    const kept = subscribe(openClient(running.url), STATUS, { id: 'reload' });
    const lost = subscribe(openClient(running.url), FOLLOW, { id: 'reload' });
    await until(() => kept.heard.length === 1 && lost.heard.length === 1);
    const catalog = SDL.catalog.replace('price(currency: String = "EUR"): String!', '');
    await running.router.update(testSupergraph({ ...SDL, catalog }));
    expect(await lost.ended).toMatchObject([{ extensions: { code: 'SUBSCRIPTION_SCHEMA_RELOAD' } }]);
    shop.feed.set('reload', 'SHIPPED');
    await until(() => kept.heard.length === 2);
    expect(statuses(kept.heard)).toEqual(['CONFIRMED', 'SHIPPED']);
    await expect(running?.router.update('type Query { broken: Nothing }')).rejects.toThrow();
    kept.stop();
  });

  test('a new supergraph that guards a field takes it from those who listen already', async () => {
    running = await runShop('local', shop);
    shop.feed.set('guarded', 'CONFIRMED');
    const TITLES = 'subscription($id: ID!) { orderUpdated(id: $id) { lines { product { upc title seenBy } } } }';
    const titles = subscribe(openClient(running.url), TITLES, { id: 'guarded' });
    const signedIn = subscribe(openClient(running.url, { authorization: 'Bearer cus_1' }), TITLES, { id: 'guarded' });
    const statusOnly = subscribe(openClient(running.url), STATUS, { id: 'guarded' });
    await until(() => [titles, signedIn, statusOnly].every(({ heard }) => heard.length === 1));
    expect(titles.heard[0].data.orderUpdated.lines[0].product.title).toBe('Teapot p1');
    const guarded = {
      catalog: SDL.catalog.replace('title: String!', 'title: String @authenticated'),
      orders: SDL.orders.replace('status: String!', 'status: String @authenticated'),
    };
    await running.router.update(testSupergraph(guarded));
    expect(await statusOnly.ended).toMatchObject([{ extensions: { code: 'SUBSCRIPTION_SCHEMA_RELOAD' } }]);
    shop.feed.set('guarded', 'SHIPPED');
    await until(() => titles.heard.length === 2 && signedIn.heard.length === 2);
    expect(signedIn.heard[1].data.orderUpdated.lines[0].product).toEqual({
      upc: 'p1',
      title: 'Teapot p1',
      seenBy: 'cus_1',
    });
    expect(titles.heard[1].data.orderUpdated.lines[0].product).toEqual({ upc: 'p1', title: null, seenBy: 'guest' });
    expect(titles.heard[1].errors[0]).toEqual({
      message: 'Sign in first.',
      path: ['orderUpdated', 'lines', 0, 'product', 'title'],
      extensions: { code: 'UNAUTHENTICATED' },
    });
    for (const { stop } of [titles, signedIn]) stop();
  });

  test('closing the router ends its sockets with 1001', async () => {
    running = await runShop('local', shop);
    shop.feed.set('bye', 'CONFIRMED');
    const { heard, ended } = subscribe(openClient(running.url), STATUS, { id: 'bye' });
    await until(() => heard.length === 1);
    await running.close();
    running = undefined;
    expect(await ended).toMatchObject({ code: 1001 });
    await until(() => shop.feed.active === 0);
  });
});
