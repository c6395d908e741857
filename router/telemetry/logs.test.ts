import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTraces } from '#platform/telemetry/otlp-traces.ts';
import { post, type Running, runShop, type Shape } from '../testing/shapes.ts';
import { openClient, subscribe, until } from '../testing/subscriber.ts';
import { TestShop } from '../testing/test-shop.ts';
import { otlpReceiver } from './testing/otlp-receiver.ts';

const output = vi.hoisted(() => ({ text: '' }));

// All parts of the process write here, at the most talkative level.
vi.mock('#platform/telemetry/log.ts', async () => {
  const { pino } = await import('pino');
  const write = (line: string) => {
    output.text += line;
  };
  return { log: pino({ level: 'trace', base: null }, { write }) };
});

const INFO = 30;
const WARN = 40;
const ERROR = 50;
const HASH = expect.stringMatching(/^[0-9a-f]{64}$/);

const lines = () =>
  output.text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const requestLines = () => lines().filter(({ msg }) => msg === 'request');
const lastRequest = async () => {
  await until(() => requestLines().length > 0);
  return requestLines().at(-1);
};

beforeEach(() => {
  output.text = '';
});

describe.each<Shape>(['local', 'http'])('the log over the %s transport', (shape) => {
  const shop = new TestShop();
  let running: Running;
  beforeAll(async () => {
    shop.feed.set('o1', 'CONFIRMED');
    running = await runShop(shape, shop);
  });
  afterAll(() => running.close());

  test('has one line for a request, with its operation, duration, status and the subgraphs that were asked', async () => {
    await post(running.url, 'query Deep($id: ID!) { order(id: $id) { lines { product { title } } } }', {
      variables: { id: 'o1' },
    });
    expect(await lastRequest()).toEqual({
      level: INFO,
      time: expect.any(Number),
      msg: 'request',
      operation: 'Deep',
      kind: 'query',
      hash: HASH,
      protocol: 'http',
      status: 200,
      ms: expect.any(Number),
      subgraphs: { orders: 1, catalog: 1 },
    });
    expect(requestLines()).toHaveLength(1);
  });

  test.each([
    ['what a client did wrong', '{ nothing }', INFO, 400, ['GRAPHQL_VALIDATION_FAILED']],
    ['what a client may not', '{ denied }', INFO, 200, ['FORBIDDEN']],
    ['what cannot be reached', '{ beyond }', WARN, 200, ['SUBGRAPH_UNAVAILABLE']],
    ['a fault', '{ broken }', ERROR, 200, ['INTERNAL']],
  ])('%s has its level', async (_, query, level, status, codes) => {
    await post(running.url, query);
    expect(await lastRequest()).toMatchObject({ level, status, codes });
  });

  test('names the trace while there is one', async () => {
    const receiver = await otlpReceiver();
    const stop = openTraces({ service: 't', sampler: 'always_on', ratio: 1, delayMs: 60_000, url: receiver.url });
    await post(running.url, '{ whoAmI }');
    const { trace } = await lastRequest();
    await stop();
    await receiver.close();
    expect(receiver.spans.map(({ traceId }) => traceId)).toContain(trace);
  });

  test('an operation on a socket has its line, and a subscription when it ends', async () => {
    const client = openClient(running.url);
    const asked = subscribe(client, 'query Who { whoAmI }');
    await asked.ended;
    expect(await lastRequest()).toMatchObject({ level: INFO, operation: 'Who', protocol: 'websocket', status: 200 });
    output.text = '';
    const followed = subscribe(client, 'subscription Follow { orderUpdated(id: "o1") { status } }');
    await until(() => followed.heard.length === 1);
    expect(requestLines()).toEqual([]);
    followed.stop();
    expect(await lastRequest()).toMatchObject({
      level: INFO,
      operation: 'Follow',
      kind: 'subscription',
      hash: HASH,
      protocol: 'websocket',
    });
    output.text = '';
    const refused = subscribe(client, 'subscription Follow { orderUpdated(id: "none") { status } }');
    await refused.ended;
    await until(() => requestLines().length > 0);
    expect(requestLines()).toHaveLength(1);
    await client.dispose();
  });

  test('48: no secret of a variable, a literal, a header or a token is ever in it', async () => {
    const headers = {
      authorization: 'Bearer cus_hunter2-token',
      cookie: 'session=hunter2-cookie',
      'x-api-key': 'hunter2-key',
      baggage: 'user=hunter2-baggage',
      tracestate: 'a=hunter2-state',
    };
    const ask = (query: string, variables: object = {}, more: Record<string, string> = {}) =>
      post(running.url, query, { variables, headers: { ...headers, ...more } });
    const secret = { id: 'hunter2-variable' };
    await ask('query A($id: ID!) { order(id: $id) { mine } broken brokenBadly denied beyond }', secret);
    await ask('query B($id: ID!) { order(id: $id) { nothing } }', secret);
    await ask('query C($id: ID!) { order(id: $id) { status } }', { id: { deep: 'hunter2-wrong' } });
    await ask('{ at(time: "hunter2-literal") product(upc: "hunter2-upc") { title } }');
    await ask('query ($time: DateTime!) { at(time: $time) }', { time: 'hunter2-time' });
    await ask('mutation ($id: ID!) { orderPlace(id: $id) { id } }', secret);
    await ask('{ "hunter2-syntax" }');
    await ask('{ whoAmI }', {}, { authorization: 'Bearer hunter2-forged' });
    await fetch(`${running.url}/graphql?query={whoAmI}&token=hunter2-search`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    await fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"query":"hunter2-broken-json',
    });
    const client = openClient(running.url, { authorization: 'Bearer cus_hunter2-socket', password: 'hunter2-init' });
    await subscribe(client, 'subscription F($id: ID!) { orderUpdated(id: $id) { status } }', { id: 'hunter2-none' })
      .ended;
    await subscribe(client, 'subscription F { orderUpdated(id: "fault") { status } }').ended;
    await client.dispose();
    await until(() => requestLines().length >= 12);
    expect(lines().length).toBeGreaterThan(requestLines().length);
    expect(output.text).not.toContain('hunter2-');
  });
});

test('34: a subgraph that is down is told once a request, at the level of a warning', async () => {
  const shop = new TestShop();
  const running = await runShop('http', shop, { missing: ['catalog'] });
  await post(running.url, '{ a: products { title } b: products { upc } whoAmI }');
  const { level, subgraphs, codes } = await lastRequest();
  await running.close();
  expect([level, codes]).toEqual([WARN, ['SUBGRAPH_UNAVAILABLE']]);
  expect(subgraphs).toMatchObject({ catalog: 1, orders: 1 });
  expect(lines().filter(({ msg }) => msg === 'subgraph unavailable')).toMatchObject([
    { level: WARN, subgraph: 'catalog', reason: 'catalog is unavailable: ECONNREFUSED' },
  ]);
});
