import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Denied } from '#platform/errors/denied.ts';

/**
 * How often a deed may be tried, per key (say, an e-mail address) and over all of them, in this process. A subgraph
 * does not know the address of who asks; limits by it are the router's.
 */
export class AttemptLimit {
  readonly #perKey: RateLimiterMemory;
  readonly #overall: RateLimiterMemory;

  constructor(limits: { perKey: number; perKeySeconds: number; overallPerMinute: number }) {
    this.#perKey = new RateLimiterMemory({ points: limits.perKey, duration: limits.perKeySeconds });
    this.#overall = new RateLimiterMemory({ points: limits.overallPerMinute, duration: 60 });
  }

  /** Counts an attempt against each of its keys, known or not; throws RATE_LIMITED with the time to wait. */
  async attempt(...keys: string[]): Promise<void> {
    // Overall first: it bounds how many keys the other remembers.
    await consume(this.#overall, 'all');
    for (const key of keys) await consume(this.#perKey, key);
  }

  /** The attempt was its owner's: it and those before it do not count. */
  async succeeded(key: string): Promise<void> {
    await this.#perKey.delete(key);
    await this.#overall.reward('all');
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  await limiter.consume(key).catch((reason: unknown) => {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    const retryAfterSeconds = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
    throw new Denied('RATE_LIMITED', `Too many attempts. Try again in ${retryAfterSeconds} seconds.`, {
      retryAfterSeconds,
    });
  });
}
