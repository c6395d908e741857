import type { ApolloGateway } from '@apollo/gateway';
import type { RouterContext } from '../context.ts';
import type { DataSource } from '../data-source.ts';
import type { LoadedSupergraph } from '../supergraph.ts';
import { compileOperation } from './compiled-operation.ts';

/** What Apollo Server gives an operation to. */
export type Executor = ApolloGateway['executor'];
export type RequestContext = Parameters<Executor>[0];

export interface PlannedExecutorOptions {
  supergraph(): LoadedSupergraph;
  readonly services: Readonly<Record<string, DataSource>>;
}

/** Executes the gateway's plans, with all that depends on the operation alone made once. */
export function plannedExecutor({ supergraph, services }: PlannedExecutorOptions): Executor {
  return async ({ document, request, context }) => {
    const { execute } = compileOperation(supergraph(), document, request.operationName);
    const { admitted } = context as RouterContext;
    const execution = {
      services,
      context: context as RouterContext,
      variables: request.variables,
      coerced: admitted?.variables,
    };
    return (await execute(execution)) as Awaited<ReturnType<Executor>>;
  };
}
