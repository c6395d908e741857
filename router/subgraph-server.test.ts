import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { signInternalToken, verifyInternalToken } from '#platform/auth/internal-token.ts';
import { type ServedSubgraph, serveSubgraph } from '#platform/graphql/serve-subgraph.ts';
import { socketSubscriptions } from '#platform/transport/socket-subscriptions.ts';
import { serve } from './testing/shapes.ts';
import { until } from './testing/subscriber.ts';
import { TestShop } from './testing/test-shop.ts';

const GUEST = { viewer: null, caller: 'router' };
const SDL_QUERY = '{ _service { sdl } }';
const ENTITIES = '{ _entities(representations: [{ __typename: "Order", id: "o1" }]) { ... on Order { status } } }';

describe('a subgraph on its own', () => {
  const shop = new TestShop();
  let served: ServedSubgraph;
  let url: string;
  beforeAll(async () => {
    shop.feed.set('o1', 'CONFIRMED');
    served = await serve(shop, 'orders');
    url = `http://127.0.0.1:${served.port}`;
  });
  afterAll(() => served.close());

  const ask = (query: string, token: string | null) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query }),
    });

  test.each([SDL_QUERY, ENTITIES, '{ whoAmI }', '{ __schema { types { name } } }'])(
    'answers %s to nobody without its token',
    async (query) => {
      const [header] = (await signInternalToken(GUEST, 'orders')).split('.');
      const forged = `${header}.${Buffer.from('{"caller":"router","viewer":null}').toString('base64url')}.x`;
      for (const token of [null, '', 'x', forged, await signInternalToken(GUEST, 'catalog')]) {
        const response = await ask(query, token);
        expect(response.status).toBe(401);
        expect(await response.json()).toEqual({
          errors: [{ message: 'This needs the token of the router.', extensions: { code: 'UNAUTHENTICATED' } }],
        });
      }
      expect((await ask(query, await signInternalToken(GUEST, 'orders'))).status).toBe(200);
    },
  );

  test('a socket without a token is closed with 4403, an operation without one is refused', async () => {
    const open = (token: string | undefined) =>
      createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { token },
      });
    const run = (client: ReturnType<typeof open>, extensions?: Record<string, unknown>) =>
      new Promise<unknown>((resolve) => {
        const query = 'subscription { orderUpdated(id: "o1") { status } }';
        const stop = client.subscribe(
          { query, ...(extensions ? { extensions } : {}) },
          {
            next: (event) => {
              stop();
              resolve(event);
            },
            error: resolve,
            complete: () => resolve('complete'),
          },
        );
      });
    const token = await signInternalToken(GUEST, 'orders');
    expect(await run(open(undefined), { token })).toMatchObject({ code: 4403 });
    expect(await run(open(await signInternalToken(GUEST, 'catalog')), { token })).toMatchObject({ code: 4403 });
    expect(await run(open(token))).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await run(open(token), { token: 'x' })).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await run(open(token), { token })).toEqual({ data: { orderUpdated: { status: 'CONFIRMED' } } });
    await until(() => shop.feed.active === 0);
  });

  test('tells its health, and refuses other methods, paths and large bodies', async () => {
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect((await fetch(`${url}/graphql`)).status).toBe(405);
    expect((await fetch(`${url}/`)).status).toBe(404);
    const token = await signInternalToken(GUEST, 'orders');
    expect((await ask(`{ whoAmI } # ${'x'.repeat(1 << 20)}`, token)).status).toBe(413);
    expect((await ask('{ whoAmI', token)).status).toBe(400);
  });
});

describe('a subscription when its subgraph restarts', () => {
  test('goes on with a fresh token, and hears nothing twice', async () => {
    const shop = new TestShop();
    shop.feed.set('o1', 'CONFIRMED');
    const first = await serve(shop, 'orders');
    const signed: string[] = [];
    const subscriptions = socketSubscriptions('orders', new URL(`http://127.0.0.1:${first.port}/graphql`), {
      serviceToken: () => signInternalToken(GUEST, 'orders'),
      operationToken: async (identity) => {
        signed.push('operation');
        return signInternalToken(identity, 'orders');
      },
      reconnections: 5,
    });
    const heard: unknown[] = [];
    const stop = subscriptions.subscribe(
      { query: 'subscription { orderUpdated(id: "o1") { status version } }' },
      GUEST,
      {
        next: ({ data }) => heard.push((data as { orderUpdated: { status: string } }).orderUpdated.status),
        error: (e) => heard.push(e),
        complete: () => heard.push('complete'),
      },
    );
    await until(() => heard.length === 1);
    await first.close();
    const signedBefore = signed.length;
    const second = await serve(shop, 'orders', first.port);
    await until(() => shop.feed.opened === 2);
    shop.feed.set('o1', 'SHIPPED');
    await until(() => heard.length === 2);
    expect(heard).toEqual(['CONFIRMED', 'SHIPPED']);
    expect(signed.length).toBeGreaterThan(signedBefore);

    await second.close();
    shop.feed.set('o1', 'DELIVERED');
    const third = await serve(shop, 'orders', first.port);
    await until(() => heard.length === 3);
    expect(heard).toEqual(['CONFIRMED', 'SHIPPED', 'DELIVERED']);
    stop();
    await until(() => shop.feed.active === 0);
    await subscriptions.close();
    await third.close();
  });

  test('what passes meanwhile: a state is told as it is then, and what is no state is not told', async () => {
    const shop = new TestShop();
    shop.feed.set('o1', 'CONFIRMED');
    const first = await serve(shop, 'orders');
    const subscriptions = socketSubscriptions('orders', new URL(`http://127.0.0.1:${first.port}/graphql`), {
      serviceToken: () => signInternalToken(GUEST, 'orders'),
      operationToken: (identity) => signInternalToken(identity, 'orders'),
      reconnections: 5,
    });
    const follow = (query: string) => {
      const heard: unknown[] = [];
      const ended = (reason: unknown) => heard.push(reason);
      const sink = {
        next: ({ data }: { data?: unknown }) => heard.push(data),
        error: ended,
        complete: () => ended('complete'),
      };
      return { heard, stop: subscriptions.subscribe({ query }, GUEST, sink) };
    };
    const state = follow('subscription { orderUpdated(id: "o1") { status version } }');
    const placed = follow('subscription { ordersPlaced { id } }');
    await until(() => state.heard.length === 1 && shop.feed.active === 2);
    await first.close();
    shop.feed.set('o1', 'PREPARING');
    shop.feed.set('o1', 'SHIPPED');
    shop.feed.set('o2', 'CONFIRMED');
    const second = await serve(shop, 'orders', first.port);
    await until(() => state.heard.length === 2 && shop.feed.active === 2);
    shop.feed.set('o1', 'DELIVERED');
    shop.feed.set('o3', 'CONFIRMED');
    await until(() => state.heard.length === 3 && placed.heard.length === 1);
    expect(state.heard).toEqual(
      [
        ['CONFIRMED', 1],
        ['SHIPPED', 3],
        ['DELIVERED', 4],
      ].map(([status, version]) => ({ orderUpdated: { status, version } })),
    );
    expect(placed.heard).toEqual([{ ordersPlaced: { id: 'o3' } }]);
    for (const { stop } of [state, placed]) stop();
    await until(() => shop.feed.active === 0);
    await subscriptions.close();
    await second.close();
  });
});

test('stopping waits for what is under way', async () => {
  const shop = new TestShop();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let entered = false;
  const served = await serveSubgraph({
    ...shop.subgraphs.catalog,
    name: 'catalog',
    port: 0,
    host: '127.0.0.1',
    verify: async (token, audience) => {
      entered = true;
      await held;
      return verifyInternalToken(token, audience);
    },
    isReady: () => true,
  });
  const answer = fetch(`http://127.0.0.1:${served.port}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await signInternalToken(GUEST, 'catalog')}` },
    body: JSON.stringify({ query: '{ products { title } }' }),
  });
  await until(() => entered);
  const closed = served.close();
  release();
  expect((await answer).status).toBe(200);
  await closed;
  await expect(fetch(`http://127.0.0.1:${served.port}/health/live`)).rejects.toThrow();
});
