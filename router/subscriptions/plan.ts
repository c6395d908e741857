import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError } from 'graphql';
import type { SubgraphRequest } from '#platform/transport/transport.ts';
import type { LoadedSupergraph } from '../supergraph.ts';

/** The service that answers the first fetch of an event's plan: the event itself. */
export const EVENT_SERVICE = '(event)';

export interface SubscriptionPlan {
  /** Who sends the events. */
  readonly subgraph: string;
  readonly upstream: Pick<SubgraphRequest, 'query' | 'operationName'>;
  /** Variables that the upstream operation takes. */
  readonly variables: readonly string[];
  /** What is executed for each event. */
  readonly perEvent: QueryPlan;
}

const MAX_PLANS = 1_000;
const plansOf = new WeakMap<LoadedSupergraph, WeakMap<DocumentNode, Map<string, SubscriptionPlan>>>();

/** Plans are kept as long as the document and the supergraph that they are made for. */
export function planSubscription(
  supergraph: LoadedSupergraph,
  document: DocumentNode,
  operationName: string | undefined,
): SubscriptionPlan {
  const plans = plansOf.get(supergraph) ?? new WeakMap<DocumentNode, Map<string, SubscriptionPlan>>();
  plansOf.set(supergraph, plans);
  const ofDocument = plans.get(document) ?? new Map<string, SubscriptionPlan>();
  plans.set(document, ofDocument);
  const known = ofDocument.get(operationName ?? '');
  if (known) return known;
  const plan = makePlan(supergraph, document, operationName);
  if (ofDocument.size < MAX_PLANS) ofDocument.set(operationName ?? '', plan);
  return plan;
}

function makePlan(
  { planner, plannerApiSchema }: LoadedSupergraph,
  document: DocumentNode,
  operationName: string | undefined,
): SubscriptionPlan {
  const operation = operationFromDocument(plannerApiSchema, document, operationName ? { operationName } : {});
  const { node } = planner.buildQueryPlan(operation);
  if (node?.kind !== 'Subscription')
    throw new GraphQLError('This is not a subscription.', { extensions: { code: 'BAD_REQUEST' } });
  const { primary, rest } = node;
  const event = { ...primary, serviceName: EVENT_SERVICE };
  return {
    subgraph: primary.serviceName,
    upstream: { query: primary.operation, operationName: primary.operationName },
    variables: primary.variableUsages ?? [],
    perEvent: { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [event, rest] } : event },
  };
}
