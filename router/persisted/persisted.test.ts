import { createHash } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runSmallGraph, type SmallGraph } from '../testing/small-graph.ts';
import { openClient } from '../testing/subscriber.ts';
import { readManifest } from './manifest.ts';
import { memoryStore } from './operation-store.ts';
import { openSafelist } from './safelist-file.ts';

const GRAPH = {
  one: {
    sdl: 'type Query { hello(to: String = "all"): String } type Mutation { bye: String } type Subscription { ticks: Int }',
    resolvers: {
      Query: { hello: (_: unknown, { to }: { to: string }) => `hello ${to}` },
      Mutation: { bye: () => 'bye' },
      Subscription: {
        ticks: {
          subscribe: async function* () {
            yield 1;
          },
          resolve: (tick: number) => tick,
        },
      },
    },
  },
};
const HELLO = 'query Hello($to: String) { hello(to: $to) }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const byHash = (text: string, hash = sha256(text)) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
});
const code = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });
const NOT_FOUND = code('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

async function send(graph: SmallGraph, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${graph.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it whole.
  return { status: response.status, body: (await response.json()) as any };
}

/** One operation on a socket: what came, or the errors that it was refused with. */
async function onSocket(graph: SmallGraph, payload: object, params: Record<string, unknown> = {}): Promise<unknown> {
  const client = openClient(graph.url, params);
  try {
    return await new Promise((resolve) => {
      client.subscribe(
        { query: '', ...payload },
        { next: resolve, error: (errors) => resolve({ errors }), complete() {} },
      );
    });
  } finally {
    client.terminate();
  }
}

describe('automatic persisted queries', () => {
  let graph: SmallGraph;
  beforeAll(async () => {
    graph = await runSmallGraph(GRAPH);
  });
  afterAll(() => graph.close());

  test('a hash is not found, then registered with its text, then enough; over POST, GET and sockets', async () => {
    expect(await send(graph, byHash(HELLO))).toEqual({ status: 200, body: NOT_FOUND });
    expect(await onSocket(graph, byHash(HELLO))).toEqual(NOT_FOUND);
    expect(await send(graph, { query: HELLO, ...byHash(HELLO) })).toEqual({
      status: 200,
      body: { data: { hello: 'hello all' } },
    });
    const variables = { to: 'you' };
    const said = { data: { hello: 'hello you' } };
    expect(await send(graph, { variables, ...byHash(HELLO) })).toEqual({ status: 200, body: said });
    expect(await onSocket(graph, { variables, ...byHash(HELLO) })).toEqual(said);
    const search = new URLSearchParams({
      variables: JSON.stringify(variables),
      extensions: JSON.stringify(byHash(HELLO).extensions),
    });
    const got = await fetch(`${graph.url}/graphql?${search}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(await got.json()).toEqual(said);
  });

  test('subscriptions too', async () => {
    const query = 'subscription { ticks }';
    expect(await onSocket(graph, { query, ...byHash(query) })).toEqual({ data: { ticks: 1 } });
    expect(await onSocket(graph, byHash(query))).toEqual({ data: { ticks: 1 } });
  });

  test('a hash of another text is refused, and poisons nothing', async () => {
    const other = '{ other: hello }';
    const refused = code('BAD_REQUEST', 'provided sha does not match query');
    expect(await send(graph, { query: other, ...byHash('{ theirs: hello }') })).toEqual({ status: 400, body: refused });
    expect((await send(graph, byHash('{ theirs: hello }'))).body).toEqual(NOT_FOUND);
    expect((await send(graph, { extensions: { persistedQuery: { version: 2, sha256Hash: 'x' } } })).status).toBe(400);
    expect((await send(graph, { extensions: { persistedQuery: { version: 1, sha256Hash: { $ne: 1 } } } })).status).toBe(
      400,
    );
  });

  test('what would be refused is not kept', async () => {
    const wrong = '{ nothingOfThatName }';
    expect((await send(graph, { query: wrong, ...byHash(wrong) })).status).toBe(400);
    expect((await send(graph, byHash(wrong))).body).toEqual(NOT_FOUND);
  });

  test('a mutation by its hash is still no GET', async () => {
    const query = 'mutation { bye }';
    await send(graph, { query, ...byHash(query) });
    const search = new URLSearchParams({ extensions: JSON.stringify(byHash(query).extensions) });
    const got = await fetch(`${graph.url}/graphql?${search}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(got.status).toBe(405);
  });

  test('the oldest leave a full memory first', () => {
    const store = memoryStore(10);
    store.set('a', '12345');
    store.set('b', '12345');
    store.get('a');
    store.set('c', '12345');
    expect(['a', 'b', 'c'].map((hash) => store.get(hash))).toEqual(['12345', undefined, '12345']);
  });

  test('can be off', async () => {
    const off = await runSmallGraph(GRAPH, { persisted: { store: null } });
    expect((await send(off, byHash(HELLO))).body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_SUPPORTED');
    await off.close();
  });
});

const MANIFEST = JSON.stringify({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [
    { id: 'hello-1', name: 'Hello', type: 'query', body: HELLO },
    { id: sha256('subscription T { ticks }'), name: 'T', type: 'subscription', body: 'subscription T { ticks }' },
  ],
});
const listed = (mode: 'off' | 'log' | 'enforced', clients: string[] = []) => ({
  persisted: { safelist: { mode, clients, operations: readManifest(MANIFEST) } },
});

describe('a safelist', () => {
  let graph: SmallGraph | undefined;
  afterEach(() => graph?.close());

  test('enforced: operations of the manifest by id or text, and nothing else; on sockets too', async () => {
    graph = await runSmallGraph(GRAPH, listed('enforced'));
    const said = { status: 200, body: { data: { hello: 'hello all' } } };
    expect(await send(graph, byHash(HELLO, 'hello-1'))).toEqual(said);
    expect(await send(graph, { query: HELLO })).toEqual(said);
    expect(await send(graph, { query: `# a comment\n${HELLO.replaceAll(' ', '\n ')}` })).toEqual(said);
    expect(await onSocket(graph, byHash('subscription T { ticks }'))).toEqual({ data: { ticks: 1 } });
    const message = 'This operation is not on the list of those allowed.';
    const outside = '{ hello }';
    for (const asked of [{ query: outside }, { query: outside, ...byHash(outside) }, { query: '{ hello' }]) {
      expect(await send(graph, asked)).toEqual({ status: 400, body: code('QUERY_NOT_IN_SAFELIST', message) });
      expect(await onSocket(graph, asked)).toEqual(code('QUERY_NOT_IN_SAFELIST', message));
    }
    expect(await send(graph, byHash(outside))).toEqual({
      status: 400,
      body: code('PERSISTED_QUERY_NOT_IN_LIST', message),
    });
    expect(await onSocket(graph, { query: 'subscription { ticks }' })).toEqual(code('QUERY_NOT_IN_SAFELIST', message));
    expect(graph.asked).toHaveLength(4);
  });

  test('for one client only: it alone is held to the list', async () => {
    graph = await runSmallGraph(GRAPH, listed('enforced', ['storefront']));
    const query = '{ hello }';
    const client = { 'apollographql-client-name': 'storefront' };
    expect((await send(graph, { query }, client)).body.errors[0].extensions.code).toBe('QUERY_NOT_IN_SAFELIST');
    expect(await onSocket(graph, { query }, client)).toMatchObject({
      errors: [{ extensions: { code: 'QUERY_NOT_IN_SAFELIST' } }],
    });
    expect((await send(graph, { query })).body).toEqual({ data: { hello: 'hello all' } });
    expect((await send(graph, { query }, { 'apollographql-client-name': 'app' })).status).toBe(200);
    await send(graph, { query, ...byHash(query) });
    expect((await send(graph, byHash(query), client)).body.errors[0].extensions.code).toBe(
      'PERSISTED_QUERY_NOT_IN_LIST',
    );
  });

  test('log: reports what is outside, by its hash', async () => {
    const warned: unknown[] = [];
    const log = { info() {}, warn: (details: object) => void warned.push(details), error() {} };
    graph = await runSmallGraph(GRAPH, { ...listed('log'), log });
    expect((await send(graph, { query: HELLO })).status).toBe(200);
    expect(warned).toEqual([]);
    expect((await send(graph, { query: '{ hello }' }, { 'apollographql-client-name': 'app' })).status).toBe(200);
    expect(warned).toEqual([{ client: 'app', hash: sha256('{ hello }') }]);
  });

  test('is taken again when its file changes; one that is broken changes nothing and is told once', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'souk-safelist-'));
    const file = path.join(folder, 'manifest.json');
    const write = async (text: string) => {
      // As builds and ConfigMaps do: whole, under the name at once.
      await writeFile(`${file}.new`, text);
      await rename(`${file}.new`, file);
    };
    await write(MANIFEST);
    const told: object[] = [];
    const log = { info() {}, warn() {}, error: (details: object) => void told.push(details) };
    const safelist = await openSafelist(file);
    graph = await runSmallGraph(GRAPH, {
      persisted: { safelist: { mode: 'enforced', clients: [], operations: safelist.operations } },
    });
    const stop = safelist.follow(graph.router.updateSafelist, log);
    const status = async (query: string) => (await send(graph!, { query })).status;
    const other = '{ hello(to: "you") }';
    expect([await status(HELLO), await status(other)]).toEqual([200, 400]);

    const { operations, ...head } = JSON.parse(MANIFEST);
    await write(JSON.stringify({ ...head, operations: [...operations.slice(1), { id: 'other', body: other }] }));
    await expect.poll(() => status(other), { timeout: 5_000 }).toBe(200);
    expect(await status(HELLO)).toBe(400);
    expect((await send(graph, byHash('', 'other'))).body).toEqual({ data: { hello: 'hello you' } });

    await write('{}');
    await expect.poll(() => told.length, { timeout: 5_000 }).toBe(1);
    expect(await status(other)).toBe(200);
    stop();
    await rm(folder, { recursive: true });
    await expect(openSafelist(file)).rejects.toThrow('ENOENT');
  });

  test('a manifest of another format or version is told', () => {
    expect(() => readManifest(MANIFEST.replace('"version":1', '"version":2'))).toThrow();
    expect(() => readManifest('{"operations":{}}')).toThrow();
  });
});
