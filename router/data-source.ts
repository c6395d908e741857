import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { GraphQLError } from 'graphql';
import { type SubgraphTransport, SubgraphUnavailable } from '#platform/transport/transport.ts';
import type { RouterContext } from './context.ts';
import type { RouterLog } from './log.ts';
import { UNAVAILABLE } from './public-error.ts';

export type DataSource = GraphQLDataSource<RouterContext>;
type Response = Awaited<ReturnType<DataSource['process']>>;

/** One subgraph as the gateway's executor asks it. Nothing of the incoming HTTP request is forwarded. */
export function transportDataSource(subgraph: string, transport: SubgraphTransport, log: RouterLog): DataSource {
  return {
    async process({ request, context }: GraphQLDataSourceProcessOptions<RouterContext>): Promise<Response> {
      const { query = '', variables, operationName } = request;
      const { identity, unavailable } = context as RouterContext;
      try {
        return (await transport.query(subgraph, { query, variables, operationName }, identity)) as Response;
      } catch (error) {
        if (!(error instanceof SubgraphUnavailable)) throw error;
        if (unavailable.has(subgraph)) return { data: null };
        unavailable.add(subgraph);
        log.warn({ subgraph, reason: error.message }, 'subgraph unavailable');
        throw subgraphUnavailable();
      }
    },
  };
}

export const subgraphUnavailable = (): GraphQLError =>
  new GraphQLError(UNAVAILABLE, { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
