import { createServer, type Server } from 'node:http';

/** What clients may hold open, and how slow they may be. */
export interface ConnectionLimits {
  readonly socketsPerAddress: number;
  readonly socketsPerViewer: number;
  /** Over sockets, server-sent events and multipart together. */
  readonly subscriptionsPerAddress: number;
  readonly subscriptionsPerViewer: number;
  /** How long a request's headers may take to arrive; a connection that never sends a byte counts too. */
  readonly headersMs: number;
  /** How long a request may take to arrive, its body with it; not less than the headers. */
  readonly requestMs: number;
  /** How long an event of a streamed answer may lie unread. */
  readonly unreadMs: number;
}

/** Many people share the address of an office, of a mobile carrier, or of a proxy that is not told of; one has a few tabs and devices. */
export const DEFAULT_CONNECTION_LIMITS: ConnectionLimits = {
  socketsPerAddress: 5_000,
  socketsPerViewer: 50,
  subscriptionsPerAddress: 10_000,
  subscriptionsPerViewer: 200,
  headersMs: 10_000,
  requestMs: 60_000,
  unreadMs: 30_000,
};

/** Of which there is only so much for each that holds some. */
export type Held = 'sockets' | 'subscriptions';
export type Holder = 'address' | 'viewer';

/** Counts what each address and each viewer has open. */
export class Places {
  readonly #most: Readonly<Record<Holder, number>>;
  readonly #taken: Readonly<Record<Holder, Map<string, number>>> = { address: new Map(), viewer: new Map() };

  constructor(most: Readonly<Record<Holder, number>>) {
    this.#most = most;
  }

  /** What gives the place back, or null where none is left; one who is not known has no limit. */
  take(holder: Holder, name: string | undefined): (() => void) | null {
    if (!name) return () => undefined;
    const taken = this.#taken[holder];
    const count = taken.get(name) ?? 0;
    if (count >= this.#most[holder]) return null;
    taken.set(name, count + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = (taken.get(name) ?? 1) - 1;
      if (left > 0) taken.set(name, left);
      else taken.delete(name);
    };
  }

  /** The most that such a holder may have. */
  most(holder: Holder): number {
    return this.#most[holder];
  }
}

const CHECK_EVERY_MS = 1_000;

/**
 * A server that answers 408 to those who send too slowly, and closes. Node looks for them by its own interval, which is half
 * a minute unless it is told otherwise.
 */
export function impatientServer({ headersMs, requestMs }: ConnectionLimits): Server {
  return createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, headersMs),
  });
}
