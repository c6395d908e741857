import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Identity } from '#platform/auth/viewer.ts';
import { type Sink, type SubgraphRequest, SubgraphUnavailable } from './transport.ts';
import { errorsFromWire, resultFromWire, type WireResult } from './wire-result.ts';

/** Subscriptions of one subgraph, all over one socket (graphql-transport-ws). */
export interface SocketSubscriptions {
  subscribe(request: SubgraphRequest, identity: Identity, sink: Sink<ExecutionResult>): () => void;
  close(): Promise<void>;
}

interface SocketSubscriptionsOptions {
  /** Of the service that connects; undefined where subgraphs know nothing of it. */
  serviceToken(): Promise<string | undefined>;
  /** For one operation. */
  operationToken(identity: Identity): Promise<string | undefined>;
  readonly reconnections: number;
  /** Of the request that opens the socket. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface Operation {
  readonly identity: Identity;
  readonly payload: { readonly query: string; extensions: { token?: string } };
  /** The last event as text, to know again the state that a subgraph repeats after a reconnection. */
  last: string;
  reconnected: boolean;
}

const RECONNECT_FIRST_MS = 100;
const RECONNECT_MOST_MS = 3_000;
const PING_MS = 10_000;
const PONG_WITHIN_MS = 5_000;

/**
 * After a lost connection every live subscription is opened again, with a fresh token. Subgraphs send the present
 * state first; it is dropped when the subscriber has it already.
 */
export function socketSubscriptions(
  subgraph: string,
  url: URL,
  options: SocketSubscriptionsOptions,
): SocketSubscriptions {
  const operations = new Set<Operation>();
  const stops = new Set<() => void>();
  let closed = false;

  const client = createClient({
    url: url.href.replace(/^http/, 'ws'),
    webSocketImpl: options.headers ? withHeaders(options.headers) : WebSocket,
    lazy: true,
    lazyCloseTimeout: 5_000,
    keepAlive: PING_MS,
    retryAttempts: options.reconnections,
    shouldRetry: () => !closed,
    retryWait: (attempt) =>
      sleep(Math.min(RECONNECT_FIRST_MS * 2 ** attempt, RECONNECT_MOST_MS) * (0.5 + Math.random())),
    connectionParams: async () => {
      await Promise.all(
        [...operations].map(async ({ payload, identity }) => {
          payload.extensions = tokenIn(await options.operationToken(identity));
        }),
      );
      return tokenIn(await options.serviceToken());
    },
    on: {
      connected: (_socket, _payload, again) => {
        if (again) for (const operation of operations) operation.reconnected = operation.last !== '';
      },
    },
  });
  endWhenSilent(client);

  const open = (operation: Operation, sink: Sink<ExecutionResult>, ended: () => void): (() => void) => {
    const forget = () => {
      operations.delete(operation);
      ended();
    };
    operations.add(operation);
    const end = client.subscribe(operation.payload, {
      next: (event) => {
        const text = JSON.stringify(event);
        const repeated = operation.reconnected && text === operation.last;
        operation.reconnected = false;
        operation.last = text;
        if (!repeated) sink.next(resultFromWire(event as WireResult));
      },
      error: (reason) => {
        forget();
        if (!Array.isArray(reason)) return sink.error(new SubgraphUnavailable(subgraph, 'its socket was lost'));
        // An error message ends an operation that was refused; in this process it would be a result without data.
        sink.next({ errors: errorsFromWire(reason as GraphQLFormattedError[]) });
        sink.complete();
      },
      complete: () => {
        forget();
        sink.complete();
      },
    });
    return () => {
      forget();
      end();
    };
  };

  return {
    subscribe(request, identity, sink) {
      let stopped = false;
      let end: (() => void) | undefined;
      const silenced: Sink<ExecutionResult> = {
        next: (event) => stopped || sink.next(event),
        error: (reason) => stopped || sink.error(reason),
        complete: () => stopped || sink.complete(),
      };
      const stop = () => {
        stopped = true;
        stops.delete(stop);
        end?.();
      };
      stops.add(stop);
      options.operationToken(identity).then((token) => {
        if (stopped) return;
        const payload = {
          query: request.query,
          variables: request.variables,
          operationName: request.operationName,
          extensions: tokenIn(token),
        };
        end = open({ identity, payload, last: '', reconnected: false }, silenced, () => stops.delete(stop));
      }, silenced.error);
      return stop;
    },
    async close() {
      closed = true;
      for (const stop of [...stops]) stop();
      client.terminate();
      await client.dispose();
    },
  };
}

const withHeaders = (headers: Readonly<Record<string, string>>) =>
  class extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers });
    }
  };

const tokenIn = (token: string | undefined): { token?: string } => (token === undefined ? {} : { token });

/** A socket whose other end has vanished says nothing by itself: no pong in time ends it, and it is opened again. */
function endWhenSilent(client: Client): void {
  let timer: NodeJS.Timeout | undefined;
  client.on('ping', (received) => {
    if (!received) timer = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
  });
  client.on('pong', (received) => {
    if (received) clearTimeout(timer);
  });
  client.on('closed', () => clearTimeout(timer));
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
