/** How soon a consumer's jobs come to their turn while a process has more to do than it can do at once. */
export type Urgency = 'first' | 'usual' | 'last';

const ORDER = ['first', 'usual', 'last'] as const satisfies readonly Urgency[];

/**
 * The jobs that a process works on at once, over all its consumers: each consumer has a queue of its own, so that BullMQ's
 * priorities, which order the jobs of one queue, would let a hundred mails pass before a payment. A free slot goes to
 * the most urgent that waits, then to who waited longest.
 */
export class Slots {
  #free: number;
  readonly #waiting: Record<Urgency, (() => void)[]> = { first: [], usual: [], last: [] };

  constructor(slots: number) {
    this.#free = slots;
  }

  async run<Result>(urgency: Urgency, deed: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting[urgency].push(resolve));
    try {
      return await deed();
    } finally {
      this.#pass();
    }
  }

  #pass(): void {
    for (const urgency of ORDER) {
      const next = this.#waiting[urgency].shift();
      if (next) {
        next();
        return;
      }
    }
    this.#free++;
  }
}
