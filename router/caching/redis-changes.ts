import type { Redis } from 'ioredis';
import type { Change, ChangeChannel, ChangeListener } from '#platform/cache/changes.ts';

export interface RedisChanges extends ChangeChannel {
  close(): void;
}

/** How long the start waits to hear; later than that what was kept until then is dropped. */
const WAIT_MS = 2_000;
/** Said where something could not be told. */
const EVERYTHING = '*';

/**
 * What routers of one namespace tell each other by pub/sub of a Redis. While it is away nothing is heard, and caches go
 * by ages; when it is back they drop all that they hold.
 */
export async function redisChanges(redis: Redis, namespace: string): Promise<RedisChanges> {
  const channel = `${namespace}:changes`;
  const listeners = new Set<ChangeListener>();
  const listening = redis.duplicate({ maxRetriesPerRequest: null, autoResubscribe: false, enableOfflineQueue: true });
  let hears = false;
  let missed = false;
  const tell = (hear: (listener: ChangeListener) => void) => {
    for (const listener of listeners) hear(listener);
  };
  const restore = () => {
    hears = true;
    tell((listener) => listener.restored());
  };
  listening.on('error', () => undefined);
  listening.on('message', (_channel, text: string) => {
    if (text === EVERYTHING) return restore();
    for (const change of text.split('\n')) tell((listener) => listener.changed(change));
  });
  listening.on('close', () => {
    if (hears) tell((listener) => listener.lost());
    hears = false;
  });
  const heard = new Promise<void>((resolve) => {
    // Only what is subscribed is heard, and ioredis does not tell where it subscribes again by itself.
    const subscribe = () =>
      listening.subscribe(channel).then(
        () => {
          restore();
          resolve();
        },
        () => undefined,
      );
    listening.on('ready', subscribe);
    if (listening.status === 'ready') subscribe();
  });
  const publish = async (text: string) => {
    try {
      await redis.publish(channel, text);
    } catch {
      missed = true;
    }
  };
  const tellMissed = () => {
    if (!missed) return;
    missed = false;
    void publish(EVERYTHING);
  };
  redis.on('ready', tellMissed);

  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS);
  });
  await Promise.race([heard, waited]);
  clearTimeout(timer);
  return {
    follow(listener) {
      if (!hears) listener.lost();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce: (changes: readonly Change[]) => publish(changes.join('\n')),
    close() {
      redis.off('ready', tellMissed);
      listeners.clear();
      listening.disconnect();
    },
  };
}
