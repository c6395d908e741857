import { type Live, live } from '#platform/live/live.ts';

/**
 * What has changed: an entity by its type and key, `Product:prod_1`, or a type, `Product`, which concerns every answer
 * that could hold one: a new product is in no list yet, and a product that was not found is in no answer.
 */
export type Change = string;

const PREFIX = 'cache:';

/**
 * Tells every cache of every router that something is no longer as it was. To be called after the commit by whatever
 * writes what others may read without signing in: an entity for what changed of it, the type for what is new of it or
 * enters and leaves lists. Awaited before a client is answered, it is ahead of that client's next question. It never
 * fails; what is lost on the way, as in a crash, costs no more than the `maxAge` of the hint.
 */
export const announceChange = (...changes: readonly Change[]): Promise<void> => changesOver(live).announce(changes);

/** The same where nobody waits for it: this process is told at once, the others within some 100 ms, many in one message. */
export function announceChangeSoon(...changes: readonly Change[]): void {
  for (const change of changes) live.publish(PREFIX + change, { hereAtOnce: true, patient: true });
}

export interface ChangeListener {
  changed(change: Change): void;
  /** From now on changes may pass unheard. */
  lost(): void;
  /** Changes are heard again; what came in between is not told. */
  restored(): void;
}

/** What caches hear and tell each other of. */
export interface ChangeChannel {
  /** Hears what is announced in any process; the answer ends it. */
  follow(listener: ChangeListener): () => void;
  /** As `announceChange`. */
  announce(changes: readonly Change[]): Promise<void>;
}

/** Over a live fan-out: this process's own, or one that a router opened for itself. */
export const changesOver = (fanOut: Live): ChangeChannel => ({
  follow(listener) {
    const stops = [
      fanOut.followAll(PREFIX, (topic) => listener.changed(topic.slice(PREFIX.length))),
      fanOut.followState((state) => (state === 'lost' ? listener.lost() : listener.restored())),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  },
  announce: (changes) => fanOut.publishNow(changes.map((change) => PREFIX + change)),
});
