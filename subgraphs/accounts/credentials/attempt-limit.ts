import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Denied } from '#platform/errors/denied.ts';

/**
 * How often a deed may be tried, per e-mail address and over all of them, in this process. A subgraph does not know
 * the address of who asks; limits by it are the router's.
 */
export class AttemptLimit {
  readonly #perEmail: RateLimiterMemory;
  readonly #overall: RateLimiterMemory;

  constructor(limits: { perEmail: number; perEmailSeconds: number; overallPerMinute: number }) {
    this.#perEmail = new RateLimiterMemory({ points: limits.perEmail, duration: limits.perEmailSeconds });
    this.#overall = new RateLimiterMemory({ points: limits.overallPerMinute, duration: 60 });
  }

  /** Counts an attempt, known address or not; throws RATE_LIMITED with the time to wait. */
  async attempt(email: string): Promise<void> {
    // Overall first: it bounds how many addresses the other remembers.
    await consume(this.#overall, 'all');
    await consume(this.#perEmail, email);
  }

  /** The attempt was its owner's: it and those before it do not count. */
  async succeeded(email: string): Promise<void> {
    await this.#perEmail.delete(email);
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

export const signInLimit = new AttemptLimit({ perEmail: 10, perEmailSeconds: 300, overallPerMinute: 1_200 });
export const registrationLimit = new AttemptLimit({ perEmail: 5, perEmailSeconds: 900, overallPerMinute: 300 });
export const passwordResetLimit = new AttemptLimit({ perEmail: 3, perEmailSeconds: 900, overallPerMinute: 300 });
