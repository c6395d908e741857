/** Wakes whoever follows a topic, in every process. A wake-up may get lost: followers read by themselves as well. */
export interface LiveBackend {
  publish(topics: string[]): Promise<void>;
  close(): Promise<void>;
}

const GATHER_MS = 10;

/**
 * The live fan-out of this process. Publishing never fails and never waits: topics are gathered for 10 ms, delivered
 * here at once, and sent to the other processes by the backend.
 */
export class Live {
  #backend: LiveBackend | null = null;
  readonly #followers = new Map<string, Set<() => void>>();
  #gathered = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  async open(connect: (deliver: (topic: string) => void) => Promise<LiveBackend>): Promise<void> {
    this.#backend ??= await connect((topic) => this.#deliver(topic));
  }

  /** Topics are short and carry ids only, e.g. `order:ord_01…`. */
  publish(topic: string): void {
    this.#gathered.add(topic);
    this.#timer ??= setTimeout(() => this.#send(), GATHER_MS);
  }

  /** Calls `wake` for every publication of the topic; the returned function ends it. */
  follow(topic: string, wake: () => void): () => void {
    const followers = this.#followers.get(topic) ?? new Set();
    this.#followers.set(topic, followers.add(wake));
    return () => {
      followers.delete(wake);
      if (followers.size === 0 && this.#followers.get(topic) === followers) this.#followers.delete(topic);
    };
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const backend = this.#backend;
    this.#backend = null;
    await backend?.close();
  }

  #send(): void {
    const topics = [...this.#gathered];
    this.#gathered = new Set();
    this.#timer = null;
    for (const topic of topics) this.#deliver(topic);
    this.#backend?.publish(topics).catch(() => undefined);
  }

  #deliver(topic: string): void {
    for (const wake of this.#followers.get(topic) ?? []) wake();
  }
}

/** This process's own. */
export const live = new Live();
