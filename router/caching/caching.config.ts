import { z } from 'zod';
import { flag, readConfig, url } from '#platform/config/read-config.ts';
import { DEFAULT_CACHING } from './caching-options.ts';

/** How a router keeps answers, as its variables say; plain data. */
export interface CachingConfig {
  /** 0 keeps none. */
  readonly maxBytes: number;
  readonly staleSeconds: number;
  readonly invalidationSecret: string | null;
  readonly tellCache: boolean;
  readonly redisUrl: string | undefined;
}

const MIB = 1 << 20;

export function readCachingConfig(env: NodeJS.ProcessEnv = process.env): CachingConfig {
  const config = readConfig(
    {
      CACHE_MIB: z.coerce
        .number()
        .int()
        .min(0)
        .max(65_536)
        .default(DEFAULT_CACHING.maxBytes / MIB)
        .describe('what kept answers may take in memory in MiB, or 0 to keep none'),
      CACHE_STALE_SECONDS: z.coerce
        .number()
        .int()
        .min(0)
        .max(86_400)
        .default(DEFAULT_CACHING.staleSeconds)
        .describe('how long past its age an answer is given while it is asked anew, 0 to 86400'),
      CACHE_SECRET: z.string().min(16).optional().describe('16 characters or more, known to who may drop what is kept'),
      CACHE_TELL: flag().default(false).describe('1 to say in x-cache where an answer comes from, or 0'),
      REDIS_URL: url('redis', 'rediss').optional().describe('the URL of a Redis, e.g. redis://localhost:6379'),
    },
    env,
  );
  return {
    maxBytes: config.CACHE_MIB * MIB,
    staleSeconds: config.CACHE_STALE_SECONDS,
    invalidationSecret: config.CACHE_SECRET ?? null,
    tellCache: config.CACHE_TELL,
    redisUrl: config.REDIS_URL,
  };
}
