import { Redis } from 'ioredis';
import { ConfigError } from '#platform/config/config-error.ts';
import { log } from '#platform/telemetry/log.ts';
import type { AdmissionConfig } from './admission.config.ts';
import { clientAddressReader } from './client-address.ts';
import { memoryBucket, redisBucket } from './demand/cost-bucket.ts';
import { memoryStore, redisStore } from './persisted/operation-store.ts';
import { openSafelist, type SafelistFile } from './persisted/safelist-file.ts';
import type { Router, RouterOptions } from './router.ts';

type Admitting = Required<
  Pick<
    RouterOptions,
    | 'limits'
    | 'bodyLimitBytes'
    | 'connections'
    | 'operationsPerSocket'
    | 'initTimeoutMs'
    | 'subscriberQueueLength'
    | 'introspection'
    | 'authorization'
    | 'demand'
    | 'persisted'
    | 'trustedProxies'
  >
>;

const REMEMBERED_SECONDS = 24 * 60 * 60;

interface Admission extends Admitting {
  /** Gives the router what its safelist says when that changes; `close` ends it. */
  follow(router: Pick<Router, 'updateSafelist'>): void;
  close(): void;
}

/** What a router is started with to admit as configured. `close` after the router. */
export async function openAdmission(config: AdmissionConfig): Promise<Admission> {
  const { cost, safelist } = config;
  const file = await safelistOf(safelist);
  const operations = file?.operations ?? new Map<string, string>();
  let stopFollowing = () => {};
  checkProxies(config.trustedProxies);
  const redis = config.redisUrl && (cost.bucket || config.persistedQueries) ? openRedis(config.redisUrl) : null;
  const store = redis ? redisStore(redis, REMEMBERED_SECONDS) : memoryStore();
  const bucket = cost.bucket && (redis ? redisBucket(redis, cost.bucket) : memoryBucket(cost.bucket));
  return {
    limits: config.limits,
    bodyLimitBytes: config.bodyLimitBytes,
    connections: config.connections,
    operationsPerSocket: config.operationsPerSocket,
    initTimeoutMs: config.initTimeoutMs,
    subscriberQueueLength: config.subscriberQueueLength,
    introspection: config.introspection,
    authorization: { unauthorized: config.unauthorized },
    demand: { limit: cost.limit, listSize: cost.listSize, bucket },
    persisted: {
      store: config.persistedQueries ? store : null,
      safelist: { mode: safelist.mode, clients: safelist.clients, operations },
    },
    trustedProxies: config.trustedProxies,
    follow(router) {
      if (file) stopFollowing = file.follow(router.updateSafelist, log);
    },
    close() {
      stopFollowing();
      redis?.disconnect();
    },
  };
}

function checkProxies(proxies: readonly string[]): void {
  try {
    clientAddressReader(proxies);
  } catch (error) {
    throw new ConfigError(`TRUSTED_PROXIES: ${(error as Error).message}`);
  }
}

/** Nothing waits for a Redis that is away: what asks it has an answer of its own. */
function openRedis(url: string): Redis {
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 500 });
  redis.on('error', () => undefined);
  return redis;
}

async function safelistOf({ mode, manifest }: AdmissionConfig['safelist']): Promise<SafelistFile | null> {
  if (manifest === null) {
    if (mode === 'off') return null;
    throw new ConfigError(`SAFELIST is ${mode}: set SAFELIST_MANIFEST to the file of the operations that are allowed.`);
  }
  try {
    return await openSafelist(manifest);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'it is no manifest of version 1';
    throw new ConfigError(`${manifest} cannot be read (${reason}): set SAFELIST_MANIFEST to a manifest of operations.`);
  }
}
