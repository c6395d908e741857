import { SpanKind } from '@opentelemetry/api';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { fail, inSpan } from '#platform/telemetry/traces.ts';
import { type SubgraphTransport, SubgraphUnavailable } from '#platform/transport/transport.ts';
import type { RouterContext } from './context.ts';
import type { SubgraphFetch } from './execution/subgraph-fetch.ts';
import type { RouterLog } from './log.ts';
import { UNAVAILABLE } from './public-error.ts';
import { countFetch } from './telemetry/router-metrics.ts';
import type { ResponseHeaders } from './upstream/response-headers.ts';

/** One subgraph as the executor asks it. */
export interface DataSource {
  /** The answer is the executor's own to change. */
  process(asked: { readonly request: SubgraphFetch; readonly context: RouterContext }): Promise<ExecutionResult>;
}

/** A subgraph over the transport. Nothing of the incoming HTTP request is forwarded but what a rule lets through. */
export function transportDataSource(
  subgraph: string,
  transport: SubgraphTransport,
  log: RouterLog,
  headersFor: HeadersFor = () => undefined,
  responseHeaders: ResponseHeaders | null = null,
): DataSource {
  return {
    process({ request, context }) {
      const { identity, unavailable, record, asker } = context;
      record?.fetches.set(subgraph, (record.fetches.get(subgraph) ?? 0) + 1);
      request.headers = headersFor(subgraph, asker.headers);
      const attributes = { 'subgraph.name': subgraph };
      return inSpan(
        `fetch ${subgraph}`,
        attributes,
        async (span) => {
          const startedMs = performance.now();
          const seconds = () => (performance.now() - startedMs) / 1_000;
          try {
            const result = await transport.query(subgraph, request, identity);
            if (responseHeaders && record && result.headers) responseHeaders.collect(subgraph, record, result.headers);
            countFetch(subgraph, result.errors ? 'errors' : 'ok', seconds());
            return result;
          } catch (error) {
            if (!(error instanceof SubgraphUnavailable)) throw error;
            countFetch(subgraph, 'unavailable', seconds());
            fail(span, error);
            if (unavailable.has(subgraph)) return { data: null };
            unavailable.add(subgraph);
            log.warn({ subgraph, reason: error.message }, 'subgraph unavailable');
            throw subgraphUnavailable();
          }
        },
        SpanKind.CLIENT,
      );
    },
  };
}

/** What of a client's headers goes to a subgraph, and what is added. */
export type HeadersFor = (
  subgraph: string,
  received: RouterContext['asker']['headers'],
) => Readonly<Record<string, string>> | undefined;

export const subgraphUnavailable = (): GraphQLError =>
  new GraphQLError(UNAVAILABLE, { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
