export interface OrderState {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly placedAt: Date;
}

type Take = (state: OrderState) => void;

/** Orders in memory, followed as a subgraph's subscriptions follow theirs: the state now, then every later one, once. */
export class OrderFeed {
  readonly #states = new Map<string, OrderState>();
  readonly #followers = new Map<string, Set<Take>>();
  readonly #placed = new Set<Take>();
  /** Upstream subscriptions made so far, and those that are open. */
  opened = 0;
  active = 0;
  /** Holds back every delivery while it is not null. */
  held: (() => void)[] | null = null;

  has(id: string): boolean {
    return this.#states.has(id);
  }

  now(id: string): OrderState {
    return this.#states.get(id) ?? { id, status: 'UNKNOWN', version: 0, placedAt: new Date(0) };
  }

  set(id: string, status: string): void {
    const state = { id, status, version: this.now(id).version + 1, placedAt: new Date('2026-11-21T08:00:00Z') };
    this.#states.set(id, state);
    if (state.version === 1) for (const take of this.#placed) take(state);
    for (const take of this.#followers.get(id) ?? []) {
      if (this.held) this.held.push(() => take(state));
      else take(state);
    }
  }

  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const deliver of held) deliver();
  }

  follow(id: string): AsyncIterableIterator<OrderState> {
    const followers = this.#followers.get(id) ?? new Set();
    this.#followers.set(id, followers);
    return this.#stream(followers, this.now(id));
  }

  /** Orders as they come: there is no present state. */
  followPlaced(): AsyncIterableIterator<OrderState> {
    return this.#stream(this.#placed);
  }

  #stream(followers: Set<Take>, first?: OrderState): AsyncIterableIterator<OrderState> {
    const queue: OrderState[] = first ? [first] : [];
    let wake: ((result: IteratorResult<OrderState>) => void) | undefined;
    let done = false;
    const take: Take = (state) => {
      if (wake) wake({ value: state, done: false });
      else queue.push(state);
      wake = undefined;
    };
    followers.add(take);
    this.opened += 1;
    this.active += 1;
    const end = () => {
      if (!done) this.active -= 1;
      done = true;
      followers.delete(take);
      wake?.({ value: undefined, done: true });
      return Promise.resolve({ value: undefined, done: true as const });
    };
    return {
      next: () => {
        const value = queue.shift();
        if (value) return Promise.resolve({ value, done: false });
        if (done) return Promise.resolve({ value: undefined, done: true });
        return new Promise((resolve) => {
          wake = resolve;
        });
      },
      return: end,
      throw: end,
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
