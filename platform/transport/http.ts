import type { Identity } from '#platform/auth/viewer.ts';
import { type HttpQueries, httpQueries } from './http-queries.ts';
import { type SocketSubscriptions, socketSubscriptions } from './socket-subscriptions.ts';
import { type SubgraphTransport, SubgraphUnavailable } from './transport.ts';

export interface HttpTransportOptions {
  /** Name of the subgraph → its GraphQL endpoint, e.g. `http://orders:4006/graphql`. */
  readonly urls: Readonly<Record<string, string>>;
  /** The internal token for one subgraph. */
  sign(identity: Identity, audience: string): Promise<string>;
  /** Who this process is; its own token opens the sockets. */
  readonly caller: string;
  /** For one operation with all its attempts and its time in the queue. Default 5,000. */
  readonly deadlineMs?: number;
  /** Operations under way at one subgraph at most; as many again ×4 may wait. Default 64. */
  readonly concurrency?: number;
  /** Attempts to open a lost socket again before its subscriptions fail. Default 8, which takes about 15 seconds. */
  readonly reconnections?: number;
}

/** Subgraphs of other processes: pooled HTTP for queries and mutations, one socket each for subscriptions. */
export function httpTransport(options: HttpTransportOptions): SubgraphTransport {
  const queries = new Map<string, HttpQueries>();
  const sockets = new Map<string, SocketSubscriptions>();
  const { sign, caller, deadlineMs = 5_000, concurrency = 64, reconnections = 8 } = options;

  const urlOf = (subgraph: string): URL => {
    const url = options.urls[subgraph];
    if (!url) throw new SubgraphUnavailable(subgraph, 'no address is known for it');
    return new URL(url);
  };
  const queriesOf = (subgraph: string): HttpQueries =>
    queries.get(subgraph) ??
    added(queries, subgraph, httpQueries(subgraph, urlOf(subgraph), { deadlineMs, concurrency }));
  const socketOf = (subgraph: string): SocketSubscriptions =>
    sockets.get(subgraph) ??
    added(
      sockets,
      subgraph,
      socketSubscriptions(subgraph, urlOf(subgraph), {
        serviceToken: () => sign({ viewer: null, caller }, subgraph),
        operationToken: (identity) => sign(identity, subgraph),
        reconnections,
      }),
    );

  return {
    async query(subgraph, request, identity) {
      return queriesOf(subgraph).send(request, await sign(identity, subgraph));
    },
    subscribe(subgraph, request, identity, sink) {
      return socketOf(subgraph).subscribe(request, identity, sink);
    },
    async close() {
      await Promise.all([...queries.values(), ...sockets.values()].map((each) => each.close()));
    },
  };
}

function added<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  map.set(key, value);
  return value;
}
