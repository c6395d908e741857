import { Redis } from 'ioredis';
import type { CachingConfig } from './caching.config.ts';
import type { CachingOptions } from './caching-options.ts';
import { redisFarStore } from './far-store.ts';

/** What a router is started with to keep answers as configured; null keeps none. The router closes what this opens. */
export function openCaching(
  { redisUrl, ...config }: CachingConfig,
  changes: CachingOptions['changes'],
): CachingOptions | null {
  if (config.maxBytes === 0) return null;
  return { ...config, changes, far: redisUrl === undefined ? null : redisFarStore(openRedis(redisUrl)) };
}

/** Nothing waits for a Redis that is away: what is not found is asked for. */
function openRedis(url: string): Redis {
  const redis = new Redis(url, {
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 500,
  });
  redis.on('error', () => undefined);
  return redis;
}
