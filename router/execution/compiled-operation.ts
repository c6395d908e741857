import { operationFromDocument } from '@apollo/federation-internals';
import type { FetchNode, PlanNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { inSpanSync } from '#platform/telemetry/traces.ts';
import type { RouterContext } from '../context.ts';
import type { DataSource } from '../data-source.ts';
import type { LoadedSupergraph } from '../supergraph.ts';
import { countPlanLook } from '../telemetry/router-metrics.ts';
import { type ObjectShape, shapeOfAnswer } from './answer-shape.ts';
import { completeAnswer } from './complete-answer.ts';
import { type Conditions, conditionVariables, decided } from './conditions.ts';
import type { Data } from './data.ts';
import { introspection } from './introspection.ts';
import { type PreparedStep, prepareSteps } from './prepared-steps.ts';
import { rewriteOf } from './rewrites.ts';
import { type Run, runSteps } from './run-steps.ts';
import { type Introspect, shapeAnswer } from './shape-answer.ts';
import { subgraphError } from './subgraph-errors.ts';

export interface Execution {
  readonly services: Readonly<Record<string, DataSource>>;
  readonly context: RouterContext;
  readonly variables: Readonly<Data> | undefined;
}

/** An operation with all made that depends on its text alone. */
export interface CompiledOperation {
  readonly operation: OperationDefinitionNode;
  /** Of a subscription: what brings the events. */
  readonly upstream: FetchNode | undefined;
  /** Refuses variables that are not of their types. */
  execute(execution: Execution): Promise<ExecutionResult>;
  /** Of a subscription: makes the answer out of an event, which the upstream operation of the plan brought. */
  complete(execution: Execution, event: ExecutionResult): Promise<ExecutionResult>;
}

/** What follows from the document and the values of its conditions. */
interface Variant {
  readonly steps: readonly PreparedStep[];
  readonly shape: ObjectShape;
}

/** Conditions in one operation could take 2ⁿ values; those beyond are made again each time. */
const MAX_VARIANTS = 64;

const compiled = new WeakMap<LoadedSupergraph, WeakMap<DocumentNode, Map<string, CompiledOperation>>>();

/** Kept as long as the document, which Apollo Server keeps, and the supergraph. */
export function compileOperation(
  loaded: LoadedSupergraph,
  document: DocumentNode,
  operationName: string | undefined,
): CompiledOperation {
  const ofSupergraph = compiled.get(loaded) ?? new WeakMap<DocumentNode, Map<string, CompiledOperation>>();
  compiled.set(loaded, ofSupergraph);
  const ofDocument = ofSupergraph.get(document) ?? new Map<string, CompiledOperation>();
  ofSupergraph.set(document, ofDocument);
  let operation = ofDocument.get(operationName ?? '');
  countPlanLook(operation ? 'hit' : 'miss');
  if (!operation) {
    const asked = getOperationAST(document, operationName);
    if (!asked) throw new GraphQLError('Name in operationName the operation to execute.');
    operation = inSpanSync('plan', () => compile(loaded, document, asked, planOf(loaded, document, operationName)));
    ofDocument.set(operationName ?? '', operation);
  }
  return operation;
}

interface Plan {
  readonly upstream?: FetchNode;
  /** The whole plan of a query or mutation; of a subscription what is to be done with each event. */
  readonly node: PlanNode | undefined;
}

function planOf(
  { planner, plannerApiSchema }: LoadedSupergraph,
  document: DocumentNode,
  operationName: string | undefined,
): Plan {
  const operation = operationFromDocument(plannerApiSchema, document, operationName ? { operationName } : {});
  const { node } = planner.buildQueryPlan(operation);
  return node?.kind === 'Subscription' ? { upstream: node.primary, node: node.rest } : { node };
}

function compile(
  { apiSchema, supergraphSchema }: LoadedSupergraph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { upstream, node }: Plan,
): CompiledOperation {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  const { variableDefinitions = [] } = operation;
  const names = conditionVariables(document);
  const introspect = introspection(apiSchema, operation, fragments);

  const rewriteEvent = rewriteOf(supergraphSchema, upstream?.outputRewrites);

  const variants = new Map<string, Variant>();
  const variantOf = (variables: Data): Variant => {
    const key = names.map((name) => (variables[name] === true ? 1 : 0)).join('');
    let variant = variants.get(key);
    if (!variant) {
      const conditions: Conditions = Object.fromEntries(names.map((name) => [name, variables[name] === true]));
      const left = node && decided(node, conditions);
      variant = {
        steps: left ? prepareSteps(left, supergraphSchema) : [],
        shape: shapeOfAnswer({ schema: apiSchema, fragments, conditions }, operation),
      };
      if (variants.size < MAX_VARIANTS) variants.set(key, variant);
    }
    return variant;
  };

  const run = async (
    { services, context, variables }: Execution,
    coerced: Data,
    data: Data,
    errors: GraphQLError[],
  ) => {
    const { steps, shape } = variantOf(coerced);
    const state: Run = { services, context, variables, data, errors };
    await runSteps(steps, state);
    return finish(shape, state, introspect(coerced));
  };

  return {
    operation,
    upstream,
    async execute(execution) {
      if (variableDefinitions.length === 0) return run(execution, {}, {}, []);
      const { coerced, errors } = getVariableValues(apiSchema, variableDefinitions, execution.variables ?? {});
      return errors ? { errors } : run(execution, coerced, {}, []);
    },
    async complete(execution, { data, errors = [] }) {
      const { coerced = {} } = getVariableValues(apiSchema, variableDefinitions, execution.variables ?? {});
      const told = errors.map((error) => subgraphError(upstream?.serviceName ?? '', error, error.path));
      if (data) rewriteEvent?.(data);
      return run(execution, coerced, data ?? {}, told);
    },
  };
}

function finish(shape: ObjectShape, { data, errors }: Run, introspect: Introspect): ExecutionResult {
  const answer = shapeAnswer(shape, data, introspect) ?? completeAnswer(shape, data, introspect, errors);
  return errors.length === 0 ? { data: answer } : { errors, data: answer };
}
