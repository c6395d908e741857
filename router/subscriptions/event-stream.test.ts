import { connect } from 'node:net';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { createClient } from 'graphql-sse';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Running, runShop, type Shape, testSupergraph } from '../testing/shapes.ts';
import { until } from '../testing/subscriber.ts';
import { SDL, TestShop } from '../testing/test-shop.ts';
import { HeaderRules } from '../upstream/header-rules.ts';

const STATUS = 'subscription ($id: ID!) { orderUpdated(id: $id) { status lines { product { title } } } }';
const SSE = 'text/event-stream';
const MULTIPART = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0, application/json';
const tokenUntil = (ms: number) =>
  `Bearer x.${Buffer.from(JSON.stringify({ sub: 'cus_1', exp: ms / 1_000 })).toString('base64url')}.x`;

let serial = 0;

describe.each<Shape>(['local', 'http'])('subscriptions over HTTP, over the %s transport', (shape) => {
  let shop: TestShop;
  let running: Running;
  let id: string;

  beforeAll(async () => {
    shop = new TestShop();
    running = await runShop(shape, shop, { subscriberQueueLength: 8 });
  });
  beforeEach(() => {
    serial += 1;
    id = `stream-${serial}`;
    shop.feed.set(id, 'CONFIRMED');
  });
  afterEach(() => until(() => shop.feed.active === 0));
  afterAll(() => running.close());

  const post = (accept: string, body: object, headers = {}, signal?: AbortSignal) =>
    fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...headers },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });

  test('graphql-sse hears each status with fields of another subgraph; who leaves frees everything', async () => {
    const client = createClient({ url: `${running.url}/graphql`, retryAttempts: 0 });
    const heard: unknown[] = [];
    const stop = client.subscribe(
      { query: STATUS, variables: { id } },
      { next: (event) => heard.push(event), error: () => {}, complete: () => {} },
    );
    await until(() => heard.length === 1);
    shop.feed.set(id, 'SHIPPED');
    await until(() => heard.length === 2);
    const lines = [1, 2].map((n) => ({ product: { title: `Teapot p${n}` } }));
    expect(heard).toEqual(['CONFIRMED', 'SHIPPED'].map((status) => ({ data: { orderUpdated: { status, lines } } })));
    stop();
    await until(() => shop.feed.active === 0);
  });

  test('graphql-sse asks queries too, and is told of what is refused', async () => {
    const client = createClient({ url: `${running.url}/graphql`, retryAttempts: 0 });
    const ask = (query: string) =>
      new Promise((resolve, reject) => {
        client.subscribe({ query }, { next: resolve, error: reject, complete: () => {} });
      });
    expect(await ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    expect(await ask('subscription { nothing }')).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    expect(await ask('query A { __typename } query B { __typename }')).toMatchObject({
      errors: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }],
    });
  });

  test("Apollo Client's HttpLink hears each status by its multipart protocol", async () => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${running.url}/graphql` }),
      cache: new InMemoryCache(),
    });
    const heard: unknown[] = [];
    const subscription = client
      .subscribe<{ orderUpdated: { status: string } }>({ query: gql(STATUS), variables: { id } })
      .subscribe(({ data }) => heard.push(data?.orderUpdated.status));
    await until(() => heard.length === 1);
    shop.feed.set(id, 'SHIPPED');
    await until(() => heard.length === 2);
    expect(heard).toEqual(['CONFIRMED', 'SHIPPED']);
    subscription.unsubscribe();
    await until(() => shop.feed.active === 0);
    expect((await client.query({ query: gql('{ __typename }') })).data).toEqual({ __typename: 'Query' });
  });

  test('multipart says that it lives, in the form that its specification has', { timeout: 15_000 }, async () => {
    const gone = new AbortController();
    const response = await post(MULTIPART, { query: STATUS, variables: { id } }, {}, gone.signal);
    expect(response.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
    let text = '';
    const reading = (async () => {
      for await (const chunk of response.body!) text += Buffer.from(chunk).toString();
    })().catch(() => undefined);
    await until(() => text.endsWith('\r\n\r\n{}\r\n--graphql'));
    const [first, beat] = text.split('\r\n--graphql').filter((part) => part.includes('{'));
    expect(first).toMatch(/^\r\ncontent-type: application\/json\r\n\r\n\{"payload":\{"data":\{"orderUpdated"/);
    expect(beat).toBe('\r\ncontent-type: application/json\r\n\r\n{}');
    gone.abort();
    await reading;
  });

  test('37: what is refused before it begins is 4xx under the newer media type, 200 with errors under the older', async () => {
    const wrong = { query: 'subscription { nothing }' };
    const newer = await post('multipart/mixed;subscriptionSpec=1.0, application/graphql-response+json', wrong);
    expect([newer.status, newer.headers.get('content-type')?.split(';')[0]]).toEqual([
      ...[400, 'application/graphql-response+json'],
    ]);
    const sse = await post(SSE, wrong);
    expect(sse.status).toBe(200);
    expect(await sse.text()).toMatch(/^:\n\nevent: next\ndata: \{"errors":\[.*\n\nevent: complete\ndata: \n\n$/);
    const large = await post(SSE, { query: STATUS, variables: { id: 'x'.repeat(300_000) } });
    expect(large.status).toBe(413);
  });

  test('40: a forged token is refused, and one that ends takes the stream with it', async () => {
    const asked = { query: STATUS, variables: { id } };
    expect((await post(SSE, asked, { authorization: 'Bearer forged' })).status).toBe(401);
    for (const accept of [SSE, MULTIPART]) {
      const response = await post(accept, asked, { authorization: tokenUntil(Date.now() + 700) });
      const text = await response.text();
      expect(text).toContain('"status":"CONFIRMED"');
      expect(text).toContain('UNAUTHENTICATED');
      expect(text.trimEnd()).toMatch(accept === SSE ? /event: complete\ndata:$/ : /--graphql--$/);
    }
  });

  test('29: one that is gone without a word frees everything', async () => {
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    const body = JSON.stringify({
      query: 'subscription ($id: ID!) { orderUpdated(id: $id) { status version } }',
      variables: { id },
    });
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: ${SSE}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await until(() => shop.feed.active === 1);
    socket.destroy();
    await until(() => shop.feed.active === 0);
  });
});

test('28: a new supergraph ends a stream that it changes, with a code, and closing the router ends the others whole', async () => {
  const shop = new TestShop();
  const running = await runShop('local', shop);
  shop.feed.set('a', 'CONFIRMED');
  const open = (query: string) =>
    fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: SSE },
      body: JSON.stringify({ query }),
    });
  const changed = await open('subscription { orderUpdated(id: "a") { status lines { product { price } } } }');
  const kept = await open('subscription { orderUpdated(id: "a") { status } }');
  await until(() => shop.feed.active === 2);
  const without = { ...SDL, catalog: SDL.catalog.replace(/price\([^)]*\): String!/, '') };
  await running.router.update(testSupergraph(without));
  expect(await changed.text()).toContain('SUBSCRIPTION_SCHEMA_RELOAD');
  await running.close();
  expect((await kept.text()).trimEnd()).toMatch(/event: complete\ndata:$/);
});

test.each([SSE, MULTIPART])(
  'rules for headers of answers hold for what is known as a stream begins: %s',
  async (accept) => {
    const shop = new TestShop();
    const headerRules = HeaderRules.parse({
      all: {
        response: [{ insert: { name: 'x-by', value: 'souk' } }, { propagate: { named: 'date', rename: 'x-date' } }],
      },
      subgraphs: {
        orders: { response: [{ propagate: { named: 'x-state', default: 'live' } }] },
        catalog: { response: [{ propagate: { named: 'x-none', default: 'of products' } }] },
      },
    });
    const running = await runShop('http', shop, { headerRules });
    shop.feed.set('told', 'CONFIRMED');
    const ask = async (query: string) => {
      const ending = new AbortController();
      const { headers } = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept },
        body: JSON.stringify({ query, variables: { id: 'told' } }),
        signal: ending.signal,
      });
      ending.abort();
      return ['x-by', 'x-state', 'x-date', 'x-none'].map((name) => headers.get(name));
    };
    // Of a subscription what the rules say without an answer, and nothing of other subgraphs, which are asked later.
    expect(await ask(STATUS)).toEqual(['souk', 'live', null, null]);
    expect(await ask('{ products { title } }')).toEqual(['souk', null, expect.any(String), 'of products']);
    await until(() => shop.feed.active === 0);
    await running.close();
  },
);
