import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChangeListener } from '#platform/cache/changes.ts';
import { redisWanted, startTestRedis, type TestRedis } from '#tests/test-redis.ts';
import { Cache } from './cache.ts';
import { DEFAULT_CACHING } from './caching-options.ts';
import { redisFarStore } from './far-store.ts';

describe.runIf(redisWanted)('routers that share a Redis', () => {
  let redis: TestRedis;
  let channels: ChangeListener[];
  let caches: Cache[];

  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(() => redis.stop());

  beforeEach(async () => {
    await redis.flush();
    channels = [];
    caches = [0, 1].map(
      () =>
        new Cache({
          ...DEFAULT_CACHING,
          far: redisFarStore(new Redis(redis.url)),
          changes: {
            follow: (listener) => {
              channels.push(listener);
              return () => {};
            },
          },
        }),
    );
  });
  afterEach(() => {
    for (const cache of caches) cache.close();
  });

  const policy = { maxAgeSeconds: 60, scope: 'PUBLIC', explicit: true } as const;
  const keep = (cache: Cache, key: string, tags: string[], readAtMs = Date.now()) =>
    cache.keep(key, { text: `answer of ${key}`, tags, policy, readAtMs, about: {} }, cache.now);
  const seen = async (cache: Cache, key: string) => (cache.near(key) ?? (await cache.far([key]))[0])?.text;

  test('what one keeps the other gives', async () => {
    const [here, there] = caches as [Cache, Cache];
    keep(here, 'a', ['Product']);
    await expect.poll(() => seen(there, 'a')).toBe('answer of a');
    expect(there.near('a')?.tags).toEqual(['Product']);
  });

  test('a change drops it in both and in Redis, and nothing else', async () => {
    const [here, there] = caches as [Cache, Cache];
    keep(here, 'a', ['Product', 'Product:p1']);
    keep(here, 'b', ['Product', 'Product:p2']);
    for (const key of ['a', 'b']) await expect.poll(() => seen(there, key)).toBe(`answer of ${key}`);
    for (const channel of channels) channel.changed('Product:p1');
    expect([here.near('a'), there.near('a')]).toEqual([undefined, undefined]);
    await expect.poll(() => seen(there, 'a')).toBeUndefined();
    expect([await seen(here, 'b'), await seen(there, 'b')]).toEqual(['answer of b', 'answer of b']);
    const third = new Cache({ ...DEFAULT_CACHING, far: redisFarStore(new Redis(redis.url)) });
    expect([await seen(third, 'a'), await seen(third, 'b')]).toEqual([undefined, 'answer of b']);
    third.close();
  });

  test('what a slower one keeps after it, read before it, is not taken over', async () => {
    const [here, there] = caches as [Cache, Cache];
    const readAtMs = Date.now();
    channels[1]?.changed('Product:p1');
    keep(here, 'a', ['Product:p1'], readAtMs);
    keep(here, 'b', ['Product:p2'], readAtMs);
    await expect.poll(() => seen(there, 'b')).toBe('answer of b');
    expect(await seen(there, 'a')).toBeUndefined();
  });

  test('one that hears again drops all, in Redis too', async () => {
    const [here, there] = caches as [Cache, Cache];
    keep(here, 'a', ['Product']);
    await expect.poll(() => seen(there, 'a')).toBe('answer of a');
    channels[0]?.lost();
    channels[0]?.restored();
    expect(here.near('a')).toBeUndefined();
    const client = new Redis(redis.url);
    await expect.poll(() => client.dbsize()).toBe(0);
    client.disconnect();
  });

  test('entries end, and the names of their tags after them', async () => {
    const [here] = caches as [Cache, Cache];
    keep(here, 'a', ['Product']);
    const client = new Redis(redis.url);
    await expect.poll(() => client.dbsize()).toBe(2);
    const ttls = await Promise.all((await client.keys('*')).sort().map((key) => client.ttl(key)));
    expect(ttls[0]).toBeGreaterThan(85);
    expect(ttls[0]).toBeLessThanOrEqual(90);
    expect(ttls[1]).toBeGreaterThan(ttls[0] as number);
    client.disconnect();
  });

  test('without Redis each goes on by itself', async () => {
    const far = redisFarStore(
      new Redis('redis://127.0.0.1:9', { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true }),
    );
    const alone = new Cache({ ...DEFAULT_CACHING, far });
    keep(alone, 'a', ['Product']);
    expect(await seen(alone, 'a')).toBe('answer of a');
    expect(await seen(alone, 'b')).toBeUndefined();
    expect(await alone.dropTags(['Product'])).toBe(1);
    await alone.clear();
    alone.close();
  });
});
