import { createHash } from 'node:crypto';
import type { RequestRecord } from '../telemetry/request-record.ts';
import { countCacheLook } from '../telemetry/router-metrics.ts';
import type { Cache, Entry, Freshness } from './cache.ts';
import { FetchPolicies } from './fetch-policies.ts';
import type { Question } from './response-key.ts';

/** An answer as it was made just now. */
export interface Executed<Answer> {
  readonly answer: Answer;
  /** Of the request that it was made for, where several share it. */
  readonly record: RequestRecord;
  readonly policies: FetchPolicies;
  /** As it was kept. */
  readonly entry: Entry | null;
}

export interface Given {
  readonly entry: Entry;
  readonly freshness: Freshness;
}

/** What of an answer can be kept: null where it comes in parts. */
export type Whole = { readonly status: number; readonly contentType: string; readonly text: string } | null;

/** One request, as it would be executed; `record` is another where it is executed for those who come later. */
export interface Executable<Answer> {
  readonly record: RequestRecord;
  readonly isSignedIn: boolean;
  execute(policies: FetchPolicies, inBackground: boolean): Promise<Answer>;
  /** Runs it, or takes the answer of an equal one of the same viewer that runs already. */
  once(run: () => Promise<Executed<Answer>>): Promise<Executed<Answer>>;
  wholeOf(answer: Answer): Whole;
}

/** What is not kept is remembered for so long, so that nobody waits for an answer that they cannot share. */
const UNSHARED_MS = 5_000;
const MAX_UNSHARED = 5_000;

/** Answers that are the same for everybody, given before anything of the operation is parsed. */
export class ResponseCache {
  readonly #cache: Cache;
  readonly #underWay = new Map<string, Promise<Entry | null>>();
  readonly #unshared = new Map<string, number>();

  constructor(cache: Cache) {
    this.#cache = cache;
  }

  /** From the cache where that is possible; else executed, once for all who ask the same just now. */
  async answer<Answer>(question: Question, asked: Executable<Answer>): Promise<Given | Executed<Answer>> {
    const { key, fresh } = question;
    if (fresh) return this.#lead(question, asked);
    const found = this.#cache.near(key) ?? (await this.#far(key));
    const freshness = found ? this.#cache.freshnessOf(found) : null;
    if (found && freshness) {
      countCacheLook('response', freshness === 'fresh' ? 'hit' : 'stale');
      // What fails is asked again by the next one.
      if (freshness === 'stale' && !this.#underWay.has(key))
        this.#lead({ key, fresh: true }, asked, true).catch(() => undefined);
      return { entry: found, freshness };
    }
    countCacheLook('response', 'miss');
    if (this.#isUnshared(key)) return asked.once(() => this.#run(question, asked));
    const underWay = this.#underWay.get(key);
    if (!underWay) return this.#lead(question, asked);
    const entry = await underWay;
    return entry ? { entry, freshness: 'fresh' } : asked.once(() => this.#run(question, asked));
  }

  async #far(key: string): Promise<Entry | undefined> {
    if (!this.#cache.sharesWithOthers || this.#isUnshared(key)) return undefined;
    return (await this.#cache.far([key]))[0];
  }

  async #lead<Answer>(question: Question, asked: Executable<Answer>, inBackground = false): Promise<Executed<Answer>> {
    const { key } = question;
    const running = this.#run(question, asked, inBackground);
    const underWay = running.then(
      ({ entry }) => entry,
      () => null,
    );
    this.#underWay.set(key, underWay);
    try {
      return await running;
    } finally {
      if (this.#underWay.get(key) === underWay) this.#underWay.delete(key);
    }
  }

  async #run<Answer>(
    { key, fresh }: Question,
    asked: Executable<Answer>,
    inBackground = false,
  ): Promise<Executed<Answer>> {
    const policies = new FetchPolicies(this.#cache.now, fresh);
    const readAtMs = Date.now();
    const answer = await asked.execute(policies, inBackground);
    const whole = asked.wholeOf(answer);
    const keepable = whole?.status === 200 ? policies.keepable(asked.isSignedIn) : null;
    if (!whole || !keepable) {
      this.#noteUnshared(key);
      return { answer, policies, entry: null, record: asked.record };
    }
    this.#unshared.delete(key);
    const { operation, hash } = asked.record;
    const about = {
      contentType: whole.contentType,
      etag: `W/"${createHash('sha256').update(whole.text).digest('base64url').slice(0, 27)}"`,
      name: operation?.name ?? null,
      hash: hash ?? null,
    };
    const entry = this.#cache.keep(key, { ...keepable, text: whole.text, readAtMs, about }, policies.since);
    return { answer, policies, entry, record: asked.record };
  }

  #noteUnshared(key: string): void {
    this.#unshared.delete(key);
    this.#unshared.set(key, Date.now() + UNSHARED_MS);
    if (this.#unshared.size > MAX_UNSHARED) this.#unshared.delete(this.#unshared.keys().next().value as string);
  }

  #isUnshared(key: string): boolean {
    const untilMs = this.#unshared.get(key);
    return untilMs !== undefined && untilMs > Date.now();
  }
}
