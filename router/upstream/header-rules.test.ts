import { createServer, type IncomingHttpHeaders } from 'node:http';
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
