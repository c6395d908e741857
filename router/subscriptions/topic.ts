import { type ExecutionResult, type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { Sink } from '#platform/transport/transport.ts';

/** What a topic is about: how to open it at its subgraph, and how to make an answer for clients of one event. */
export interface TopicSource {
  open(sink: Sink<ExecutionResult>): () => void;
  execute(event: ExecutionResult): Promise<FormattedExecutionResult>;
  /** What listeners are told of a failure. */
  explain(reason: unknown): GraphQLError;
}

export interface Listener extends Sink<FormattedExecutionResult> {
  /** Which topic it hears now; topics merge. */
  topic: Topic | undefined;
}

/** Events that wait for their execution; more means that the subgraphs cannot keep up. */
const MAX_UNDER_WAY = 256;

/** One upstream subscription, and all who listen to it: each event is executed once, in order, for all of them. */
export class Topic {
  readonly #source: TopicSource;
  readonly #onDelivered: (topic: Topic) => void;
  readonly #onEnded: (topic: Topic) => void;
  readonly #listeners = new Set<Listener>();
  #stop: (() => void) | undefined;
  #work: Promise<void> = Promise.resolve();
  #underWay = 0;
  #lastEvent: string | undefined;
  #ended = false;

  constructor(source: TopicSource, onDelivered: (topic: Topic) => void, onEnded: (topic: Topic) => void) {
    this.#source = source;
    this.#onDelivered = onDelivered;
    this.#onEnded = onEnded;
  }

  /** Whether a listener that joins now would miss the present state, because it went by already. */
  get hasDelivered(): boolean {
    return this.#lastEvent !== undefined;
  }

  /** The event that every listener has and nobody is ahead of; undefined before the first, and while one is under way. */
  get position(): string | undefined {
    return this.#underWay === 0 ? this.#lastEvent : undefined;
  }

  /** After the first listener, so that not even an event that comes at once is lost. */
  open(): void {
    const stop = this.#source.open({
      next: (event) => this.#arrived(event),
      error: (reason) => this.#afterWork(() => this.fail(reason)),
      complete: () => this.#afterWork(() => this.#end((listener) => listener.complete())),
    });
    if (this.#ended) stop();
    else this.#stop = stop;
  }

  add(listener: Listener): void {
    listener.topic = this;
    this.#listeners.add(listener);
  }

  remove(listener: Listener): void {
    listener.topic = undefined;
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.#end(() => undefined);
  }

  /** Takes over the listeners of a topic at the same position; that topic ends. */
  absorb(other: Topic): void {
    const moved = [...other.#listeners];
    other.#listeners.clear();
    for (const listener of moved) this.add(listener);
    other.#end(() => undefined);
  }

  /** Ends it for all who listen. */
  fail(reason: unknown): void {
    if (this.#ended) return;
    const error = this.#source.explain(reason);
    this.#end((listener) => listener.error(error));
  }

  #arrived(event: ExecutionResult): void {
    if (this.#ended) return;
    if (this.#underWay >= MAX_UNDER_WAY) {
      this.fail(overloaded());
      return;
    }
    this.#underWay += 1;
    // Before the execution, which merges the entities of other subgraphs into the event.
    const text = JSON.stringify(event);
    this.#work = this.#work.then(async () => {
      if (this.#ended) return;
      const answer = await this.#source.execute(event);
      if (this.#ended) return;
      this.#underWay -= 1;
      this.#lastEvent = text;
      for (const listener of this.#listeners) listener.next(answer);
      this.#onDelivered(this);
    });
    this.#work.catch((reason: unknown) => this.fail(reason));
  }

  #afterWork(deed: () => void): void {
    this.#work.then(deed, () => undefined);
  }

  #end(tell: (listener: Listener) => void): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stop?.();
    this.#onEnded(this);
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) tell(listener);
  }
}

const overloaded = () =>
  new GraphQLError('Events come faster than they can be answered.', {
    extensions: { code: 'OVERLOADED', retryAfterSeconds: 5 },
  });
