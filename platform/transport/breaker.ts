export type BreakerState = 'closed' | 'half-open' | 'open';

export interface BreakerOptions {
  readonly faultsToOpen: number;
  readonly openMs: number;
  readonly openMostMs: number;
}

/**
 * Keeps callers away from what does not answer. Faults in a row open it; after a time one call tries, and closes it or
 * opens it again for twice as long.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #now: () => number;
  #faults = 0;
  #openForMs: number;
  #openUntilMs: number | undefined;
  #tryUntilMs = 0;

  constructor(options: BreakerOptions, now: () => number = () => performance.now()) {
    this.#options = options;
    this.#openForMs = options.openMs;
    this.#now = now;
  }

  get state(): BreakerState {
    if (this.#openUntilMs === undefined) return 'closed';
    return this.#now() < this.#openUntilMs ? 'open' : 'half-open';
  }

  /** Whether a call may be made now; half-open lets one through, whose end must be told. */
  admits(): boolean {
    const { state } = this;
    if (state !== 'half-open') return state === 'closed';
    // One whose end nobody told does not keep it shut for ever.
    if (this.#now() < this.#tryUntilMs) return false;
    this.#tryUntilMs = this.#now() + this.#options.openMostMs;
    return true;
  }

  succeeded(): void {
    // What was sent before it opened says nothing about now.
    if (this.state === 'open') return;
    this.#faults = 0;
    this.#openUntilMs = undefined;
    this.#openForMs = this.#options.openMs;
  }

  failed(): void {
    const { state } = this;
    if (state === 'open') return;
    this.#faults += 1;
    if (state === 'half-open') this.#openForMs = Math.min(this.#openForMs * 2, this.#options.openMostMs);
    else if (this.#faults < this.#options.faultsToOpen) return;
    this.#openUntilMs = this.#now() + this.#openForMs;
    this.#tryUntilMs = 0;
  }
}
