import { type Listener, Topic, type TopicSource } from './topic.ts';

/**
 * Equal subscriptions share one upstream. Subgraphs send the present state first, and a late joiner must get it too:
 * it opens a younger topic (shared with all who join before that one's first event), hears the state as it is now,
 * and as soon as both topics stand at the same event, the younger one is merged into the elder. So each listener
 * hears the present state, then every later event once, in order, and a state that nobody sends is not made up.
 */
export class SharedTopics {
  /** Eldest first. */
  readonly #topics = new Map<string, Topic[]>();

  /** Open upstreams. */
  get size(): number {
    let size = 0;
    for (const topics of this.#topics.values()) size += topics.length;
    return size;
  }

  /** `key` says which subscriptions are equal, the identity included. Ends by `listener.topic?.remove(listener)`. */
  join(key: string, source: TopicSource, listener: Listener): void {
    const youngest = this.#topics.get(key)?.at(-1);
    if (youngest && !youngest.hasDelivered) {
      youngest.add(listener);
      return;
    }
    const topic = new Topic(
      source,
      (delivered) => this.#merge(key, delivered),
      (ended) => this.#forget(key, ended),
    );
    this.#topics.set(key, [...(this.#topics.get(key) ?? []), topic]);
    topic.add(listener);
    topic.open();
  }

  #merge(key: string, delivered: Topic): void {
    const { position } = delivered;
    if (position === undefined) return;
    const [elder, ...younger] = (this.#topics.get(key) ?? []).filter((topic) => topic.position === position);
    for (const topic of younger) elder?.absorb(topic);
  }

  #forget(key: string, ended: Topic): void {
    const left = (this.#topics.get(key) ?? []).filter((topic) => topic !== ended);
    if (left.length > 0) this.#topics.set(key, left);
    else this.#topics.delete(key);
  }
}
