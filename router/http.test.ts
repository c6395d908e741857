import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, limitsRule } from './limits.ts';
import { type Answer, post, type Running, runShop } from './testing/shapes.ts';
import { openClient, subscribe } from './testing/subscriber.ts';
import { TestShop } from './testing/test-shop.ts';

const JSON_TYPE = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };

describe("the router's HTTP", () => {
  const shop = new TestShop();
  const folder = mkdtempSync(path.join(tmpdir(), 'souk-playground-'));
  let running: Running;
  let ready = true;

  beforeAll(async () => {
    shop.feed.set('o1', 'CONFIRMED');
    mkdirSync(path.join(folder, 'assets'));
    writeFileSync(path.join(folder, 'index.html'), '<title>Playground</title>');
    writeFileSync(path.join(folder, 'assets/a-1.js'), 'play()');
    running = await runShop('local', shop, {
      playground: folder,
      introspection: false,
      limits: { depth: 3, aliases: 3, tokens: 200 },
      bodyLimitBytes: 10_000,
      isReady: () => ready,
      routes: {
        '/hooks': (_, response) => void response.end('hook'),
        '/hooks/deep': (_, response) => void response.end('deep'),
        '/fails': () => Promise.reject(new Error('at /srv/souk/secret.ts')),
      },
    });
  });
  afterAll(async () => {
    await running.close();
    rmSync(folder, { recursive: true });
  });

  const send = (init: RequestInit, at = '/graphql') => fetch(`${running.url}${at}`, init);
  const body = (query: string) => JSON.stringify({ query });

  test('a token that is no good is 401 with UNAUTHENTICATED, before anything runs', async () => {
    const before = shop.calls.place;
    for (const authorization of ['Bearer nobody', 'Basic Y3VzXzE6eA==', 'cus_1']) {
      const answer = await post(running.url, 'mutation { orderPlace(id: "o9") { id } }', {
        headers: { authorization },
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      expect(answer.body).toEqual({
        errors: [
          {
            message: 'The access token is not valid; sign in or refresh it.',
            extensions: { code: 'UNAUTHENTICATED' },
          },
        ],
      });
    }
    expect(shop.calls.place).toBe(before);
  });

  test('37: a body over the limit is 413, whether it tells its length or not', async () => {
    const large = body(`{ whoAmI } # ${'x'.repeat(10_000)}`);
    expect((await send({ method: 'POST', headers: JSON_TYPE, body: large })).status).toBe(413);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const chunked = request(`${running.url}/graphql`, { method: 'POST', headers: JSON_TYPE }, (response) => {
        resolve(response.statusCode);
        response.resume();
      });
      chunked.on('error', reject);
      chunked.write(large);
      chunked.end();
    });
    expect(status).toBe(413);
  });

  test.each([
    ['not JSON', '{"query":'],
    ['a batch', '[{"query":"{ whoAmI }"},{"query":"{ whoAmI }"}]'],
    ['empty', ''],
    ['without a query', '{}'],
    ['with a query that is no text', '{"query":{"kind":"Document"}}'],
    ['two operations and no name', body('query A { whoAmI } query B { whoAmI }')],
    ['a subscription', body('subscription { ordersPlaced { id } }')],
    ['a syntax error', body('{ whoAmI')],
    ['too many tokens', body(`{ ${'whoAmI '.repeat(201)} }`)],
  ])('a body that is %s is 400 and runs nothing', async (_, text) => {
    const response = await send({ method: 'POST', headers: JSON_TYPE, body: text });
    const answer = (await response.json()) as Answer['body'];
    expect(response.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(answer.errors[0].extensions.code).toMatch(
      /^(BAD_REQUEST|GRAPHQL_PARSE_FAILED|OPERATION_RESOLUTION_FAILURE)$/,
    );
  });

  test('depth and aliases are limited, through fragments too, over HTTP and sockets', async () => {
    const tooDeep = 'query { order(id: "o1") { lines { ...L } } } fragment L on Line { product { title } }';
    const deep = await post(running.url, tooDeep);
    expect(deep.status).toBe(400);
    expect(deep.body.errors).toMatchObject([
      {
        message: 'The operation has depth 4; at most 3 is allowed.',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ]);
    expect((await post(running.url, '{ order(id: "o1") { lines { quantity } } }')).status).toBe(200);
    const aliased = 'query { ...F ...F b: whoAmI c: whoAmI } fragment F on Query { a: whoAmI }';
    const refused = {
      message: 'The operation has aliases 4; at most 3 is allowed.',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    };
    const answer = await post(running.url, aliased);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([refused]);
    const client = openClient(running.url);
    expect(await subscribe(client, aliased).ended).toMatchObject([refused]);
    client.terminate();
    expect((await post(running.url, '{ a: whoAmI b: whoAmI c: whoAmI }')).status).toBe(200);
  });

  test('43: a foreign page can make no request that changes anything', async () => {
    const before = shop.calls.place;
    const mutation = 'mutation { orderPlace(id: "o8") { id } }';
    const simple = await send({ method: 'POST', headers: { 'content-type': 'text/plain' }, body: body(mutation) });
    expect(simple.status).toBe(400);
    const form = new FormData();
    form.set('operations', body(mutation));
    expect((await send({ method: 'POST', body: form })).status).toBe(400);
    const get = `/graphql?query=${encodeURIComponent(mutation)}`;
    expect((await send({ headers: { 'content-type': 'application/json' } }, get)).status).toBe(405);
    // A query by GET is answered, as the specification has it, and no foreign page can read it.
    const asked = await send({ headers: { origin: 'https://evil.example' } }, '/graphql?query={whoAmI}');
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    expect(shop.calls.place).toBe(before);
  });

  test('43: only configured origins may read answers', async () => {
    const allowed = { origin: 'https://shop.example' };
    const preflight = await send({ method: 'OPTIONS', headers: allowed });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    const foreign = await post(running.url, '{ whoAmI }', { headers: { origin: 'https://evil.example' } });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    expect(foreign.headers.get('vary')).toContain('origin');
    const own = await post(running.url, '{ whoAmI }', { headers: allowed });
    expect(own.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  test('hides the schema where introspection is off', async () => {
    expect((await post(running.url, '{ __schema { types { name } } }')).status).toBe(400);
    expect((await post(running.url, '{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
  });

  test('serves the playground to browsers, and no file beside it', async () => {
    const html = { accept: 'text/html,application/xhtml+xml,*/*' };
    for (const at of ['/', '/graphql']) {
      const page = await send({ headers: html }, at);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await page.text()).toBe('<title>Playground</title>');
    }
    const script = await send({}, '/playground/assets/a-1.js');
    expect(await script.text()).toBe('play()');
    expect(script.headers.get('cache-control')).toContain('immutable');
    writeFileSync(`${folder}.secret`, 'secret');
    for (const at of ['/playground/../', '/playground/assets', '/playground/..%2f', '/playground/%E0%A4%A'])
      expect((await send({}, at)).status).toBe(404);
    rmSync(`${folder}.secret`);
  });

  test('mounts further handlers, the longest path first, and masks their faults', async () => {
    expect(await (await send({}, '/hooks')).text()).toBe('hook');
    expect(await (await send({}, '/hooks/stripe?x=1')).text()).toBe('hook');
    expect(await (await send({}, '/hooks/deep/er')).text()).toBe('deep');
    expect((await send({}, '/hooksies')).status).toBe(404);
    const failed = await send({}, '/fails');
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain('secret.ts');
  });

  test('tells its health', async () => {
    expect((await send({}, '/health/live')).status).toBe(200);
    expect((await send({}, '/health/ready')).status).toBe(200);
    ready = false;
    expect((await send({}, '/health/ready')).status).toBe(503);
    ready = true;
  });
});

test('the limits rule ends on circular fragments', async () => {
  const { buildSchema, parse, validate } = await import('graphql');
  const document = parse('{ ...A } fragment A on Query { a { ...B } } fragment B on Query { a { ...A } }');
  const errors = validate(buildSchema('type Query { a: Query }'), document, [limitsRule(DEFAULT_LIMITS)]);
  expect(errors).toEqual([]);
});
