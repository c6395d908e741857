import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { startRouter } from '../router.ts';
import { post, testSupergraph } from '../testing/shapes.ts';
import { HeaderRules, headersByRules } from './header-rules.ts';
import { remoteTransport } from './remote-transport.ts';
import { UpstreamOptions } from './settings.ts';

const RECEIVED: IncomingHttpHeaders = {
  host: 'shop.example',
  connection: 'keep-alive',
  'content-length': '12',
  authorization: 'Bearer secret',
  cookie: 'session=1',
  'x-tenant': 'a',
  'x-trace': '7',
};
const sent = (...request: unknown[]) => headersByRules(HeaderRules.parse({ all: { request } }))('products', RECEIVED);

describe('header rules', () => {
  test('without a rule nothing goes', () => {
    expect(headersByRules(HeaderRules.parse({}))('products', RECEIVED)).toBeUndefined();
  });

  test.each<[string, unknown[], object]>([
    ['by name', [{ propagate: { named: 'X-Tenant' } }], { 'x-tenant': 'a' }],
    ['by another name', [{ propagate: { named: 'x-tenant', rename: 'x-shop' } }], { 'x-shop': 'a' }],
    ['what was not sent', [{ propagate: { named: 'x-none' } }], {}],
    ['what was not sent, with a default', [{ propagate: { named: 'x-none', default: 'n' } }], { 'x-none': 'n' }],
    ['by pattern', [{ propagate: { matching: '^x-.*' } }], { 'x-tenant': 'a', 'x-trace': '7' }],
    [
      'all by pattern, without those of the connection',
      [{ propagate: { matching: '.*' } }],
      { authorization: 'Bearer secret', cookie: 'session=1', 'x-tenant': 'a', 'x-trace': '7' },
    ],
    [
      'all but some',
      [{ propagate: { matching: '.*' } }, { remove: { named: 'Cookie' } }, { remove: { matching: '^x-t' } }],
      { authorization: 'Bearer secret' },
    ],
    [
      'each once: what went by pattern does not go by another name as well',
      [{ propagate: { matching: '^x-tenant' } }, { propagate: { named: 'x-tenant', rename: 'x-shop' } }],
      { 'x-tenant': 'a' },
    ],
    ['and what is inserted', [{ insert: { name: 'X-Router', value: 'souk' } }], { 'x-router': 'souk' }],
  ])('%s', (_, rules, headers) => {
    expect(sent(...rules)).toEqual(headers);
  });

  test('those of a subgraph come after those of all', () => {
    const rules = HeaderRules.parse({
      all: { request: [{ propagate: { matching: '^x-' } }] },
      subgraphs: { products: { request: [{ remove: { named: 'x-trace' } }] } },
    });
    expect(headersByRules(rules)('products', RECEIVED)).toEqual({ 'x-tenant': 'a' });
    expect(headersByRules(rules)('users', RECEIVED)).toEqual({ 'x-tenant': 'a', 'x-trace': '7' });
  });

  test.each([
    { propagate: { named: 'host' } },
    { propagate: { named: 'x-a', rename: 'content-length' } },
    { insert: { name: 'x a', value: '1' } },
    { insert: { name: 'x-a', value: 'a\r\nx-b: 1' } },
    { propagate: { matching: '(' } },
    { propagate: {} },
    { forward: { named: 'x-a' } },
  ])('%j is refused', (rule) => {
    expect(HeaderRules.safeParse({ all: { request: [rule] } }).success).toBe(false);
  });
});

test('a remote subgraph gets what the rules say and nothing else of the client', async () => {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    request.resume().on('end', () => response.end('{"data":{"products":[{"upc":"p1"}]}}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const upstreams = UpstreamOptions.parse({
    all: { deadlineMs: 1_000 },
    headers: { all: { request: [{ propagate: { named: 'authorization' } }] } },
  });
  const transport = remoteTransport({ catalog: url, orders: url }, upstreams);
  const router = await startRouter({
    supergraphSdl: testSupergraph(),
    transport,
    headerRules: upstreams.headers,
    port: 0,
    host: '127.0.0.1',
    verifyViewer: async () => null,
    corsOrigins: [],
    playground: null,
    isReady: () => true,
  });
  const headers = { authorization: 'Bearer theirs', cookie: 'a=1', 'x-customer-id': 'cus_1' };
  const { body } = await post(`http://127.0.0.1:${router.port}`, '{ products { upc } }', { headers });
  expect(body).toEqual({ data: { products: [{ upc: 'p1' }] } });
  const { host, connection, ...rest } = seen[0] ?? {};
  expect(Object.keys(rest).sort()).toEqual([
    'accept',
    'accept-encoding',
    'authorization',
    'content-length',
    'content-type',
  ]);
  expect(rest.authorization).toBe('Bearer theirs');
  await router.close();
  await transport.close();
  server.close();
});

describe('headers of answers', () => {
  test.each([
    { propagate: { named: 'content-length' } },
    { propagate: { named: 'x-a', rename: 'cache-control' } },
    { propagate: { named: 'x-a', algorithm: 'most' } },
    { insert: { name: 'access-control-allow-origin', value: '*' } },
  ])('%j is refused', (rule) => {
    expect(HeaderRules.safeParse({ all: { response: [rule] } }).success).toBe(false);
  });

  /** The answer's headers by the rules, of two requests at once; catalog and orders answer with these. */
  async function told(rules: object, answers: Record<string, OutgoingHttpHeaders>) {
    let asked = 0;
    const open = await Promise.all(
      Object.entries(answers).map(async ([name, headers]) => {
        const server = createServer((request, response) => {
          asked += 1;
          response.writeHead(200, {
            ...headers,
            ...(name === 'catalog' ? { 'set-cookie': [`n=${asked}`, 'b=2'] } : {}),
          });
          const data = name === 'catalog' ? { products: [{ upc: 'p1' }] } : { whoAmI: 'me' };
          // Orders answers last.
          request
            .resume()
            .on('end', () => setTimeout(() => response.end(JSON.stringify({ data })), name === 'orders' ? 200 : 100));
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        return [name, server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`] as const;
      }),
    );
    const upstreams = UpstreamOptions.parse({ all: { deadlineMs: 1_000 }, headers: rules });
    const transport = remoteTransport(Object.fromEntries(open.map(([name, , url]) => [name, url])), upstreams);
    const router = await startRouter({
      supergraphSdl: testSupergraph(),
      transport,
      headerRules: upstreams.headers,
      port: 0,
      host: '127.0.0.1',
      verifyViewer: async () => null,
      corsOrigins: [],
      playground: null,
      isReady: () => true,
    });
    const ask = () => post(`http://127.0.0.1:${router.port}`, '{ products { upc } whoAmI }');
    // The first tells the router that nobody else may be given the answer.
    await ask();
    asked = 0;
    const both = await Promise.all([ask(), ask()]);
    for (const { body } of both) expect(body).toEqual({ data: { products: [{ upc: 'p1' }], whoAmI: 'me' } });
    await router.close();
    await transport.close();
    for (const [, server] of open) server.close();
    const cookies = both.map(({ headers }) => headers.getSetCookie()).sort();
    return { headers: Object.fromEntries(both[0].headers), cookies, asked };
  }
  const TWO = {
    catalog: { 'x-a': 'c', 'x-b': 'c', 'cache-control': 'max-age=60' },
    orders: { 'x-a': 'o', 'x-only': 'o' },
  };

  test('without a rule nothing is told, and equal requests are one', async () => {
    const { headers, cookies, asked } = await told({}, TWO);
    expect(Object.keys(headers).filter((name) => name.startsWith('x-'))).toEqual([]);
    expect(cookies).toEqual([[], []]);
    expect(asked).toBe(2);
  });

  test('rules choose and merge; a cookie reaches only whose request it answered', async () => {
    const { headers, cookies, asked } = await told(
      {
        all: {
          response: [{ propagate: { named: 'x-a', algorithm: 'append' } }, { insert: { name: 'x-by', value: 'souk' } }],
        },
        subgraphs: {
          catalog: { response: [{ propagate: { matching: '.*', algorithm: 'first' } }, { remove: { named: 'x-a' } }] },
          orders: {
            response: [
              { propagate: { named: 'x-only', rename: 'x-of' } },
              { propagate: { named: 'x-none', default: 'n' } },
            ],
          },
        },
      },
      TWO,
    );
    expect(headers).toMatchObject({ 'x-a': 'o', 'x-b': 'c', 'x-by': 'souk', 'x-of': 'o', 'x-none': 'n' });
    expect(headers['x-only']).toBeUndefined();
    expect(headers['cache-control']).not.toContain('max-age=60');
    expect(headers['content-type']).toMatch(/graphql-response/);
    expect(asked).toBe(4);
    // Each of the two asked catalog, and was given its own.
    expect(cookies.map((each) => each.length)).toEqual([2, 2]);
    expect(new Set(cookies.map(([first]) => first)).size).toBe(2);
  });

  test.each([
    ['last', 'o'],
    ['first', 'c'],
    ['append', 'c, o'],
  ])('of several, %s is %s', async (algorithm, value) => {
    const { headers } = await told({ all: { response: [{ propagate: { named: 'X-A', algorithm } }] } }, TWO);
    expect(headers['x-a']).toBe(value);
  });
});
