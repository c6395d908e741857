import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Identity } from '#platform/auth/viewer.ts';
import { httpTransport } from './http.ts';
import type { SubgraphTransport } from './transport.ts';
import type { UpstreamSettings } from './upstream-policy.ts';

const GUEST: Identity = { viewer: null, caller: 'router' };
const QUERY = { query: 'query Stock { stock }', variables: { id: 1 } };
const MUTATION = { query: 'mutation Reserve { reserve }' };
const GOOD = '{"data":{"stock":1}}';
const HASH = createHash('sha256').update(QUERY.query).digest('hex');

interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

let server: Server | undefined;
let transport: SubgraphTransport;
afterEach(async () => {
  await transport?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
});

/** A remote subgraph that knows nothing of internal tokens; tells what it was asked. */
async function remote(answer: (asked: Asked, response: ServerResponse) => void, policy: UpstreamSettings = {}) {
  const asked: Asked[] = [];
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    asked.push({ headers: request.headers, body: JSON.parse(text) });
    answer(asked.at(-1) as Asked, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  transport = httpTransport({
    urls: { stock: `http://127.0.0.1:${port}/graphql?tenant=1` },
    caller: 'router',
    policy: { deadlineMs: 400, ...policy },
  });
  return asked;
}

const outcome = (request: { query: string; headers?: Record<string, string> }) =>
  transport.query('stock', request, GUEST).then(
    ({ data, errors }) => (errors ? errors.map(({ message }) => message) : data),
    (error: Error) => error.message,
  );

describe('a remote subgraph', () => {
  test('is sent no token of ours, and of other headers only those that the request names', async () => {
    const asked = await remote((_, response) => response.end(GOOD));
    expect(await outcome({ ...QUERY, headers: { 'x-tenant': 'a', 'content-type': 'text/plain' } })).toEqual({
      stock: 1,
    });
    const { host, connection, ...headers } = asked[0]?.headers ?? {};
    expect(headers).toEqual({
      'x-tenant': 'a',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'accept-encoding': expect.stringMatching(/^(zstd, )?br, gzip$/),
      'content-type': 'application/json',
      'content-length': expect.any(String),
    });
    expect(asked[0]?.body).toEqual(QUERY);
  });

  test.each([400, 401, 403, 500])('what a GraphQL answer says under %i is what it says', async (status) => {
    await remote((_, response) => response.writeHead(status).end('{"errors":[{"message":"no"}]}'));
    expect(await outcome(QUERY)).toEqual(['no']);
  });

  test('its headers come with its answer', async () => {
    await remote((_, response) => response.setHeader('cache-control', 'max-age=60').end(GOOD));
    const { headers } = await transport.query('stock', QUERY, GUEST);
    expect(headers?.['cache-control']).toBe('max-age=60');
  });

  test('connections are kept: twenty calls one after the other take two at most', async () => {
    await remote((_, response) => response.end(GOOD));
    let connections = 0;
    server?.on('connection', () => {
      connections += 1;
    });
    for (let n = 0; n < 20; n += 1) await outcome(QUERY);
    expect(connections).toBeLessThanOrEqual(2);
  });
});

describe('no storm', () => {
  test('of a subgraph that fails half of the time, retries are about a fifth of the queries', async () => {
    let n = 0;
    const asked = await remote(
      (_, response) => {
        n += 1;
        response.writeHead(n % 2 === 0 ? 200 : 503).end(GOOD);
      },
      { faultsToOpen: 1_000 },
    );
    for (let burst = 0; burst < 10; burst += 1)
      await Promise.all(Array.from({ length: 40 }, () => outcome({ query: QUERY.query })));
    const extra = asked.length - 400;
    expect(extra).toBeGreaterThan(40);
    // A fifth of 400, and ten for a start.
    expect(extra).toBeLessThanOrEqual(90);
  });

  test('of a dead subgraph, a hundred callers make no more than a handful of attempts', async () => {
    const asked = await remote((_, response) => response.writeHead(503).end(), { connections: 4 });
    await Promise.all(Array.from({ length: 100 }, () => outcome(QUERY)));
    expect(asked.length).toBeLessThanOrEqual(8 + 4);
  });

  test.each([502, 503, 504])('mutations are asked once, whatever happens (%i)', async (status) => {
    const asked = await remote((_, response) => response.writeHead(status).end());
    await outcome(MUTATION);
    expect(asked).toHaveLength(1);
  });

  test('a slow subgraph costs one attempt of a mutation and one deadline', async () => {
    const asked = await remote(() => {});
    expect(await outcome(MUTATION)).toBe('stock is unavailable: no answer within 400 ms');
    expect(asked).toHaveLength(1);
  });
});

describe('answers', () => {
  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('packed by %s are unpacked', async (coding, pack) => {
    await remote((_, response) => response.setHeader('content-encoding', coding).end(pack(GOOD)));
    expect(await outcome(QUERY)).toEqual({ stock: 1 });
  });

  test('packed by something else, or not as they say, are no answers', async () => {
    let coding = 'compress';
    await remote((_, response) => response.setHeader('content-encoding', coding).end(GOOD), { retries: 0 });
    expect(await outcome(QUERY)).toBe('stock is unavailable: an unknown content coding');
    coding = 'gzip';
    expect(await outcome(QUERY)).toBe('stock is unavailable: Z_DATA_ERROR');
  });

  test('that are too long are not read to the end, packed or not, and do not open the breaker', async () => {
    const long = `{"data":{"stock":"${'x'.repeat(1 << 20)}"}}`;
    let bomb = false;
    await remote(
      (_, response) => {
        if (bomb) response.setHeader('content-encoding', 'gzip').end(gzipSync(long));
        else response.end(long);
      },
      { responseLimitBytes: 100_000, faultsToOpen: 1 },
    );
    const sentence = 'stock is unavailable: its answer is longer than 100000 bytes';
    expect(await outcome(QUERY)).toBe(sentence);
    bomb = true;
    expect(await outcome(QUERY)).toBe(sentence);
  });
});

describe('persisted queries', () => {
  const known = new Set<unknown>();
  const hashOf = (body: Record<string, unknown>) =>
    (body.extensions as { persistedQuery?: { sha256Hash: string } } | undefined)?.persistedQuery?.sha256Hash;
  const shape = (asked: readonly Asked[]) => asked.map(({ body }) => [body.query ? 'text' : '-', hashOf(body) ?? '-']);

  test('the hash goes first, the text when it is wanted, and from then on the hash alone', async () => {
    known.clear();
    const asked = await remote(
      ({ body }, response) => {
        if (body.query) known.add(hashOf(body));
        response.end(
          known.has(hashOf(body))
            ? GOOD
            : '{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}',
        );
      },
      { persistedQueries: true },
    );
    for (let n = 0; n < 3; n += 1) expect(await outcome(QUERY)).toEqual({ stock: 1 });
    expect(shape(asked)).toEqual([
      ['-', HASH],
      ['text', HASH],
      ['-', HASH],
      ['-', HASH],
    ]);
    expect(asked.map(({ body }) => body.variables)).toEqual(Array(4).fill({ id: 1 }));
  });

  test('a subgraph that takes none gets texts alone from then on', async () => {
    const asked = await remote(
      ({ body }, response) => {
        response.end(body.query ? GOOD : '{"errors":[{"message":"PersistedQueryNotSupported"}]}');
      },
      { persistedQueries: true },
    );
    for (let n = 0; n < 2; n += 1) expect(await outcome(QUERY)).toEqual({ stock: 1 });
    expect(shape(asked)).toEqual([
      ['-', HASH],
      ['text', '-'],
      ['text', '-'],
    ]);
  });
});

describe('closing', () => {
  test('waits for what is under way and takes no more', async () => {
    const asked = await remote((_, response) => setTimeout(() => response.end(GOOD), 150));
    const first = outcome(QUERY);
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const closed = transport.close();
    expect(await outcome(QUERY)).toBe('stock is unavailable: this process is stopping');
    expect(await first).toEqual({ stock: 1 });
    await closed;
  });

  test('waits no longer than the deadline for what hangs', async () => {
    await remote(() => {});
    const hanging = outcome(QUERY);
    const sinceMs = performance.now();
    await transport.close();
    expect(performance.now() - sinceMs).toBeLessThan(600);
    expect(await hanging).toBe('stock is unavailable: no answer within 400 ms');
  });
});
