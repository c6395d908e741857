import type { Redis } from 'ioredis';

/** What all routers share behind their memories; a fault of it is a miss. */
export interface FarStore {
  get(keys: readonly string[]): Promise<readonly (string | null)[]>;
  set(key: string, text: string, tags: readonly string[], ttlSeconds: number): Promise<void>;
  drop(tag: string): Promise<void>;
  clear(): Promise<void>;
  close(): void;
}

/** Tags outlive the entries that they name. */
const TAG_TTL_FACTOR = 2;
const BATCH = 500;

/** In Redis: an entry by its key, and by each tag the set of keys that have it; graphs that share one have a namespace each. */
export function redisFarStore(redis: Redis, namespace = 'souk'): FarStore {
  const ENTRY = `${namespace}:cache:entry:`;
  const TAG = `${namespace}:cache:tag:`;
  const unlinkAll = async (pattern: string) => {
    let cursor = '0';
    do {
      const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', BATCH);
      if (keys.length > 0) await redis.unlink(...keys);
      cursor = next;
    } while (cursor !== '0');
  };

  return {
    async get(keys) {
      return redis.mget(...keys.map((key) => ENTRY + key)).catch(() => keys.map(() => null));
    },
    async set(key, text, tags, ttlSeconds) {
      const ttl = Math.max(1, Math.ceil(ttlSeconds));
      // The names first: an entry that no tag knows could not be dropped.
      const pipeline = redis.multi();
      for (const tag of tags) pipeline.sadd(TAG + tag, key).expire(TAG + tag, ttl * TAG_TTL_FACTOR, 'GT');
      // A set that is new has no end yet, which GT takes for endless.
      for (const tag of tags) pipeline.expire(TAG + tag, ttl * TAG_TTL_FACTOR, 'NX');
      await pipeline
        .set(ENTRY + key, text, 'EX', ttl)
        .exec()
        .catch(() => undefined);
    },
    async drop(tag) {
      try {
        const keys = await redis.smembers(TAG + tag);
        for (let i = 0; i < keys.length; i += BATCH)
          await redis.unlink(...keys.slice(i, i + BATCH).map((key) => ENTRY + key));
        if (keys.length > 0) await redis.srem(TAG + tag, ...keys);
      } catch {
        // It cannot be asked for what it holds either, and when it comes back all is dropped.
      }
    },
    async clear() {
      try {
        await unlinkAll(`${ENTRY}*`);
        await unlinkAll(`${TAG}*`);
      } catch {
        // As above.
      }
    },
    close: () => redis.disconnect(),
  };
}
