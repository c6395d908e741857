/**
 * What has changed lately. An answer that was asked for before a change and arrives after it may have been read before
 * it: it must not be kept.
 */
export class ChangeLog {
  #now = 0;
  /** Nothing asked for before this may be kept. */
  #floor: Moment = { count: 0, ms: 0 };
  readonly #lastOf = new Map<string, Moment>();

  /** To be taken before the question is asked. */
  get now(): number {
    return this.#now;
  }

  note(tag: string): void {
    this.#now += 1;
    this.#lastOf.delete(tag);
    this.#lastOf.set(tag, { count: this.#now, ms: Date.now() });
    if (this.#lastOf.size <= MAX_REMEMBERED) return;
    const [oldest, moment] = this.#lastOf.entries().next().value as [string, Moment];
    this.#lastOf.delete(oldest);
    this.#floor = moment;
  }

  noteAll(): void {
    this.#now += 1;
    this.#floor = { count: this.#now, ms: Date.now() };
    this.#lastOf.clear();
  }

  /** Whether something of it has changed since then. */
  hasChangedSince(then: number, tags: Iterable<string>): boolean {
    if (then < this.#floor.count) return true;
    for (const tag of tags) if ((this.#lastOf.get(tag)?.count ?? 0) > then) return true;
    return false;
  }

  /** The same of what another router read, whose clock may differ a little. */
  hasChangedSinceTime(ms: number, tags: Iterable<string>): boolean {
    const latest = ms - CLOCKS_DIFFER_MS;
    if (this.#floor.ms > 0 && latest < this.#floor.ms) return true;
    for (const tag of tags) if ((this.#lastOf.get(tag)?.ms ?? 0) > latest) return true;
    return false;
  }
}

interface Moment {
  readonly count: number;
  readonly ms: number;
}

const MAX_REMEMBERED = 20_000;
const CLOCKS_DIFFER_MS = 1_000;
