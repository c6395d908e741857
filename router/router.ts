import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DrainOptions, drain, drainable } from '#platform/graphql/drain-server.ts';
import { sendError, sendJson } from '#platform/graphql/http-body.ts';
import { type HttpRoutes, pathOf, routeFinder } from '#platform/graphql/http-routes.ts';
import { listen } from '#platform/graphql/serve-subgraph.ts';
import { log as platformLog } from '#platform/telemetry/log.ts';
import type { AuthorizationOptions } from './authorization/authorization.ts';
import { AnswersUnderWay } from './caching/answers-under-way.ts';
import { Cache } from './caching/cache.ts';
import { type CachingOptions, DEFAULT_CACHING } from './caching/caching-options.ts';
import { invalidationEndpoint } from './caching/invalidation-endpoint.ts';
import { ResponseCache } from './caching/response-cache.ts';
import { clientAddressReader } from './client-address.ts';
import { DEFAULT_COMPRESS_ABOVE_BYTES } from './compression.ts';
import { type ConnectionLimits, DEFAULT_CONNECTION_LIMITS, impatientServer } from './connection-limits.ts';
import { corsFor } from './cors.ts';
import type { DemandOptions } from './demand/demand.ts';
import { makeGeneration, type TransportSource } from './generation.ts';
import { graphqlOverHttp } from './graphql-http.ts';
import { DEFAULT_LIMITS, type OperationLimits } from './limits.ts';
import type { RouterLog } from './log.ts';
import { memoryStore } from './persisted/operation-store.ts';
import { NO_SAFELIST, PersistedOperations, type PersistedOptions } from './persisted/persisted-operations.ts';
import { type PlaygroundExample, readExamples } from './playground-examples.ts';
import { playgroundFiles } from './playground-files.ts';
import { errorFormatter } from './public-error.ts';
import { DEFAULT_BEAT_MS, EventStreams } from './subscriptions/event-stream.ts';
import { FederatedSubscriptions } from './subscriptions/federated-subscriptions.ts';
import { DEFAULT_PING_MS, serveSocket } from './subscriptions/socket.ts';
import { recordedHttp } from './telemetry/recorded-http.ts';
import { observeSubscriptions } from './telemetry/router-metrics.ts';
import { deduplicated } from './upstream/deduplicated.ts';
import { HeaderRules, headersByRules } from './upstream/header-rules.ts';
import { ResponseHeaders } from './upstream/response-headers.ts';
import { type VerifyViewer, viewerReader } from './viewers.ts';

export interface RouterOptions {
  readonly supergraphSdl: string;
  readonly transport: TransportSource;
  /** What of a client's headers goes to subgraphs over HTTP, and of theirs to it. Default nothing. */
  readonly headerRules?: HeaderRules;
  /** Whether equal queries of one viewer that are under way at once are one, as a whole and fetch by fetch. Default true. */
  readonly deduplicate?: boolean;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  /** Called with the `Authorization` of a request or of `connection_init`; throws when its token is no good. */
  readonly verifyViewer: VerifyViewer;
  /** Origins whose pages may read answers. */
  readonly corsOrigins: readonly string[];
  /** The folder of the built playground, served at `/`; null serves none. */
  readonly playground: string | null;
  /** A folder of operations, the tabs of a first visit to the playground; see `readExamples`. */
  readonly playgroundExamples?: string | undefined;
  /** Whether clients may ask for the schema. Default true. */
  readonly introspection?: boolean;
  /** Further HTTP handlers on this port, by path. */
  readonly routes?: HttpRoutes;
  /** For `/health/ready`. */
  isReady(): boolean;
  /** Whether clients hear what subgraphs say of their errors. Default `masked`. */
  readonly subgraphErrors?: 'masked' | 'told';
  readonly limits?: Partial<OperationLimits>;
  /** How the supergraph's `@authenticated`, `@requiresScopes` and `@policy` are enforced. */
  readonly authorization?: Partial<AuthorizationOptions>;
  /** How costly operations may be, by `@cost` and `@listSize`. */
  readonly demand?: Partial<DemandOptions>;
  /** Automatic persisted queries, kept in memory by default, and a safelist, of which there is none. */
  readonly persisted?: Partial<Pick<PersistedOptions, 'store' | 'safelist'>>;
  /** Addresses or networks whose `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: readonly string[];
  /** How answers and entities are kept that are the same for everybody; null keeps none. */
  readonly caching?: Partial<CachingOptions> | null;
  /** Default 256 KiB. */
  readonly bodyLimitBytes?: number;
  /** Longer answers are packed for clients that take that. Default 1,400; `Infinity` packs none. */
  readonly compressAboveBytes?: number;
  /** Events that one subscriber may be behind before it is closed. Default 256. */
  readonly subscriberQueueLength?: number;
  /** Default 100. */
  readonly operationsPerSocket?: number;
  /** How long a socket may wait with `connection_init`. Default 3,000. */
  readonly initTimeoutMs?: number;
  /** How often a socket is asked whether it lives. Default 12,000. */
  readonly pingMs?: number;
  /** How often a streamed answer says that it lives. Default 5,000. */
  readonly beatMs?: number;
  /** What an address and a viewer may hold open, and how slow they may be. */
  readonly connections?: Partial<ConnectionLimits>;
  readonly log?: RouterLog;
}

export interface Router {
  readonly port: number;
  /** Swaps the supergraph without losing a request; throws, and changes nothing, when the new one is wrong. */
  update(supergraphSdl: string): Promise<void>;
  /** The operations of the safelist from now on, by id. */
  updateSafelist(operations: ReadonlyMap<string, string>): void;
  /** Is not ready from now on, then takes no more, ends sockets with 1001 and waits for what is under way, for so long. */
  close(options?: DrainOptions): Promise<void>;
}

const INVALIDATE = '/cache/invalidate';

/** The one door to the graph: HTTP and WebSocket on /graphql, health, the playground, and what else is mounted. */
export async function startRouter(options: RouterOptions): Promise<Router> {
  const { introspection = true, bodyLimitBytes = 256 * 1024, log = platformLog } = options;
  const { compressAboveBytes = DEFAULT_COMPRESS_ABOVE_BYTES } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const connections = { ...DEFAULT_CONNECTION_LIMITS, ...options.connections };
  const formatError = errorFormatter(log, options.subgraphErrors);
  const verified = viewerReader(options.verifyViewer);
  const addressOf = clientAddressReader(options.trustedProxies ?? []);

  const caching = { ...DEFAULT_CACHING, ...options.caching, ...(options.caching === null ? { maxBytes: 0 } : {}) };
  const cache = new Cache(caching);
  const headerRules = options.headerRules ?? HeaderRules.parse({});
  const headersFor = headersByRules(headerRules);
  const responseHeaders = ResponseHeaders.by(headerRules);
  // A subgraph's header, a cookie say, is for one request: with rules for them no two share an answer.
  const shares = responseHeaders === null;
  const deduplicates = shares && options.deduplicate !== false;
  const underWay = deduplicates ? new AnswersUnderWay() : null;
  const transport = deduplicates ? deduplicatedSource(options.transport) : options.transport;
  const make = (sdl: string) =>
    makeGeneration(sdl, {
      transport,
      headersFor,
      responseHeaders,
      cache,
      written: (by) => underWay?.part(by),
      authorization: options.authorization,
      demand: options.demand,
      limits,
      introspection,
      formatError,
      log,
    });

  let served = await make(options.supergraphSdl);
  const generation = () => served;
  const queueLength = options.subscriberQueueLength ?? 256;
  const subscriptions = new FederatedSubscriptions({
    generation,
    formatError,
    responseHeaders,
    log,
    queueLength,
    connections,
  });
  const persisted = new PersistedOperations({
    store: memoryStore(),
    safelist: NO_SAFELIST,
    ...options.persisted,
    log,
    isValid: (query) => 'document' in served.admission.read(query),
  });

  const streams = new EventStreams({
    subscriptions,
    formatError,
    responseHeaders,
    unreadMs: connections.unreadMs,
    beatMs: options.beatMs ?? DEFAULT_BEAT_MS,
  });
  const examples = options.playgroundExamples === undefined ? [] : await readExamples(options.playgroundExamples);
  let updating: Promise<unknown> = Promise.resolve();
  let stopping: Promise<void> | undefined;
  const graphql = recordedHttp(
    log,
    graphqlOverHttp({
      generation,
      verified,
      addressOf,
      bodyLimitBytes,
      persisted,
      formatError,
      compressAboveBytes,
      streams,
      cache,
      responses: options.caching === null || !shares ? null : new ResponseCache(cache),
      responseHeaders,
      underWay,
      tellCache: caching.tellCache,
    }),
  );
  const { invalidationSecret } = caching;
  const invalidate =
    invalidationSecret === null ? {} : { [INVALIDATE]: invalidationEndpoint(cache, invalidationSecret) };
  const serve = requestListener(
    { ...options, routes: { ...options.routes, ...invalidate } },
    graphql,
    () => !stopping,
    examples,
  );
  const server = impatientServer(connections);
  const draining = drainable(server);
  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      // The client went away while it was sending.
      if (request.errored) return;
      log.error({ err: error }, 'request failed');
      if (response.headersSent) response.destroy();
      else sendError(response, 500, 'INTERNAL', 'Something went wrong on our side.');
    });
  });
  // Longer than load balancers and our own pools keep theirs, so that the other end is the one to close.
  server.keepAliveTimeout = 65_000;
  const socket = serveSocket({
    server,
    generation,
    subscriptions,
    persisted,
    verified,
    addressOf,
    formatError,
    bodyLimitBytes,
    operationsPerSocket: options.operationsPerSocket ?? 100,
    initTimeoutMs: options.initTimeoutMs ?? 3_000,
    pingMs: options.pingMs ?? DEFAULT_PING_MS,
    connections,
  });
  await listen(server, options.port, options.host);
  const stopObserving = observeSubscriptions({
    subscribers: () => subscriptions.subscribers,
    upstreams: () => subscriptions.upstreams,
    sockets: () => socket.size,
  });

  return {
    port: (server.address() as AddressInfo).port,
    update(supergraphSdl) {
      const swap = async () => {
        served = await make(supergraphSdl);
        cache.forget();
        subscriptions.revise();
      };
      const swapped = updating.then(swap);
      // The next one waits for it, and does not fail with it.
      updating = swapped.catch(() => undefined);
      return swapped;
    },
    updateSafelist: (operations) => persisted.list(operations),
    close(options = {}) {
      stopping ??= drain(draining, options, () => {
        streams.close();
        return socket.close();
      }).then(() => {
        stopObserving();
        cache.close();
        return served.apollo.stop();
      });
      return stopping;
    },
  };
}

const deduplicatedSource = (source: TransportSource): TransportSource =>
  typeof source === 'function' ? (supergraph) => deduplicated(source(supergraph)) : deduplicated(source);

function requestListener(
  options: RouterOptions,
  graphql: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
  isOpen: () => boolean,
  examples: readonly PlaygroundExample[],
) {
  const cors = corsFor(options.corsOrigins);
  const routeOf = routeFinder(options.routes ?? {});
  const playground = options.playground === null ? null : playgroundFiles(options.playground, examples);

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    if (path === '/health/live') return sendJson(response, 200, { status: 'live' });
    if (path === '/health/ready') {
      const ready = isOpen() && options.isReady();
      return sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' });
    }
    if (playground && (await playground(request, response, path))) return;
    if (path === '/graphql') {
      if (cors(request, response)) return;
      return graphql(request, response);
    }
    const handler = routeOf(path);
    if (handler) return handler(request, response);
    sendError(response, 404, 'NOT_FOUND', 'Nothing is here; the API is at /graphql.');
  };
}
