/** What a store keeps: how it was made is its owner's matter. */
export interface Kept {
  /** What it takes in memory, about. */
  readonly bytes: number;
  /** By which it is dropped. */
  readonly tags: readonly string[];
}

/** Entries of this process, at most so many bytes of them; what was not asked for longest leaves first. */
export class MemoryStore<Entry extends Kept> {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, Entry>();
  readonly #keysOf = new Map<string, Set<string>>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  set(key: string, entry: Entry): void {
    this.delete(key);
    // One that would push out most others is not worth it.
    if (entry.bytes > this.#maxBytes / 4) return;
    this.#entries.set(key, entry);
    this.#bytes += entry.bytes;
    for (const tag of entry.tags) {
      const keys = this.#keysOf.get(tag);
      if (keys) keys.add(key);
      else this.#keysOf.set(tag, new Set([key]));
    }
    while (this.#bytes > this.#maxBytes) this.delete(this.#entries.keys().next().value as string);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
    for (const tag of entry.tags) {
      const keys = this.#keysOf.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOf.delete(tag);
    }
  }

  /** Drops what has the tag; tells how many. */
  drop(tag: string): number {
    const keys = [...(this.#keysOf.get(tag) ?? [])];
    for (const key of keys) this.delete(key);
    return keys.length;
  }

  clear(): void {
    this.#entries.clear();
    this.#keysOf.clear();
    this.#bytes = 0;
  }
}
