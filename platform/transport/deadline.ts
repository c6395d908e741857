/** An end in time for several waits, one after the other. */
export class Deadline {
  #timer: NodeJS.Timeout;
  #passed = false;
  #onPass: (() => void) | undefined;

  constructor(ms: number) {
    this.#timer = setTimeout(() => {
      this.#passed = true;
      this.#onPass?.();
    }, ms);
  }

  get passed(): boolean {
    return this.#passed;
  }

  /** What ends the present wait; the one before is over. */
  onPass(end: (() => void) | undefined): void {
    this.#onPass = end;
    if (this.#passed) end?.();
  }

  /** Resolves after some time, or at the deadline. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.onPass(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** It will not pass any more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#onPass = undefined;
  }
}
