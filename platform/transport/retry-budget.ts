/** So many retries are there for a start, and no more are ever saved up. */
const SAVED_MOST = 10;

/**
 * Retries as a share of operations: when much fails, retrying all of it would be the storm that keeps a subgraph down.
 * The idea is Finagle's `RetryBudget`.
 */
export class RetryBudget {
  readonly #share: number;
  #saved = SAVED_MOST;

  constructor(share: number) {
    this.#share = share;
  }

  /** For each operation, retried or not. */
  save(): void {
    this.#saved = Math.min(SAVED_MOST, this.#saved + this.#share);
  }

  /** Whether a retry may be made; it is paid for with this. */
  spend(): boolean {
    if (this.#saved < 1) return false;
    this.#saved -= 1;
    return true;
  }
}
