import type { Redis } from 'ioredis';

/** Texts of operations by their SHA-256: what automatic persisted queries have registered. */
export interface OperationStore {
  get(hash: string): Promise<string | undefined> | string | undefined;
  set(hash: string, query: string): Promise<void> | void;
}

const MAX_CHARACTERS = 20_000_000;

/** Of this process; what was not asked for longest leaves first. */
export function memoryStore(maxCharacters: number = MAX_CHARACTERS): OperationStore {
  const texts = new Map<string, string>();
  let held = 0;
  const forget = (hash: string): void => {
    held -= texts.get(hash)?.length ?? 0;
    texts.delete(hash);
  };
  const keep = (hash: string, query: string): void => {
    forget(hash);
    texts.set(hash, query);
    held += query.length;
  };
  return {
    get(hash) {
      const query = texts.get(hash);
      if (query !== undefined) keep(hash, query);
      return query;
    },
    set(hash, query) {
      keep(hash, query);
      while (held > maxCharacters) forget(texts.keys().next().value as string);
    },
  };
}

/** Shared by all processes, with a memory before it; without Redis each process has its own. */
export function redisStore(redis: Pick<Redis, 'get' | 'set'>, ttlSeconds: number): OperationStore {
  const near = memoryStore();
  const keyOf = (hash: string) => `souk:apq:${hash}`;
  return {
    async get(hash) {
      const known = await near.get(hash);
      if (known !== undefined) return known;
      const query = await redis.get(keyOf(hash)).catch(() => null);
      if (query !== null) await near.set(hash, query);
      return query ?? undefined;
    },
    async set(hash, query) {
      await near.set(hash, query);
      await redis.set(keyOf(hash), query, 'EX', ttlSeconds).catch(() => undefined);
    },
  };
}
