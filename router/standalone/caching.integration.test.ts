import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisWanted, startTestRedis, type TestRedis } from '#tests/test-redis.ts';
import { type Child, freePort, runRouter, runSubgraph, stop } from './testing/child.ts';

const SECRET = 'a secret of the cache';

describe.runIf(redisWanted)('routers by themselves that share a Redis', () => {
  let folder: string;
  let redis: TestRedis;
  const children: Child[] = [];
  let urls: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'souk-router-'));
    redis = await startTestRedis();
    const port = await freePort();
    children.push(await runSubgraph('products', port));
    const yaml = `subgraphs: { products: { schema: { subgraph_url: 'http://127.0.0.1:${port}/' } } }`;
    await writeFile(path.join(folder, 'supergraph.yaml'), yaml);
    await writeFile(
      path.join(folder, 'router.yaml'),
      'caching: { tell: true }\nlimits: { subscriptionsPerViewer: 1 }\n',
    );
    const variables = {
      ROUTER_REDIS_URL: redis.url,
      ROUTER_CACHING_INVALIDATION_SECRET: SECRET,
      ROUTER_HOST: '127.0.0.1',
    };
    const start = async (more: Record<string, string>) => {
      const words = ['--supergraph', 'supergraph.yaml', '--port', '0'];
      const child = runRouter(words, { cwd: folder, variables: { ...variables, ...more } });
      children.push(child);
      return `http://127.0.0.1:${/:(\d+)/.exec(await child.said(/souk-router serves.*/))?.[1]}`;
    };
    const other = { ROUTER_CACHING_NAMESPACE: 'other' };
    urls = await Promise.all([{}, {}, other, { ROUTER_CACHING_MEMORY_MIB: '0' }].map(start));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(children.map(stop));
    await redis.stop();
    await rm(folder, { recursive: true });
  });

  const counted = async (router: number) => {
    const response = await fetch(`${urls[router]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ counted }' }),
    });
    const { data } = (await response.json()) as { data: { counted: number } };
    return `${response.headers.get('x-cache')} ${data.counted}`;
  };

  test('what one has kept the others of its namespace give too, until it is dropped by who knows the secret', async () => {
    expect(await counted(0)).toBe('MISS 1');
    expect(await counted(0)).toBe('HIT 1');
    await expect.poll(() => counted(1)).toBe('HIT 1');
    expect(await counted(2)).toBe('MISS 2');
    expect(await counted(3)).toBe('null 3');
    expect(await counted(3)).toBe('null 4');

    const drop = (authorization: string) =>
      fetch(`${urls[0]}/cache/invalidate`, {
        method: 'POST',
        headers: { authorization },
        body: JSON.stringify([{ kind: 'subgraph', subgraph: 'products' }]),
      });
    expect((await drop('Bearer something else entirely')).status).toBe(401);
    expect(await counted(0)).toBe('HIT 1');
    expect((await drop(`Bearer ${SECRET}`)).status).toBe(202);
    expect(await counted(0)).toBe('MISS 5');
    // The others of its namespace drop what they have in their memories too, and nobody else does.
    await expect.poll(() => counted(1)).toMatch(/ [56]$/);
    expect(await counted(2)).toBe('HIT 2');
  });
});
