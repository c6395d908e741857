import { StripeFault } from './stripe-error.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Kept {
  readonly endpoint: string;
  readonly params: string;
  /** Null while the first request is still executing. */
  answer: Answer | null;
}

/**
 * Stripe's idempotency (docs.stripe.com/api/idempotent_requests): the first answer of a key is kept, a refusal of a card
 * and a 500 too, and given again; another endpoint or other parameters are an `idempotency_error`; while the first request
 * executes, 409. What never began to execute, because it was not valid, is not kept.
 */
export class IdempotencyKeys {
  readonly #kept = new Map<string, Kept>();

  async answer(key: string | null, endpoint: string, params: string, execute: () => Promise<Answer>): Promise<Answer> {
    if (key === null) return execute();
    const known = this.#kept.get(key);
    if (known) return this.#again(key, known, endpoint, params);
    const kept: Kept = { endpoint, params, answer: null };
    this.#kept.set(key, kept);
    try {
      kept.answer = await execute();
    } finally {
      if (!kept.answer) this.#kept.delete(key);
    }
    return kept.answer;
  }

  #again(key: string, known: Kept, endpoint: string, params: string): Answer {
    if (known.endpoint !== endpoint)
      throw mistaken(
        `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${known.endpoint}' vs '${endpoint}'). Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    if (known.params !== params)
      throw mistaken(
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    if (!known.answer)
      throw new StripeFault(409, {
        type: 'idempotency_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key: ${key}`,
      });
    return { ...known.answer, headers: { ...known.answer.headers, 'idempotent-replayed': 'true' } };
  }
}

const mistaken = (message: string): StripeFault => new StripeFault(400, { type: 'idempotency_error', message });
