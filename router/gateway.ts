import './apollo.config.ts';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import type { Identity } from '#platform/auth/viewer.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import type { Admission } from './admission.ts';
import { admissionPlugin } from './admission-plugin.ts';
import { AnswerTags } from './caching/answer-tags.ts';
import type { Cache } from './caching/cache.ts';
import { withEntityCache } from './caching/entity-cache.ts';
import type { RouterContext } from './context.ts';
import { type DataSource, type HeadersFor, transportDataSource } from './data-source.ts';
import { type Executor, plannedExecutor } from './execution/planned-executor.ts';
import type { OperationLimits } from './limits.ts';
import type { RouterLog } from './log.ts';
import { operationRules } from './operations.ts';
import type { FormatError } from './public-error.ts';
import type { LoadedSupergraph } from './supergraph.ts';
import { requestPlugin } from './telemetry/request-plugin.ts';
import type { ResponseHeaders } from './upstream/response-headers.ts';

export interface GatewayOptions {
  supergraph(): LoadedSupergraph;
  admission(): Admission;
  readonly transport: SubgraphTransport;
  readonly headersFor: HeadersFor;
  readonly responseHeaders: ResponseHeaders | null;
  readonly cache: Cache;
  /** Called after each mutation. */
  written(by: Identity): void;
  readonly limits: OperationLimits;
  readonly introspection: boolean;
  readonly formatError: FormatError;
  readonly log: RouterLog;
}

export interface Gateway {
  readonly server: ApolloServer<RouterContext>;
  /** By name, as the plans call them; subscriptions execute the rest of their plans with them. */
  readonly services: Readonly<Record<string, DataSource>>;
}

/** Apollo's query planner plans, `execution/` runs the plans; Apollo Server speaks the protocol's fine print. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { transport, limits, log, cache, headersFor } = options;
  const { sdl, apiSchema, supergraphSchema, subgraphs } = options.supergraph();
  const tags = new AnswerTags(sdl, supergraphSchema);
  const services = Object.fromEntries(
    subgraphs.map(({ name }) => {
      const source = transportDataSource(name, transport, log, headersFor, options.responseHeaders);
      return [name, withEntityCache(source, { subgraph: name, cache, tags, headersFor })];
    }),
  );
  const server = new ApolloServer<RouterContext>({
    // In the place of Apollo's own, which builds schema and planner a second time: 430 ms of CPU for a swap of the shop's instead of 270.
    gateway: {
      onSchemaLoadOrUpdate(listener) {
        listener({ apiSchema, coreSupergraphSdl: sdl });
        return () => undefined;
      },
      load: async () => ({
        executor: completing(plannedExecutor({ supergraph: options.supergraph, services }), tags, options.written),
      }),
      stop: async () => undefined,
    },
    introspection: options.introspection,
    formatError: options.formatError,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: operationRules(limits),
    // `persisted/` has put the text in place of its hash.
    persistedQueries: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    logger: apolloLog(log),
    // `admission` remembers what was parsed and validated.
    documentStore: null,
    plugins: [
      // `caching/` does.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      requestPlugin(log),
      onlyWhatHttpAnswers,
      admissionPlugin(options.admission, options.formatError),
    ],
  });
  await server.start();
  return { server, services };
}

/** Gives each answer the shape that was asked for. */
const completing =
  (execute: Executor, tags: AnswerTags, written: GatewayOptions['written']): Executor =>
  async (request) => {
    const { admitted, policies, identity } = request.context as RouterContext;
    const isQuery = request.operation.operation === 'query';
    policies?.begin(isQuery, admitted?.isGuarded ?? true);
    const result = await execute(request);
    if (!isQuery) written(identity);
    const completed = admitted ? (admitted.complete(result) as typeof result) : result;
    policies?.conclude(tags, request.document, request.request.operationName, completed);
    return completed;
  };

/** Else the gateway would answer these with a fault of its own. */
const onlyWhatHttpAnswers: ApolloServerPlugin<RouterContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (!operation)
          throw badRequest('OPERATION_RESOLUTION_FAILURE', 'Name in operationName the operation to execute.');
        if (operation.operation === 'subscription')
          throw badRequest(
            'BAD_REQUEST',
            'Subscriptions are served here over WebSocket (graphql-transport-ws), as text/event-stream and as multipart/mixed;subscriptionSpec=1.0: connect so, or accept one of these.',
          );
      },
    };
  },
};

const badRequest = (code: string, message: string) =>
  new GraphQLError(message, { extensions: { code, http: { status: 400 } } });

const apolloLog = (log: RouterLog) => ({
  debug() {},
  info() {},
  warn: (message?: unknown) => log.warn({ by: 'apollo' }, String(message)),
  error: (message?: unknown) => log.error({ by: 'apollo' }, String(message)),
});
