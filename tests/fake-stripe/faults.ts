/**
 * How a request goes wrong. `delay`: executes later; `late`: executes, answers later; `drop`: executes, then cuts the
 * connection; `timeout`: does nothing and never answers; `refuse`: does nothing, answers `status`; `break`: executes, answers
 * 500 and keeps that under the idempotency key.
 */
export interface Fault {
  readonly kind: 'delay' | 'late' | 'drop' | 'timeout' | 'refuse' | 'break';
  /** E.g. `POST`; every method when left out. */
  readonly method?: string;
  /** A part of the path, e.g. `/capture`; every path when left out. */
  readonly path?: string;
  readonly ms?: number;
  readonly status?: 429 | 500 | 503;
  /** How often; once when left out. */
  readonly times?: number;
}

/** The faults that are still to happen, each taken by the first request that fits. */
export class Faults {
  #waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  take(method: string, path: string): Fault | null {
    const found = this.#waiting.find(
      ({ fault }) => (fault.method ?? method) === method && path.includes(fault.path ?? ''),
    );
    if (!found) return null;
    found.left -= 1;
    if (found.left === 0) this.#waiting = this.#waiting.filter((each) => each !== found);
    return found.fault;
  }
}
