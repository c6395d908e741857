import type { Server } from 'node:http';
import { type ExecutionArgs, GraphQLError, type GraphQLSchema, parse } from 'graphql';
import type { OperationResult } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Identity } from '#platform/auth/viewer.ts';
import type { SubgraphRequest } from '#platform/transport/transport.ts';
import { pathOf } from './http-routes.ts';
import type { SubgraphExecutor } from './subgraph-executor.ts';

interface SubgraphSocketOptions {
  readonly name: string;
  readonly server: Server;
  readonly schema: GraphQLSchema;
  readonly executor: SubgraphExecutor;
  verify(token: string, audience: string): Promise<Identity>;
  readonly bodyLimitBytes: number;
}

interface Admitted {
  readonly request: SubgraphRequest;
  readonly identity: Identity;
}

const PING_MS = 12_000;
const CLOSE_WITHIN_MS = 2_000;

// graphql-ws wants a document only to tell subscriptions from queries; the executor has its own, parsed once a text.
const SUBSCRIPTION = parse('subscription { __typename }');

/**
 * Subscriptions of one subgraph on graphql-transport-ws: `connection_init` carries the token of the service that
 * connects, each operation that of the identity it is for, in `extensions.token`.
 */
export function serveSubgraphSocket({ name, server, schema, executor, verify, bodyLimitBytes }: SubgraphSocketOptions) {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: bodyLimitBytes });
  server.on('upgrade', (request, socket, head) => {
    if (pathOf(request) !== '/graphql') return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request));
  });

  const protocol = useServer(
    {
      onConnect: async ({ connectionParams }) => {
        const token = connectionParams?.token;
        return typeof token === 'string' && (await isGenuine(token));
      },
      onSubscribe: async (_context, _id, { query, variables, operationName, extensions }) => {
        const token = extensions?.token;
        const identity = typeof token === 'string' ? await verify(token, name).catch(() => null) : null;
        if (!identity) return [unauthenticated()];
        const admitted: Admitted = { identity, request: { query, variables: variables ?? {}, operationName } };
        return { schema, document: SUBSCRIPTION, contextValue: admitted };
      },
      subscribe: ({ contextValue }: ExecutionArgs) => {
        const { request, identity } = contextValue as Admitted;
        return executor.subscribe(request, identity) as OperationResult;
      },
    },
    sockets,
    PING_MS,
  );

  const isGenuine = (token: string) =>
    verify(token, name).then(
      () => true,
      () => false,
    );

  return {
    /** Tells every socket that this end goes away (1001), and cuts off what does not listen. */
    async close(): Promise<void> {
      const timer = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, CLOSE_WITHIN_MS);
      await protocol.dispose();
      clearTimeout(timer);
    },
  };
}

const unauthenticated = () =>
  new GraphQLError('This needs the token of the router.', { extensions: { code: 'UNAUTHENTICATED' } });
