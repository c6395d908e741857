import { GraphQLError } from 'graphql';

/**
 * Between what pushes events and the one consumer that pulls them. A consumer that falls behind by more than
 * `capacity` is closed with an error, never thinned out: it could not know what it missed.
 */
export class BoundedQueue<T> implements AsyncIterableIterator<T> {
  readonly #capacity: number;
  readonly #onEnd: (reason?: unknown) => void;
  #values: T[] = [];
  #waiting: { resolve(result: IteratorResult<T>): void; reject(reason: unknown): void } | undefined;
  #ended = false;
  #failure: { readonly reason: unknown } | undefined;

  /** `onEnd` is called once, whichever side ends it, with what it failed with. */
  constructor(capacity: number, onEnd: (reason?: unknown) => void) {
    this.#capacity = capacity;
    this.#onEnd = onEnd;
  }

  push(value: T): void {
    if (this.#ended) return;
    if (this.#waiting) {
      this.#waiting.resolve({ value, done: false });
      this.#waiting = undefined;
    } else if (this.#values.length < this.#capacity) this.#values.push(value);
    else {
      this.#values = [];
      this.fail(slowConsumer(this.#capacity));
    }
  }

  /** The consumer hears it after what is queued. */
  fail(reason: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#waiting) this.#waiting.reject(reason);
    else this.#failure = { reason };
    this.#waiting = undefined;
    this.#onEnd(reason);
  }

  /** The consumer hears it after what is queued. */
  complete(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#waiting?.resolve({ value: undefined, done: true });
    this.#waiting = undefined;
    this.#onEnd();
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#values.length > 0) return Promise.resolve({ value: this.#values.shift() as T, done: false });
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) return Promise.reject(failure.reason);
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** The consumer is given up on; what it has not heard it does not hear. */
  throw(reason: unknown): Promise<IteratorResult<T>> {
    this.#values = [];
    this.fail(reason);
    return Promise.resolve({ value: undefined, done: true });
  }

  /** The consumer gives up. */
  return(): Promise<IteratorResult<T>> {
    this.#values = [];
    this.complete();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

const slowConsumer = (capacity: number) =>
  new GraphQLError(
    `This subscriber fell behind by more than ${capacity} events; subscribe again for the present state.`,
    {
      extensions: { code: 'SUBSCRIPTION_SLOW_CONSUMER' },
    },
  );
