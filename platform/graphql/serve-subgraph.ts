import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Identity } from '#platform/auth/viewer.ts';
import { log } from '#platform/telemetry/log.ts';
import { inServerSpan } from '#platform/telemetry/traces.ts';
import type { SubgraphRequest } from '#platform/transport/transport.ts';
import { BodyTooLarge, readBody, sendError, sendJson } from './http-body.ts';
import { type HttpRoutes, pathOf, routeFinder } from './http-routes.ts';
import { type ExecutableSubgraph, subgraphExecutor } from './subgraph-executor.ts';
import { serveSubgraphSocket } from './subgraph-socket.ts';

export interface ServeSubgraphOptions extends ExecutableSubgraph {
  readonly name: string;
  readonly port: number;
  readonly host?: string;
  /** The identity in an internal token for this subgraph; throws when it is not genuine. */
  verify(token: string, audience: string): Promise<Identity>;
  /** For `/health/ready`; false from the moment that stopping begins. */
  isReady(): boolean;
  /** Default 1 MiB: entity lists are longer than what clients may send. */
  readonly bodyLimitBytes?: number;
  /** What else this subgraph serves, e.g. a provider's webhooks; these see to their own authentication. */
  readonly routes?: HttpRoutes;
}

export interface ServedSubgraph {
  readonly port: number;
  /** Takes no more, ends sockets with 1001 and waits for what is under way, ten seconds at most. */
  close(): Promise<void>;
}

const STOP_WITHIN_MS = 10_000;
const IDLE_SWEEP_MS = 20;

/**
 * One subgraph on its own: `POST /graphql` and graphql-transport-ws on the same path, both for holders of an internal
 * token only, `_service` and `_entities` included.
 */
export async function serveSubgraph(options: ServeSubgraphOptions): Promise<ServedSubgraph> {
  const { name, verify, bodyLimitBytes = 1 << 20 } = options;
  const executor = subgraphExecutor(options);
  const routeOf = routeFinder(options.routes ?? {});
  let stopping: Promise<unknown> | undefined;

  const graphql = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') return sendError(response, 405, 'BAD_REQUEST', 'POST only.', { allow: 'POST' });
    let identity: Identity;
    try {
      identity = await verify(bearer(request), name);
    } catch {
      return sendError(response, 401, 'UNAUTHENTICATED', 'This needs the token of the router.');
    }
    const operation = operationFrom(await readBody(request, bodyLimitBytes));
    if (!operation) return sendError(response, 400, 'BAD_REQUEST', 'The body must be a GraphQL request in JSON.');
    const result = await inServerSpan(`subgraph ${name}`, request.headers, false, () =>
      executor.execute(operation, identity),
    );
    sendJson(response, result.data === undefined ? 400 : 200, result);
  };

  const server = createServer((request, response) => {
    const path = pathOf(request);
    if (path === '/health/live') return sendJson(response, 200, { status: 'live' });
    if (path === '/health/ready') {
      const ready = !stopping && options.isReady();
      return sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' });
    }
    const handler = path === '/graphql' ? graphql : routeOf(path);
    if (!handler) return sendError(response, 404, 'NOT_FOUND', 'Nothing is here.');
    Promise.resolve()
      .then(() => handler(request, response))
      .catch((error: unknown) => answerFault(name, response, error));
  });
  server.keepAliveTimeout = 65_000;
  const socket = serveSubgraphSocket({ name, server, schema: options.schema, executor, verify, bodyLimitBytes });

  await listen(server, options.port, options.host);
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      stopping ??= Promise.all([socket.close(), closeServer(server)]);
      await stopping;
    },
  };
}

function answerFault(name: string, response: ServerResponse, error: unknown): void {
  // The client went away while it was sending.
  if (response.req.errored) return;
  if (error instanceof BodyTooLarge) {
    sendError(response, 413, 'BAD_REQUEST', 'The body is too large.');
    return;
  }
  log.error({ err: error, subgraph: name }, 'request failed');
  if (response.headersSent) response.destroy();
  else sendError(response, 500, 'INTERNAL', 'Something went wrong.');
}

const bearer = ({ headers }: IncomingMessage): string => /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';

function operationFrom(body: string): SubgraphRequest | null {
  try {
    const { query, variables, operationName } = JSON.parse(body);
    return typeof query === 'string' ? { query, variables: variables ?? {}, operationName } : null;
  } catch {
    return null;
  }
}

/** Resolves once the server listens; rejects when the port cannot be had. */
export const listen = (server: Server, port: number, host?: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** Waits for requests under way, but not for idle connections, nor longer than ten seconds. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that is busy now stays open for its client's next request once it has been answered.
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
  const timer = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(timer);
}
