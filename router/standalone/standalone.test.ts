import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Child, freePort, runRouter, runSubgraph, stop } from './testing/child.ts';

/** Two Apollo Servers that have never heard of Souk, composed and served as a newcomer would. */
describe('souk-router and subgraphs that it has never seen', () => {
  let folder: string;
  let subgraphs: Child[] = [];
  let router: Child;
  const children: Child[] = [];
  let port: number;
  let ports: { products: number; reviews: number; sockets: number };

  const yaml = () => `subgraphs:
  products:
    schema: { subgraph_url: http://127.0.0.1:${ports.products}/ }
  reviews:
    routing_url: http://127.0.0.1:${ports.reviews}/
    schema: { subgraph_url: http://127.0.0.1:${ports.reviews}/ }
`;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'souk-router-'));
    port = await freePort();
    ports = { products: await freePort(), reviews: await freePort(), sockets: await freePort() };
    subgraphs = await Promise.all([
      runSubgraph('products', ports.products),
      runSubgraph('reviews', ports.reviews, ports.sockets),
    ]);
    await writeFile(path.join(folder, 'supergraph.yaml'), yaml());
    await writeFile(
      path.join(folder, 'router.yaml'),
      `drain: { noticeMs: 1000 }
subgraphs: { reviews: { subscriptionUrl: ws://127.0.0.1:${ports.sockets}/ws } }
upstream: { headers: { all: { request: [{ propagate: { named: x-tenant } }] } } }
`,
    );
    const composing = runRouter(['compose', 'supergraph.yaml', '--output', 'supergraph.graphql'], { cwd: folder });
    expect(await composing.ended, composing.err()).toBe(0);
    router = started(['--supergraph', 'supergraph.graphql', '--port', String(port)]);
    await router.said(/souk-router serves/);
  });
  afterAll(async () => {
    await Promise.all([...children, ...subgraphs].map(stop));
    await rm(folder, { recursive: true });
  });

  const started = (words: readonly string[]) => {
    const child = runRouter(words, { cwd: folder });
    children.push(child);
    return child;
  };

  const post = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { data?: Record<string, unknown>; errors?: unknown[] };
  };

  test('joins their entities', async () => {
    expect(await post('{ products { name reviews { stars product { name } } } }')).toEqual({
      data: {
        products: [
          { name: 'The teapot', reviews: [{ stars: 5, product: { name: 'The teapot' } }] },
          { name: 'The kettle', reviews: [] },
        ],
      },
    });
  });

  test('sends them no token, and of the client’s headers only what a rule lets through', async () => {
    const headers = { 'x-tenant': 'acme', 'x-secret': 's', authorization: 'Bearer abc', cookie: 'a=b' };
    const names = ['x-tenant', 'x-secret', 'authorization', 'cookie'];
    const fields = names.map((name, index) => `h${index}: headers(name: "${name}")`).join(' ');
    expect(await post(`{ ${fields} }`, headers)).toEqual({ data: { h0: 'acme', h1: null, h2: null, h3: null } });
  });

  test('tells their errors while it is not in production', async () => {
    const { data, errors } = await post('{ broken }');
    expect(data).toEqual({ broken: null });
    expect(errors).toEqual([{ message: 'The shelf is empty.', path: ['broken'], extensions: { code: 'EMPTY_SHELF' } }]);
  });

  test('subscribes upstream over graphql-transport-ws, at the address that the settings tell', async () => {
    const client = createClient({ url: `ws://127.0.0.1:${port}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
    const heard: unknown[] = [];
    for await (const event of client.iterate({ query: 'subscription { reviewAdded { stars product { name } } }' })) {
      heard.push(event);
      if (heard.length === 2) break;
    }
    await client.dispose();
    expect(heard).toEqual(
      [1, 2].map((stars) => ({ data: { reviewAdded: { stars, product: { name: 'The kettle' } } } })),
    );
  });

  test('a changed file is served without a restart, and a broken one changes nothing and is told once', async () => {
    const file = path.join(folder, 'supergraph.graphql');
    const sdl = await readFile(file, 'utf8');
    const hasSlow = async () =>
      JSON.stringify(await post('{ __type(name: "Query") { fields { name } } }')).includes('slow');
    await writeFile(file, sdl.replace(/^ {2}slow\(.*\n/m, ''));
    for (let tries = 0; (await hasSlow()) && tries < 100; tries += 1) await sleep(100);
    expect(await hasSlow()).toBe(false);
    await writeFile(file, `${sdl}\ntype Broken @join__type(graph: NOWHERE) { id: Nothing }`);
    await router.said(/supergraph not taken/);
    await sleep(1_200);
    expect(router.err().match(/supergraph not taken/g)).toHaveLength(1);
    expect((await post('{ products { name } }')).errors).toBeUndefined();
    await writeFile(file, sdl);
    for (let tries = 0; !(await hasSlow()) && tries < 100; tries += 1) await sleep(100);
    expect(await hasSlow()).toBe(true);
  });

  test('35: SIGTERM under load: readiness goes false first, requests under way finish, sockets close with 1001', async () => {
    const own = started(['--supergraph', 'supergraph.graphql', '--port', '0']);
    const url =
      /http:\/\/localhost:\d+/.exec(await own.said(/souk-router serves/))?.[0]?.replace('localhost', '127.0.0.1') ?? '';
    const agent = new Agent({ connections: 8, pipelining: 1 });
    const ask = (query: string) =>
      request(`${url}/graphql`, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }).then(async ({ headers, body }) => ({ connection: headers.connection, body: await body.json() }));
    const readiness = () => fetch(`${url}/health/ready`).then(({ status }) => status);
    expect(await readiness()).toBe(200);

    const closed = new Promise<number>((resolve) => {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        lazy: false,
        onNonLazyError: () => undefined,
      });
      client.on('closed', (event) => resolve((event as { code: number }).code));
      client.on('connected', () => setTimeout(() => own.process.kill('SIGTERM'), 600));
    });
    const answers: { connection: unknown; body: unknown }[] = [];
    let open = true;
    // As a load balancer does: whoever is not ready gets nothing more.
    const watching = (async () => {
      while ((await readiness().catch(() => 0)) === 200) await sleep(20);
      open = false;
    })();
    const clients = Array.from({ length: 8 }, async () => {
      while (open) answers.push(await ask('{ products { name reviews { stars } } }'));
    });
    const long = ask('{ slow(ms: 2500) }');
    await Promise.all([watching, ...clients]);
    const code = await own.ended;
    expect(code, own.err()).toBe(0);
    expect(await closed).toBe(1001);
    expect(await long).toEqual({ connection: 'close', body: { data: { slow: 'done' } } });
    expect(answers.filter(({ body }) => (body as { errors?: unknown }).errors)).toEqual([]);
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.at(-1)?.connection).toBe('close');
    await agent.close();
  }, 40_000);
});
