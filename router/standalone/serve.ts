import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { inProject } from '#platform/config/root.ts';
import { log } from '#platform/telemetry/log.ts';
import { serveMetrics } from '#platform/telemetry/serve-metrics.ts';
import { startTraces } from '#platform/telemetry/start-traces.ts';
import type { CachingOptions } from '../caching/caching-options.ts';
import { redisFarStore } from '../caching/far-store.ts';
import { type RedisChanges, redisChanges } from '../caching/redis-changes.ts';
import { type Composed, CompositionError } from '../compose.ts';
import { type BucketSize, memoryBucket, redisBucket } from '../demand/cost-bucket.ts';
import { jwksViewers } from '../jwks-viewers.ts';
import type { SafelistFile } from '../persisted/safelist-file.ts';
import { type Router, type RouterOptions, startRouter } from '../router.ts';
import { roverHints } from '../rover-report.ts';
import { openSource } from '../supergraph-source/open-source.ts';
import { followSupergraph, type SupergraphSource } from '../supergraph-source/supergraph-source.ts';
import { isProduction } from './environment.config.ts';
import { persistedOperations } from './persisted-operations.ts';
import { remoteSubgraphs } from './remote-subgraphs.ts';
import type { Settings } from './settings.ts';

export interface Serving {
  readonly port: number;
  /** Drains, then stops all that was started. */
  stop(options: { readonly noticeMs: number; readonly withinMs: number }): Promise<void>;
}

/** Starts a router by itself, for subgraphs that know nothing of it; `say` is told what people want to know. */
export async function serve(settings: Settings, from: string, say: (line: string) => void): Promise<Serving> {
  const { pollMs, timeoutMs, headers, waitMs } = settings.supergraph;
  const onComposed = ({ hints }: Composed) => say(roverHints(hints).trimEnd());
  const source = openSource(from, { everyMs: pollMs, timeoutMs, headers, onComposed });
  const supergraphSdl = await firstOf(source, waitMs, say);

  let router: Router;
  let safelist: SafelistFile | null;
  let ready = false;
  const metrics = await serveMetrics(() => ready);
  const redis = settings.redisUrl === undefined ? null : await openRedis(settings.redisUrl);
  const stopTraces = await startTraces('souk-router');
  const subgraphs = remoteSubgraphs(settings);
  const { memoryMib, namespace } = settings.caching;
  const changes = redis && memoryMib > 0 ? await redisChanges(redis, namespace) : null;
  const stopAll = () =>
    Promise.all([subgraphs.close(), metrics?.stop(), changes?.close(), redis?.disconnect(), stopTraces()]);
  try {
    const persisted = await persistedOperations(settings, redis);
    safelist = persisted.file;
    router = await startRouter({
      supergraphSdl,
      transport: (supergraph) => subgraphs.transportFor(supergraph),
      ...routerOptions(settings, redis, say),
      persisted: persisted.options,
      caching: cachingOptions(settings.caching, redis, changes),
    });
  } catch (error) {
    await stopAll();
    throw error;
  }
  ready = true;
  const { port, update, updateSafelist } = router;
  const stopFollowingSafelist = safelist?.follow(updateSafelist, log);
  const stopFollowing = followSupergraph(source, { onChange: update, log });
  return {
    port,
    async stop(drain) {
      ready = false;
      stopFollowing();
      stopFollowingSafelist?.();
      await router.close(drain);
      await stopAll();
    },
  };
}

/** Optional everywhere: what cannot be asked of it for a moment is answered without it. */
async function openRedis(url: string): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  let told = false;
  redis.on('error', (error: Error) => {
    if (!told) log.warn({ reason: error.message }, 'Redis cannot be reached');
    told = true;
  });
  redis.on('ready', () => {
    told = false;
  });
  return redis;
}

function routerOptions(settings: Settings, redis: Redis | null, say: (line: string) => void) {
  const { limits, demand, upstream, host, subscriptions } = settings;
  const { bucket } = demand;
  const { issuers } = settings.authentication;
  const production = isProduction();
  const bucketFor = (size: BucketSize) => (redis ? redisBucket(redis, size) : memoryBucket(size));
  return {
    port: settings.port,
    ...(host === undefined ? {} : { host }),
    verifyViewer: issuers.length > 0 ? jwksViewers(issuers) : async () => null,
    corsOrigins: settings.cors.origins,
    trustedProxies: settings.trustedProxies,
    headerRules: upstream.headers,
    deduplicate: upstream.deduplicate,
    playground: (settings.playground ?? !production) ? playgroundFolder(say) : null,
    playgroundExamples: settings.playgroundExamples,
    introspection: settings.introspection ?? !production,
    subgraphErrors: settings.subgraphErrors ?? (production ? 'masked' : 'told'),
    isReady: () => true,
    limits,
    connections: limits,
    authorization: settings.authorization,
    demand: { limit: demand.limit, listSize: demand.listSize, bucket: bucket ? bucketFor(bucket) : null },
    bodyLimitBytes: limits.bodyBytes,
    compressAboveBytes: settings.compressAboveBytes,
    subscriberQueueLength: limits.subscriberQueue,
    operationsPerSocket: limits.operationsPerSocket,
    initTimeoutMs: limits.socketInitMs,
    pingMs: subscriptions.pingMs,
    beatMs: subscriptions.heartbeatMs,
    log,
  } satisfies Partial<RouterOptions>;
}

/** Ages count, and what is told to `/cache/invalidate` of this router or, with a Redis, of any. */
function cachingOptions(
  { memoryMib, staleSeconds, redis: shared, namespace, invalidationSecret, tell }: Settings['caching'],
  redis: Redis | null,
  changes: RedisChanges | null,
): Partial<CachingOptions> | null {
  if (memoryMib === 0) return null;
  // Of its own, since the cache closes it.
  const far = shared && redis ? redis.duplicate().on('error', () => undefined) : null;
  return {
    maxBytes: memoryMib * 2 ** 20,
    staleSeconds,
    far: far && redisFarStore(far, namespace),
    changes,
    invalidationSecret: invalidationSecret ?? null,
    tellCache: tell,
  };
}

function playgroundFolder(say: (line: string) => void): string | null {
  const folder = inProject('build/playground');
  if (existsSync(folder)) return folder;
  say('GraphiQL is left out, as it is not built: npm run build makes it.');
  return null;
}

const FIRST_AGAIN_MS = 250;
const MOST_AGAIN_MS = 5_000;

/** What cannot be had yet is waited for, as subgraphs and routers start in any order; what does not compose is not. */
async function firstOf(source: SupergraphSource, waitMs: number, say: (line: string) => void): Promise<string> {
  const until = performance.now() + waitMs;
  for (let againMs = FIRST_AGAIN_MS; ; againMs = Math.min(againMs * 2, MOST_AGAIN_MS)) {
    try {
      return (await source.look()) ?? '';
    } catch (error) {
      if (error instanceof CompositionError || performance.now() + againMs > until) throw error;
      if (againMs === FIRST_AGAIN_MS) say(`${(error as Error).message} Trying again for ${waitMs / 1_000} s.`);
      await sleep(againMs);
    }
  }
}
