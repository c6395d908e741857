import type { DocumentNode, ExecutionResult } from 'graphql';
import type { RouterContext } from '../context.ts';
import type { DataSource } from '../data-source.ts';
import { compileOperation } from '../execution/compiled-operation.ts';
import type { LoadedSupergraph } from '../supergraph.ts';

export interface ClientOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Makes an event whole: the fields that other subgraphs have are fetched, and the answer gets the shape asked for. */
export async function executeEvent(
  supergraph: LoadedSupergraph,
  { document, operationName, variables }: ClientOperation,
  event: ExecutionResult,
  services: Readonly<Record<string, DataSource>>,
  context: RouterContext,
): Promise<ExecutionResult> {
  return compileOperation(supergraph, document, operationName).complete({ services, context, variables }, event);
}
