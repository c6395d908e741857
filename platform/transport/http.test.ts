import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionResult } from 'graphql';
import { afterEach, describe, expect, test } from 'vitest';
import type { Identity } from '#platform/auth/viewer.ts';
import { type HttpTransportOptions, httpTransport } from './http.ts';
import { type SubgraphTransport, SubgraphUnavailable } from './transport.ts';

const IDENTITY: Identity = { viewer: null, caller: 'router' };
const QUERY = { query: 'query Stock { stock }' };
const MUTATION = { query: 'mutation Reserve { reserve }' };
const GOOD = '{"data":{"stock":1}}';

let server: Server | undefined;
let transport: SubgraphTransport | undefined;
afterEach(async () => {
  await transport?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
});

/** A subgraph that answers the n-th request as told, and counts. */
async function subgraph(
  answer: (response: ServerResponse, attempt: number) => void,
  options: Partial<HttpTransportOptions> = {},
) {
  const counted = { requests: 0, authorization: '' };
  server = createServer((request, response) => {
    counted.requests += 1;
    counted.authorization = request.headers.authorization ?? '';
    request.resume().on('end', () => answer(response, counted.requests));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  transport = httpTransport({
    urls: { stock: `http://127.0.0.1:${port}/graphql` },
    sign: async ({ caller }, audience) => `${caller}-for-${audience}`,
    caller: 'router',
    ...options,
    policy: { deadlineMs: 300, ...options.policy },
  });
  return { counted, transport };
}

const failure = (promise: Promise<ExecutionResult>) =>
  promise.then(
    () => 'answered',
    (error: unknown) => error,
  );

describe('queries over HTTP', () => {
  test('carry the internal token, and bring data and errors', async () => {
    const { counted, transport } = await subgraph((response) =>
      response.end('{"data":{"stock":null},"errors":[{"message":"no","path":["stock"],"extensions":{"code":"X"}}]}'),
    );
    const { data, errors } = await transport.query('stock', QUERY, IDENTITY);
    expect(data).toEqual({ stock: null });
    expect(errors?.map((error) => error.toJSON())).toEqual([
      { message: 'no', path: ['stock'], extensions: { code: 'X' } },
    ]);
    expect(counted.authorization).toBe('Bearer router-for-stock');
  });

  test('a query is tried again where the subgraph cannot answer just now', async () => {
    const { counted, transport } = await subgraph((response, attempt) => {
      if (attempt === 1) response.writeHead(503).end();
      else if (attempt === 2) response.destroy();
      else response.end(GOOD);
    });
    expect(await transport.query('stock', QUERY, IDENTITY)).toMatchObject({ data: { stock: 1 } });
    expect(counted.requests).toBe(3);
  });

  test('a query is tried thrice at most', async () => {
    const { counted, transport } = await subgraph((response) => response.writeHead(503).end());
    expect(await failure(transport.query('stock', QUERY, IDENTITY))).toBeInstanceOf(SubgraphUnavailable);
    expect(counted.requests).toBe(3);
  });

  test.each([503, 500, 0])('a mutation is never tried again (%i)', async (status) => {
    const { counted, transport } = await subgraph((response) => {
      if (status === 0) response.destroy();
      else response.writeHead(status).end();
    });
    expect(await failure(transport.query('stock', MUTATION, IDENTITY))).toBeInstanceOf(SubgraphUnavailable);
    expect(counted.requests).toBe(1);
  });

  test.each([401, 500])('an answer of %i is not asked for again', async (status) => {
    const { counted, transport } = await subgraph((response) => response.writeHead(status).end());
    expect(await failure(transport.query('stock', QUERY, IDENTITY))).toMatchObject({
      name: 'SubgraphUnavailable',
      message: `stock is unavailable: it answered ${status}`,
    });
    expect(counted.requests).toBe(1);
  });

  test('the deadline ends a query that hangs, with all its attempts', async () => {
    const { counted, transport } = await subgraph(() => undefined);
    const start = performance.now();
    expect(await failure(transport.query('stock', QUERY, IDENTITY))).toMatchObject({
      message: 'stock is unavailable: no answer within 300 ms',
    });
    expect(performance.now() - start).toBeLessThan(500);
    expect(counted.requests).toBe(1);
  });

  test('the deadline ends a body that trickles', async () => {
    const { transport } = await subgraph((response) => {
      response.write('{"data":');
    });
    expect(await failure(transport.query('stock', QUERY, IDENTITY))).toBeInstanceOf(SubgraphUnavailable);
  });

  test('the bulkhead turns away what would wait too long in line', async () => {
    const { counted, transport } = await subgraph(() => undefined, { policy: { connections: 2, waiting: 8 } });
    const failures = await Promise.all(
      Array.from({ length: 12 }, () => failure(transport.query('stock', QUERY, IDENTITY))),
    );
    const reasons = failures.map((error) => (error as Error).message.replace('stock is unavailable: ', ''));
    expect(reasons.filter((reason) => reason === 'too many requests wait for it')).toHaveLength(2);
    expect(reasons.filter((reason) => reason === 'no answer within 300 ms')).toHaveLength(10);
    expect(counted.requests).toBeLessThanOrEqual(4);
  });

  test('the breaker keeps callers away from a dead subgraph, and lets them back', async () => {
    let dead = true;
    const { counted, transport } = await subgraph((response) => {
      if (dead) response.writeHead(503).end();
      else response.end(GOOD);
    });
    for (let n = 0; n < 20; n += 1) await failure(transport.query('stock', QUERY, IDENTITY));
    expect(counted.requests).toBe(8);
    expect(await failure(transport.query('stock', QUERY, IDENTITY))).toMatchObject({
      message: 'stock is unavailable: its circuit breaker is open',
    });
    dead = false;
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await transport.query('stock', QUERY, IDENTITY)).toMatchObject({ data: { stock: 1 } });
  });

  test('nothing listens, no address is known, no JSON comes: all the same to the caller', async () => {
    const { transport } = await subgraph((response) => response.end('<html>'), {});
    expect(await failure(transport.query('stock', QUERY, IDENTITY))).toBeInstanceOf(SubgraphUnavailable);
    expect(await failure(transport.query('unheard-of', QUERY, IDENTITY))).toBeInstanceOf(SubgraphUnavailable);
    const nobody = httpTransport({ urls: { x: 'http://127.0.0.1:9/graphql' }, sign: async () => '', caller: 'router' });
    expect(await failure(nobody.query('x', QUERY, IDENTITY))).toBeInstanceOf(SubgraphUnavailable);
    await nobody.close();
  });
});
