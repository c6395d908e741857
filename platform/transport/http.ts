import type { Identity } from '#platform/auth/viewer.ts';
import { type Measured, observe } from '#platform/telemetry/metrics.ts';
import type { BreakerState } from './breaker.ts';
import { type HttpQueries, httpQueries } from './http-queries.ts';
import { type SocketSubscriptions, socketSubscriptions } from './socket-subscriptions.ts';
import { type SubgraphTransport, SubgraphUnavailable } from './transport.ts';
import { policyOf, type UpstreamSettings } from './upstream-policy.ts';

export interface HttpTransportOptions {
  /** Name of the subgraph → its GraphQL endpoint, e.g. `http://orders:4006/graphql`. */
  readonly urls: Readonly<Record<string, string>>;
  /** Where subscriptions go (graphql-transport-ws), for those that take them elsewhere. */
  readonly socketUrls?: Readonly<Record<string, string>>;
  /** The internal token for one subgraph; left out for subgraphs that know nothing of it. */
  readonly sign?: (identity: Identity, audience: string) => Promise<string>;
  /** Who this process is; its own token opens the sockets. */
  readonly caller: string;
  /** How all subgraphs are asked, and where single ones differ. */
  readonly policy?: UpstreamSettings;
  readonly policies?: Readonly<Record<string, UpstreamSettings>>;
  /** Attempts to open a lost socket again before its subscriptions fail. Default 8, which takes about 15 seconds. */
  readonly reconnections?: number;
}

/** Subgraphs of other processes: pooled HTTP for queries and mutations, one socket each for subscriptions. */
export function httpTransport(options: HttpTransportOptions): SubgraphTransport {
  const queries = new Map<string, HttpQueries>();
  const sockets = new Map<string, SocketSubscriptions>();
  /** Sockets of one subscription, since headers are of a socket and not of an operation. */
  const apart = new Set<SocketSubscriptions>();
  const { sign, caller, reconnections = 8 } = options;

  const urlOf = (subgraph: string): URL => {
    const url = options.urls[subgraph];
    if (!url) throw new SubgraphUnavailable(subgraph, 'no address is known for it');
    return new URL(url);
  };
  const socketUrlOf = (subgraph: string): URL => {
    const url = options.socketUrls?.[subgraph];
    return url ? new URL(url) : urlOf(subgraph);
  };
  const queriesOf = (subgraph: string): HttpQueries =>
    queries.get(subgraph) ??
    added(
      queries,
      subgraph,
      httpQueries(subgraph, urlOf(subgraph), policyOf(options.policy, options.policies?.[subgraph])),
    );
  const openSocket = (subgraph: string, headers?: Readonly<Record<string, string>>): SocketSubscriptions =>
    socketSubscriptions(subgraph, socketUrlOf(subgraph), {
      serviceToken: async () => sign?.({ viewer: null, caller }, subgraph),
      operationToken: async (identity) => sign?.(identity, subgraph),
      reconnections,
      ...(headers ? { headers } : {}),
    });
  const socketOf = (subgraph: string): SocketSubscriptions =>
    sockets.get(subgraph) ?? added(sockets, subgraph, openSocket(subgraph));
  const stopObserving = observeUpstreams(queries);

  return {
    async query(subgraph, request, identity) {
      return queriesOf(subgraph).send(request, sign ? await sign(identity, subgraph) : null);
    },
    subscribe(subgraph, request, identity, sink) {
      const { headers } = request;
      if (!headers) return socketOf(subgraph).subscribe(request, identity, sink);
      const own = openSocket(subgraph, headers);
      apart.add(own);
      const end = () => {
        apart.delete(own);
        void own.close();
      };
      const stop = own.subscribe(request, identity, {
        next: (event) => sink.next(event),
        error: (reason) => {
          end();
          sink.error(reason);
        },
        complete: () => {
          end();
          sink.complete();
        },
      });
      return () => {
        stop();
        end();
      };
    },
    async close() {
      stopObserving();
      await Promise.all([...queries.values(), ...sockets.values(), ...apart].map((each) => each.close()));
    },
  };
}

const BREAKER_LEVEL = { closed: 0, 'half-open': 1, open: 2 } satisfies Record<BreakerState, number>;

function observeUpstreams(queries: ReadonlyMap<string, HttpQueries>): () => void {
  const states = () => [...queries].map(([subgraph, { state }]) => ({ subgraph, ...state() }));
  const stops = [
    observe('souk_upstream_breaker', 'Circuit breaker of a subgraph: 0 closed, 1 half-open, 2 open', () =>
      states().map(({ subgraph, breaker }): Measured => [BREAKER_LEVEL[breaker], { subgraph }]),
    ),
    observe('souk_upstream_operations', 'Operations at a subgraph, by state: running or waiting', () =>
      states().flatMap(({ subgraph, running, waiting }): Measured[] => [
        [running, { subgraph, state: 'running' }],
        [waiting, { subgraph, state: 'waiting' }],
      ]),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function added<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  map.set(key, value);
  return value;
}
