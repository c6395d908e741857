import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisWanted, startTestRedis, type TestRedis } from '#tests/test-redis.ts';
import { type AdmissionConfig, readAdmissionConfig } from './admission.config.ts';
import { openAdmission } from './admission-options.ts';
import { post } from './testing/shapes.ts';
import { runSmallGraph, type SmallGraph } from './testing/small-graph.ts';

const GRAPH = { one: { sdl: 'type Query { a: A } type A { b: Int }', resolvers: { Query: { a: () => ({ b: 1 }) } } } };

describe.skipIf(!redisWanted)('two routers with one Redis', () => {
  let redis: TestRedis;
  const routers: SmallGraph[] = [];
  const closing: (() => void)[] = [];

  beforeAll(async () => {
    redis = await startTestRedis();
    const env = { REDIS_URL: redis.url, COST_LIMIT: '3', COST_BUCKET: '4', COST_LEAK_PER_SECOND: '0.01' };
    const config: AdmissionConfig = readAdmissionConfig(
      { introspection: true, safelist: { mode: 'off', clients: [], manifest: null } },
      env,
    );
    for (let count = 0; count < 2; count++) {
      const admission = await openAdmission(config);
      closing.push(() => admission.close());
      routers.push(await runSmallGraph(GRAPH, admission));
    }
    await sleep(200);
  });
  afterAll(async () => {
    for (const router of routers) await router.close();
    for (const close of closing) close();
    await redis.stop();
  });

  const [a, b] = [0, 1].map(
    (at) => (query: string, scopes: string) =>
      post(routers[at]?.url ?? '', query, { headers: { authorization: `Bearer ${scopes}` } }),
  ) as [
    (query: string, scopes: string) => ReturnType<typeof post>,
    (query: string, scopes: string) => ReturnType<typeof post>,
  ];

  test('share what a viewer has left', async () => {
    expect((await a('{ x: a { b } y: a { b } z: a { b } }', '-')).status).toBe(200);
    expect((await b('{ a { b } }', '-')).status).toBe(200);
    const refused = await b('{ a { b } }', '-');
    expect(refused.status).toBe(429);
    expect(refused.body.errors[0].extensions.retryAfterSeconds).toBeGreaterThan(90);
    expect((await a('{ a { b } }', '-')).status).toBe(429);
    await redis.flush();
    expect((await a('{ a { b } }', '-')).status).toBe(200);
  });

  test('share what was registered by its hash', async () => {
    const { createHash } = await import('node:crypto');
    const query = '{ shared: a { b } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const send = async (url: string | undefined, body: object) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
      });
      return response.json();
    };
    expect(await send(routers[0]?.url, { query })).toEqual({ data: { shared: { b: 1 } } });
    expect(await send(routers[1]?.url, {})).toEqual({ data: { shared: { b: 1 } } });
  });

  test('33: go on without it, each by itself', async () => {
    await redis.stop();
    await sleep(100);
    const begun = performance.now();
    expect((await a('{ a { b } }', 'other')).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect((await a('{ x: a { b } y: a { b } z: a { b } }', 'other')).status).toBe(200);
    expect((await a('{ a { b } }', 'other')).status).toBe(429);
  });
});

describe('the variables', () => {
  const read = (env: NodeJS.ProcessEnv) =>
    readAdmissionConfig({ introspection: false, safelist: { mode: 'off', clients: ['web'], manifest: null } }, env);

  test('have the defaults that options have', async () => {
    const { close, ...options } = await openAdmission(read({}));
    close();
    expect(options).toMatchObject({
      introspection: false,
      demand: { limit: 10_000, listSize: 10, bucket: null },
      authorization: { unauthorized: 'filter' },
      persisted: { safelist: { mode: 'off', clients: ['web'] } },
    });
    expect(read({ COST_LIMIT: '0' }).cost.limit).toBe(Number.POSITIVE_INFINITY);
    expect(read({ SAFELIST_CLIENTS: '*' }).safelist.clients).toEqual([]);
  });

  test('are told when they are wrong', async () => {
    expect(() => read({ LIMIT_DEPTH: '0' })).toThrow('LIMIT_DEPTH is "0": set it to');
    expect(() => read({ COST_BUCKET: '10' })).toThrow('COST_BUCKET is 10, and one operation may cost 10000');
    await expect(openAdmission(read({ SAFELIST: 'enforced' }))).rejects.toThrow(
      'SAFELIST is enforced: set SAFELIST_MANIFEST',
    );
    await expect(openAdmission(read({ SAFELIST_MANIFEST: 'package.json' }))).rejects.toThrow(
      'package.json cannot be read',
    );
    await expect(openAdmission(read({ TRUSTED_PROXIES: 'proxy' }))).rejects.toThrow(
      'TRUSTED_PROXIES: "proxy" is neither',
    );
  });
});
