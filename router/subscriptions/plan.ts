import { type DocumentNode, GraphQLError } from 'graphql';
import type { SubgraphRequest } from '#platform/transport/transport.ts';
import { compileOperation } from '../execution/compiled-operation.ts';
import type { LoadedSupergraph } from '../supergraph.ts';

export interface SubscriptionPlan {
  /** Who sends the events. */
  readonly subgraph: string;
  readonly upstream: Pick<SubgraphRequest, 'query' | 'operationName'>;
  /** Variables that the upstream operation takes. */
  readonly variables: readonly string[];
}

/** The upstream part of a subscription's plan; the rest is executed for each event. Kept with the compiled operation. */
export function planSubscription(
  supergraph: LoadedSupergraph,
  document: DocumentNode,
  operationName: string | undefined,
): SubscriptionPlan {
  const { upstream } = compileOperation(supergraph, document, operationName);
  if (!upstream) throw new GraphQLError('This is not a subscription.', { extensions: { code: 'BAD_REQUEST' } });
  return {
    subgraph: upstream.serviceName,
    upstream: { query: upstream.operation, operationName: upstream.operationName },
    variables: upstream.variableUsages ?? [],
  };
}
