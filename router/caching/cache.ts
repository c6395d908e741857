import { createHash } from 'node:crypto';
import type { CachePolicy } from '#platform/cache/cache-policy.ts';
import type { Change } from '#platform/cache/changes.ts';
import { tagsOfChange } from './answer-tags.ts';
import type { CachingOptions } from './caching-options.ts';
import { ChangeLog } from './change-log.ts';
import { type Kept, MemoryStore } from './memory-store.ts';

/** What is kept, as every router that shares it can read. */
export interface Entry extends Kept {
  readonly text: string;
  readonly policy: CachePolicy;
  /** When it was asked for. */
  readonly readAtMs: number;
  /** Of an answer: what the log says of it, and its content type. */
  readonly about: Readonly<Record<string, string | null>>;
}

export type Freshness = 'fresh' | 'stale';

/** How old it is, in whole seconds as `Age` has it. */
export const ageOf = ({ readAtMs }: Entry): number => Math.max(0, Math.floor((Date.now() - readAtMs) / 1000));

/**
 * Answers and entities in one store: this process's memory, and behind it what routers share. What is announced as
 * changed is dropped. While announcements cannot be heard, nothing is given that is older than its age, and when they are
 * heard again all is dropped.
 */
export class Cache {
  readonly #options: CachingOptions;
  readonly #near: MemoryStore<Entry>;
  readonly #log = new ChangeLog();
  readonly #stopFollowing: () => void;
  #hears = true;

  constructor(options: CachingOptions) {
    this.#options = options;
    this.#near = new MemoryStore(options.maxBytes);
    this.#stopFollowing =
      options.changes?.follow({
        changed: (change) => void this.dropTags(tagsOfChange(change)),
        lost: () => {
          this.#hears = false;
        },
        restored: () => {
          this.#hears = true;
          void this.clear();
        },
      }) ?? (() => {});
  }

  /** To be taken before a question is asked whose answer may be kept. */
  get now(): number {
    return this.#log.now;
  }

  get bytes(): number {
    return this.#near.bytes;
  }

  /** In this process, at once. */
  near(key: string): Entry | undefined {
    return this.#near.get(key);
  }

  /** What the others have kept, by the same keys. */
  async far(keys: readonly string[]): Promise<readonly (Entry | undefined)[]> {
    const { far } = this.#options;
    if (!far || keys.length === 0) return keys.map(() => undefined);
    const texts = await far.get(keys.map(farKey));
    return texts.map((text, index) => {
      const entry = text === null ? undefined : (JSON.parse(text) as Entry);
      if (!entry || this.#log.hasChangedSinceTime(entry.readAtMs, entry.tags)) return undefined;
      this.#near.set(keys[index] as string, entry);
      return entry;
    });
  }

  get sharesWithOthers(): boolean {
    return this.#options.far !== null;
  }

  freshnessOf({ policy, readAtMs }: Entry): Freshness | null {
    const pastMs = Date.now() - readAtMs - policy.maxAgeSeconds * 1000;
    if (pastMs < 0) return 'fresh';
    return this.#hears && pastMs < this.#options.staleSeconds * 1000 ? 'stale' : null;
  }

  /** Keeps it, if nothing of it has changed since it was asked for; `since` is `now` of then. */
  keep(key: string, entry: Omit<Entry, 'bytes'>, since: number): Entry | null {
    if (this.#log.hasChangedSince(since, entry.tags)) return null;
    const kept: Entry = { ...entry, bytes: 2 * (key.length + entry.text.length) + 64 * entry.tags.length + 200 };
    this.#near.set(key, kept);
    const { far, staleSeconds } = this.#options;
    void far?.set(farKey(key), JSON.stringify(kept), entry.tags, entry.policy.maxAgeSeconds + staleSeconds);
    return kept;
  }

  /** Drops what the changes concern, here and, as they hear of it, in all other routers; tells how many this one had. */
  async invalidate(changes: readonly Change[]): Promise<number> {
    const dropped = await this.dropTags([...new Set(changes.flatMap(tagsOfChange))]);
    await this.#options.changes?.announce?.(changes);
    return dropped;
  }

  /** Drops what has one of the tags; tells how many answers and entities of this process had. */
  async dropTags(tags: readonly string[]): Promise<number> {
    let dropped = 0;
    for (const tag of tags) {
      this.#log.note(tag);
      dropped += this.#near.drop(tag);
    }
    await Promise.all(tags.map((tag) => this.#options.far?.drop(tag)));
    return dropped;
  }

  async clear(): Promise<void> {
    this.#log.noteAll();
    this.#near.clear();
    await this.#options.far?.clear();
  }

  /** The supergraph is another: what was answered by the former is no answer any more, here. */
  forget(): void {
    this.#log.noteAll();
    this.#near.clear();
  }

  close(): void {
    this.#stopFollowing();
    this.#options.far?.close();
  }
}

const farKey = (key: string): string => createHash('sha256').update(key).digest('base64url');
