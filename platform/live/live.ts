/** Wakes whoever follows a topic, in every process. A wake-up may get lost: followers read by themselves as well. */
export interface LiveBackend {
  publish(topics: string[]): Promise<void>;
  close(): Promise<void>;
}

/** How a backend reaches this process: what was published elsewhere, and whether anything can be heard just now. */
export interface LiveEnd {
  deliver(topic: string): void;
  /** `restored` only once what is published from now on is heard. */
  tell(state: 'lost' | 'restored'): void;
}

const GATHER_MS = 10;
/** For what nobody waits for: it mostly goes along with what is sent before. */
const PATIENT_MS = 100;
/** `hereAtOnce`: this process is told before `publish` returns, too. `patient`: the others may hear it 100 ms later. */
export interface PublishOptions {
  readonly hereAtOnce?: boolean;
  readonly patient?: boolean;
}

/** Topics that could not be sent are sent again so often, as long as there are not too many. */
const AGAIN_MS = 250;
const MAX_UNSENT = 10_000;

/**
 * The live fan-out of this process. Publishing never fails and never waits: topics are gathered for 10 ms, delivered
 * here, and sent to the other processes by the backend, many in one message.
 */
export class Live {
  #backend: LiveBackend | null = null;
  readonly #followers = new Map<string, Set<() => void>>();
  readonly #ofKinds = new Map<(topic: string) => void, string>();
  readonly #ofState = new Set<(state: 'lost' | 'restored') => void>();
  #gathered = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #dueMs = 0;

  async open(connect: (end: LiveEnd) => Promise<LiveBackend>): Promise<void> {
    this.#backend ??= await connect({
      deliver: (topic) => this.#deliver(topic),
      tell: (state) => {
        for (const follower of this.#ofState) follower(state);
      },
    });
  }

  /** Topics are short and carry ids only, e.g. `order:ord_01…`. */
  publish(topic: string, { hereAtOnce = false, patient = false }: PublishOptions = {}): void {
    if (hereAtOnce) this.#deliver(topic);
    this.#gathered.add(topic);
    this.#sendWithin(patient ? PATIENT_MS : GATHER_MS);
  }

  /**
   * As `publish`, but delivered here before it returns and sent without waiting for others. Resolves once it is on its
   * way, also where it could not be sent and is sent again later.
   */
  async publishNow(topics: readonly string[]): Promise<void> {
    for (const topic of topics) this.#deliver(topic);
    await this.#backend?.publish([...topics]).catch(() => this.#sendAgain(topics));
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

  /** Hears every publication whose topic begins so. */
  followAll(prefix: string, hear: (topic: string) => void): () => void {
    this.#ofKinds.set(hear, prefix);
    return () => this.#ofKinds.delete(hear);
  }

  /** Hears when what other processes publish can no longer be heard, and when it can again. */
  followState(hear: (state: 'lost' | 'restored') => void): () => void {
    this.#ofState.add(hear);
    return () => this.#ofState.delete(hear);
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const backend = this.#backend;
    this.#backend = null;
    await backend?.close();
  }

  #sendWithin(ms: number): void {
    const dueMs = performance.now() + ms;
    if (this.#timer && this.#dueMs <= dueMs) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#dueMs = dueMs;
    this.#timer = setTimeout(() => this.#send(), ms);
  }

  #send(): void {
    const topics = [...this.#gathered];
    this.#gathered = new Set();
    this.#timer = null;
    for (const topic of topics) this.#deliver(topic);
    this.#backend?.publish(topics).catch(() => this.#sendAgain(topics));
  }

  #sendAgain(topics: readonly string[]): void {
    if (!this.#backend || this.#gathered.size + topics.length > MAX_UNSENT) return;
    for (const topic of topics) this.#gathered.add(topic);
    this.#sendWithin(AGAIN_MS);
    this.#timer?.unref();
  }

  #deliver(topic: string): void {
    for (const wake of this.#followers.get(topic) ?? []) wake();
    for (const [hear, prefix] of this.#ofKinds) if (topic.startsWith(prefix)) hear(topic);
  }
}

/** This process's own. */
export const live = new Live();
