import type { Deadline } from './deadline.ts';

/** How many may be under way at once, and how many may wait for that, first come first served. */
export class Bulkhead {
  readonly #places: number;
  readonly #waitingMost: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(places: number, waitingMost: number) {
    this.#places = places;
    this.#waitingMost = waitingMost;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** `in`: the caller has a place, and calls `leave`. `full` at once, `late` when the deadline passed in the queue. */
  enter(deadline: Deadline): 'in' | 'full' | Promise<'in' | 'late'> {
    if (this.#running < this.#places) {
      this.#running += 1;
      return 'in';
    }
    if (this.#waiting.size >= this.#waitingMost) return 'full';
    return new Promise((resolve) => {
      const admit = () => resolve('in');
      this.#waiting.add(admit);
      deadline.onPass(() => {
        if (this.#waiting.delete(admit)) resolve('late');
      });
    });
  }

  /** Hands the place to who waits longest. */
  leave(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#running -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
