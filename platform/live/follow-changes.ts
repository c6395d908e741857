import { live } from './live.ts';

const READ_ANYWAY_MS = 3_000;

export interface Changes<Item> {
  /** What wakes the follower, e.g. `order:ord_01…`. */
  readonly topic: string;
  /** What is new since the last reading; `end` says that nothing can follow. */
  read(): Promise<{ items: Item[]; end?: boolean }>;
  /** How often to read although nothing woke us, since wake-ups may get lost. */
  readAnywayMs?: number;
}

/**
 * A subscription's source: reads at once, then whenever its topic is published, and every few seconds anyway. Returning
 * it frees its place at once, also while it waits.
 */
export function followChanges<Item>({
  topic,
  read,
  readAnywayMs = READ_ANYWAY_MS,
}: Changes<Item>): AsyncIterableIterator<Item> {
  let queue: Item[] = [];
  let woken = true;
  let ended = false;
  let returned = false;
  let wake = () => {};
  const stopFollowing = live.follow(topic, () => {
    woken = true;
    wake();
  });
  const finish = () => {
    ended = true;
    stopFollowing();
    wake();
  };
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, readAnywayMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const next = async (): Promise<IteratorResult<Item>> => {
    for (;;) {
      const item = queue.shift();
      if (item !== undefined) return { value: item, done: false };
      if (ended) return { value: undefined, done: true };
      if (!woken) await pause();
      if (ended) continue;
      woken = false;
      const { items, end } = await read().catch((reason) => {
        finish();
        throw reason;
      });
      // Whoever returned while this was read wants nothing of it any more.
      queue = returned ? [] : items;
      if (end) finish();
    }
  };
  return {
    next,
    return: async () => {
      returned = true;
      queue = [];
      finish();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
