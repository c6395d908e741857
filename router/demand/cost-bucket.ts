import type { Redis } from 'ioredis';

/** What is left in the bucket after a charge, or how long to wait until the charge fits. */
export type Charge = { readonly left: number } | { readonly retryAfterSeconds: number };

/** A leaking bucket for each viewer or address: each operation pours its cost in, and what does not fit is refused. */
export interface CostBucket {
  charge(key: string, cost: number): Promise<Charge> | Charge;
}

export interface BucketSize {
  /** What fits at once. */
  readonly capacity: number;
  readonly leakPerSecond: number;
}

const MAX_BUCKETS = 100_000;

/** Of this process. */
export function memoryBucket({ capacity, leakPerSecond }: BucketSize, now: () => number = Date.now): CostBucket {
  const buckets = new Map<string, { level: number; atMs: number }>();
  return {
    charge(key, cost) {
      const known = buckets.get(key);
      const atMs = now();
      const leaked = known ? ((atMs - known.atMs) / 1000) * leakPerSecond : 0;
      const before = Math.max(0, (known?.level ?? 0) - leaked);
      const fits = before + cost <= capacity;
      const level = fits ? before + cost : before;
      buckets.delete(key);
      if (buckets.size >= MAX_BUCKETS) buckets.delete(buckets.keys().next().value as string);
      buckets.set(key, { level, atMs });
      return fits
        ? { left: Math.floor(capacity - level) }
        : { retryAfterSeconds: waitFor(before + cost - capacity, leakPerSecond) };
    },
  };
}

const waitFor = (excess: number, leakPerSecond: number) => Math.max(1, Math.ceil(excess / leakPerSecond));

/** Redis' own clock, so that processes whose clocks differ agree. Answers whether it fits, and the level. */
const CHARGE = `
  local cost, capacity, leak = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local known = redis.call('HMGET', KEYS[1], 'level', 'at')
  local level = 0
  if known[1] then level = math.max(0, tonumber(known[1]) - (now - tonumber(known[2])) / 1000 * leak) end
  if level + cost > capacity then return {0, tostring(level)} end
  level = level + cost
  redis.call('HSET', KEYS[1], 'level', tostring(level), 'at', tostring(now))
  redis.call('PEXPIRE', KEYS[1], math.ceil(capacity / leak * 1000))
  return {1, tostring(level)}`;

/** Shared by all processes; while Redis is away, each process has its own. */
export function redisBucket(redis: Pick<Redis, 'eval'>, size: BucketSize): CostBucket {
  const { capacity, leakPerSecond } = size;
  const own = memoryBucket(size);
  return {
    async charge(key, cost) {
      try {
        const answer = await redis.eval(CHARGE, 1, `souk:cost:${key}`, cost, capacity, leakPerSecond);
        const [fits, level] = (answer as unknown[]).map(Number) as [number, number];
        return fits
          ? { left: Math.floor(capacity - level) }
          : { retryAfterSeconds: waitFor(level + cost - capacity, leakPerSecond) };
      } catch {
        return own.charge(key, cost);
      }
    },
  };
}
