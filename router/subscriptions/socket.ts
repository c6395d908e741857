import type { IncomingMessage, Server } from 'node:http';
import { type ExecutionArgs, type FormattedExecutionResult, GraphQLError, getOperationAST } from 'graphql';
import type { OperationResult, SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { pathOf } from '#platform/graphql/http-routes.ts';
import { unnamed } from '../admission.ts';
import { contextOf, type RouterContext } from '../context.ts';
import type { Generation } from '../generation.ts';
import { asText } from '../persisted/persisted-http.ts';
import { clientNameOf, type PersistedOperations } from '../persisted/persisted-operations.ts';
import { type FormatError, plain } from '../public-error.ts';
import { newRecord } from '../telemetry/request-record.ts';
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
}

/** An operation stays with the generation that validated it. */
interface Accepted {
  readonly generation: Generation;
  readonly payload: SubscribePayload;
  readonly context: RouterContext;
}

/** 4401 would be fatal to graphql-ws' client; after 4403 it may try again with a new token. */
const FORBIDDEN = 4403;
const PING_MS = 12_000;
const CLOSE_WITHIN_MS = 2_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

type SocketExtra = Extra & { verified?: Verified };

/** graphql-transport-ws on /graphql: subscriptions, and queries and mutations too. */
export function serveSocket(options: SocketOptions) {
  const { server, subscriptions, persisted, verified, addressOf, formatError } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: options.bodyLimitBytes,
  });
  server.on('upgrade', (request, socket, head) => {
    if (pathOf(request) !== '/graphql') return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request));
  });

  const protocol = useServer<Record<string, unknown>, { verified?: Verified }>(
    {
      connectionInitWaitTimeout: options.initTimeoutMs,
      onConnect: async ({ connectionParams, extra }) => {
        try {
          const viewer = await verified(authorizationIn(connectionParams));
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
      onError: (_context, _id, _payload, errors) =>
        errors.map((error) => formatError(error.locations ? error.toJSON() : plain(error), error)),
    },
    sockets,
    PING_MS,
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
