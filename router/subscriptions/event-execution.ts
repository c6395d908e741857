import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { DocumentNode, ExecutionResult } from 'graphql';
import type { RouterContext } from '../context.ts';
import type { DataSource } from '../data-source.ts';
import type { LoadedSupergraph } from '../supergraph.ts';
import { EVENT_SERVICE, type SubscriptionPlan } from './plan.ts';

export interface ClientOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Answer = Awaited<ReturnType<DataSource['process']>>;
type RequestContext = Parameters<typeof executeQueryPlan>[2];

/** Makes an event whole: the gateway's own executor runs the plan, the event standing in for its first fetch. */
export async function executeEvent(
  supergraph: LoadedSupergraph,
  plan: SubscriptionPlan,
  { document, operationName, variables }: ClientOperation,
  event: ExecutionResult,
  services: Readonly<Record<string, DataSource>>,
  context: RouterContext,
): Promise<ExecutionResult> {
  const operationContext = buildOperationContext({
    schema: supergraph.apiSchema,
    operationDocument: document,
    ...(operationName ? { operationName } : {}),
  });
  const eventService: DataSource = { process: async () => event as Answer };
  const requestContext = { request: { variables }, context, metrics: {}, logger: SILENT };
  return executeQueryPlan(
    plan.perEvent,
    { ...services, [EVENT_SERVICE]: eventService } as ServiceMap,
    // The executor reads no more of it than this.
    requestContext as unknown as RequestContext,
    operationContext,
    supergraph.supergraphSchema,
    supergraph.plannerApiSchema,
  );
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
