import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type ExecutionArgs,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
} from 'graphql';
import type { OperationResult, SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { pathOf } from '#platform/graphql/http-routes.ts';
import { unnamed } from '../admission.ts';
import { networkOf } from '../client-address.ts';
import { type ConnectionLimits, Places } from '../connection-limits.ts';
import { contextOf, type RouterContext } from '../context.ts';
import type { Generation } from '../generation.ts';
import { asText } from '../persisted/persisted-http.ts';
import { clientNameOf, type PersistedOperations } from '../persisted/persisted-operations.ts';
import { type FormatError, plain } from '../public-error.ts';
import { newRecord } from '../telemetry/request-record.ts';
import { countRefusedPlace } from '../telemetry/router-metrics.ts';
import type { Verified } from '../viewers.ts';
import type { FederatedSubscriptions } from './federated-subscriptions.ts';

export interface SocketOptions {
  readonly server: Server;
  /** What is served now. */
  generation(): Generation;
  readonly subscriptions: FederatedSubscriptions;
  readonly persisted: PersistedOperations;
  verified(authorization: string | undefined): Promise<Verified>;
  readonly addressOf: (request: IncomingMessage) => string | undefined;
  readonly formatError: FormatError;
  readonly bodyLimitBytes: number;
  readonly operationsPerSocket: number;
  readonly initTimeoutMs: number;
  /** How often a socket is asked whether it lives; it has as long to answer. */
  readonly pingMs: number;
  readonly connections: Pick<ConnectionLimits, 'socketsPerAddress' | 'socketsPerViewer'>;
}

/** An operation stays with the generation that validated it. */
interface Accepted {
  readonly generation: Generation;
  readonly payload: SubscribePayload;
  readonly context: RouterContext;
}

/** 4401 would be fatal to graphql-ws' client; after 4403 it may try again with a new token. */
const FORBIDDEN = 4403;
/** Of the registry of RFC 6455: graphql-ws' client comes back later, and later again. */
const TRY_AGAIN_LATER = 1013;
const POLICY_VIOLATED = 1008;
/** Who asks on without reading the answers has at most so much of them kept here. */
const UNREAD_MOST_BYTES = 16 << 20;
export const DEFAULT_PING_MS = 12_000;
const CLOSE_WITHIN_MS = 2_000;
/** One that does not answer the closing is cut off, and its place is free. Not in the types of ws yet. */
const CLOSING: object = { closeTimeout: CLOSE_WITHIN_MS };
const LONGEST_TIMER_MS = 2 ** 31 - 1;

type SocketExtra = Extra & { verified?: Verified };

/** graphql-transport-ws on /graphql: subscriptions, and queries and mutations too. */
export function serveSocket(options: SocketOptions) {
  const { server, subscriptions, persisted, verified, addressOf, formatError } = options;
  const { socketsPerAddress, socketsPerViewer } = options.connections;
  const places = new Places({ address: socketsPerAddress, viewer: socketsPerViewer });
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: options.bodyLimitBytes,
    ...CLOSING,
  });
  server.on('upgrade', (request, socket, head) => {
    if (pathOf(request) !== '/graphql') return socket.destroy();
    const leave = places.take('address', networkOf(addressOf(request)));
    if (!leave) return refuseUpgrade(socket, places.most('address'));
    socket.once('close', leave);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      sockets.emit('connection', webSocket, request);
      // ws closes it with a code by itself; graphql-ws would print a stack for each wrong frame of a client.
      webSocket.removeAllListeners('error').on('error', () => undefined);
    });
  });

  sockets.on('connection', (socket) => {
    const heed = () => {
      if (socket.bufferedAmount > UNREAD_MOST_BYTES) socket.close(POLICY_VIOLATED, 'Answers are not read');
    };
    socket.on('message', heed).on('ping', heed);
  });

  const protocol = useServer<Record<string, unknown>, { verified?: Verified }>(
    {
      connectionInitWaitTimeout: options.initTimeoutMs,
      onConnect: async ({ connectionParams, extra }) => {
        try {
          const viewer = await verified(authorizationIn(connectionParams));
          const leave = places.take('viewer', viewer.identity.viewer?.customerId);
          if (!leave) {
            countRefusedPlace('sockets', 'viewer');
            extra.socket.close(TRY_AGAIN_LATER, `At most ${places.most('viewer')} sockets of one viewer at once`);
            return false;
          }
          extra.socket.once('close', leave);
          extra.verified = viewer;
          closeWhenExpired(extra.socket, viewer.expiresAtMs);
          return true;
        } catch {
          return false;
        }
      },
      onSubscribe: async ({ subscriptions: open, extra, connectionParams }, _id, asked) => {
        const limit = options.operationsPerSocket;
        if (Object.keys(open).length > limit) return [tooMany(limit)];
        const client = clientNameOf(connectionParams, extra.request.headers);
        // The protocol demands a text; one that is empty stands for the hash in the extensions.
        const query = (await persisted.textOf(asked, client)) ?? '';
        if (query instanceof GraphQLError) return [query];
        const payload: SubscribePayload = { ...asked, ...asText(asked, query) };
        const generation = options.generation();
        const operation = generation.admission.read(query);
        if ('errors' in operation) return operation.errors;
        if (!getOperationAST(operation.document, payload.operationName)) return [unnamed()];
        const { verified: viewer, request } = extra as SocketExtra & { verified: Verified };
        const accepted: Accepted = {
          generation,
          payload,
          context: contextOf(
            { ...viewer, address: addressOf(request), headers: headersOf(request, connectionParams) },
            newRecord('websocket'),
          ),
        };
        return {
          schema: generation.supergraph.apiSchema,
          document: operation.document,
          operationName: payload.operationName ?? null,
          contextValue: accepted,
        };
      },
      execute: async ({ contextValue }: ExecutionArgs) => {
        const { generation, payload, context } = contextValue as Accepted;
        const { query, variables, operationName, extensions } = payload;
        const { body } = await generation.apollo.executeOperation(
          {
            query,
            variables: variables ?? {},
            ...(operationName ? { operationName } : {}),
            ...(extensions ? { extensions } : {}),
          },
          { contextValue: context },
        );
        if (body.kind !== 'single') throw new Error('Incremental delivery is not served.');
        return body.singleResult as OperationResult;
      },
      subscribe: async ({ document, contextValue }: ExecutionArgs) => {
        const { generation, payload, context } = contextValue as Accepted;
        return (await subscriptions.subscribe({
          generation,
          query: payload.query,
          document,
          operationName: payload.operationName ?? undefined,
          variables: payload.variables ?? {},
          asker: context.asker,
          record: context.record,
        })) as OperationResult;
      },
      // Answers come formatted, and are the same object for all who share a subscription.
      onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
      onOperation: (_context, _id, _payload, _args, result) => {
        const answer = result as FormattedExecutionResult | AsyncIterable<unknown>;
        if (!(Symbol.asyncIterator in answer) && answer.data === undefined) return refusal(answer);
      },
      onError: (_context, _id, _payload, errors) => {
        const reason = errors[0]?.originalError;
        if (reason instanceof Refused) return reason.errors;
        return errors.map((error) => formatError(error.locations ? error.toJSON() : plain(error), error));
      },
    },
    sockets,
    options.pingMs,
  );

  return {
    /** Open sockets, for the metrics. */
    get size(): number {
      return sockets.clients.size;
    },
    /** Tells every socket that the router goes away (1001), and cuts off what does not listen. */
    async close(): Promise<void> {
      const timer = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, CLOSE_WITHIN_MS);
      await protocol.dispose();
      clearTimeout(timer);
    },
  };
}

/** Refused before it was executed; the errors are formatted. */
class Refused extends Error {
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super('refused');
    this.errors = errors;
  }
}

/** The protocol has a message `error` for it, and graphql-ws sends that for events that fail. */
function refusal({ errors = [] }: FormattedExecutionResult): AsyncIterableIterator<never> {
  const reason = new Refused(errors);
  return {
    next: () => Promise.reject(reason),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Before the handshake, so that a flood costs little (RFC 6455, 4.2.2: any status may refuse it). */
function refuseUpgrade(socket: Duplex, most: number): void {
  countRefusedPlace('sockets', 'address');
  const error = { message: `At most ${most} sockets of one address at once.`, extensions: { code: 'RATE_LIMITED' } };
  const body = JSON.stringify({ errors: [error] });
  socket.once('error', () => socket.destroy()).once('finish', () => socket.destroy());
  socket.end(
    'HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\nretry-after: 5\r\n' +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function authorizationIn(parameters: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const authorization = parameters?.authorization ?? parameters?.Authorization;
  return typeof authorization === 'string' ? authorization : undefined;
}

/** Browsers cannot set headers of a socket: its token comes in `connection_init`. */
function headersOf({ headers }: IncomingMessage, parameters: Readonly<Record<string, unknown>> | undefined) {
  const authorization = authorizationIn(parameters);
  return authorization === undefined ? headers : { ...headers, authorization };
}

function closeWhenExpired(socket: WebSocket, expiresAtMs: number): void {
  if (!Number.isFinite(expiresAtMs)) return;
  const timer = setTimeout(
    () => socket.close(FORBIDDEN, 'Forbidden'),
    Math.min(Math.max(expiresAtMs - Date.now(), 0), LONGEST_TIMER_MS),
  );
  socket.once('close', () => clearTimeout(timer));
}

const tooMany = (limit: number) =>
  new GraphQLError(`At most ${limit} operations at once on one socket.`, {
    extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 1 },
  });
