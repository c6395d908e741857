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
  parse,
  visit,
} from 'graphql';
import { inSpanSync } from '#platform/telemetry/traces.ts';
import type { RouterContext } from '../context.ts';
import type { DataSource } from '../data-source.ts';
import type { LoadedSupergraph } from '../supergraph.ts';
import { countPlanLook } from '../telemetry/router-metrics.ts';
import { type ObjectShape, shapeOfAnswer } from './answer-shape.ts';
import { ClientNames } from './client-names.ts';
import { completeAnswer } from './complete-answer.ts';
import { type Conditions, conditionVariables, decided } from './conditions.ts';
import type { Data } from './data.ts';
import { introspection } from './introspection.ts';
import { withTrueFields } from './planned-arguments.ts';
import { type PreparedStep, prepareSteps } from './prepared-steps.ts';
import { rewriteOf } from './rewrites.ts';
import { type Run, runSteps } from './run-steps.ts';
import { type Introspect, shapeAnswer } from './shape-answer.ts';
import { subgraphError } from './subgraph-errors.ts';

export interface Execution {
  readonly services: Readonly<Record<string, DataSource>>;
  readonly context: RouterContext;
  readonly variables: Readonly<Data> | undefined;
  /** The same as the schema has them, where that is known. */
  readonly coerced?: Readonly<Data> | undefined;
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
  readonly sharesEntities: boolean;
  readonly shape: ObjectShape;
  /** Root fields that no fetch of the plan asks for: the planner leaves out what it finds no way to. */
  readonly unanswered: readonly string[];
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
    const names = new ClientNames(loaded.required.read);
    operation = inSpanSync('plan', () =>
      compile(loaded, document, asked, planOf(loaded, names.document(document), operationName), names),
    );
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
  { planner, plannerApiSchema, required }: LoadedSupergraph,
  document: DocumentNode,
  operationName: string | undefined,
): Plan {
  const operation = operationFromDocument(plannerApiSchema, document, operationName ? { operationName } : {});
  const { node } = answerable(() => planner.buildQueryPlan(operation));
  const { upstream, rest } =
    node?.kind === 'Subscription' ? { upstream: node.primary, rest: node.rest } : { rest: node };
  return { ...(upstream && { upstream }), node: rest && withTrueFields(rest, required) };
}

/** A field that all subgraphs leave to each other composes nevertheless; the planner calls finding it a bug. */
function answerable<Result>(plan: () => Result): Result {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof Error) || !/able to find any options/.test(error.message)) throw error;
    throw new GraphQLError('No subgraph can answer all of this.', { originalError: error });
  }
}

function compile(
  { apiSchema, supergraphSchema }: LoadedSupergraph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { upstream, node }: Plan,
  names: ClientNames,
): CompiledOperation {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  const { variableDefinitions = [] } = operation;
  const deciding = conditionVariables(document);
  const introspect = introspection(apiSchema, operation, fragments);

  const rewriteEvent = rewriteOf(supergraphSchema, upstream?.outputRewrites);

  const variants = new Map<string, Variant>();
  const variantOf = (variables: Readonly<Data>): Variant => {
    const key = deciding.map((name) => (variables[name] === true ? 1 : 0)).join('');
    let variant = variants.get(key);
    if (!variant) {
      const conditions: Conditions = Object.fromEntries(deciding.map((name) => [name, variables[name] === true]));
      const left = node && decided(node, conditions);
      const shape = shapeOfAnswer({ schema: apiSchema, fragments, conditions, names }, operation);
      const steps = left ? prepareSteps(left, supergraphSchema) : [];
      variant = {
        steps,
        sharesEntities: !steps.some((step) => step.kind === 'entities' && step.contexts),
        shape,
        unanswered: upstream ? [] : unansweredFields(shape, left),
      };
      if (variants.size < MAX_VARIANTS) variants.set(key, variant);
    }
    return variant;
  };

  const run = async (
    { services, context, variables }: Execution,
    coerced: Readonly<Data>,
    data: Data,
    errors: GraphQLError[],
  ) => {
    const { steps, sharesEntities, shape, unanswered } = variantOf(coerced);
    const state: Run = { names, services, context, variables, data, sharesEntities, errors };
    await runSteps(steps, state);
    for (const name of unanswered) errors.push(new GraphQLError(`No subgraph can answer ${name}.`, { path: [name] }));
    if (unanswered.length > 0 && unanswered.length === shape.fields.length) return { errors, data: null };
    return finish(shape, state, introspect(coerced));
  };

  return {
    operation,
    upstream,
    async execute(execution) {
      if (execution.coerced) return run(execution, execution.coerced, {}, []);
      if (variableDefinitions.length === 0) return run(execution, {}, {}, []);
      const { coerced, errors } = getVariableValues(apiSchema, variableDefinitions, execution.variables ?? {});
      return errors ? { errors } : run(execution, coerced, {}, []);
    },
    async complete(execution, { data, errors = [] }) {
      const { coerced = {} } = getVariableValues(apiSchema, variableDefinitions, execution.variables ?? {});
      const told = errors.map((error) =>
        subgraphError(upstream?.serviceName ?? '', error, error.path && names.path(error.path)),
      );
      if (data) rewriteEvent?.(data);
      return run(execution, coerced, data ?? {}, told);
    },
  };
}

function unansweredFields(shape: ObjectShape, plan: PlanNode | undefined): string[] {
  const asked = new Set<string>();
  const collect = (node: PlanNode): void => {
    if (node.kind === 'Sequence' || node.kind === 'Parallel') node.nodes.forEach(collect);
    else if (node.kind === 'Fetch' && !node.requires) for (const name of rootNames(node.operation)) asked.add(name);
  };
  if (plan) collect(plan);
  return shape.fields.flatMap(({ name, from, shape: { kind } }) =>
    kind === 'typename' || kind === 'introspection' || asked.has(from) ? [] : [name],
  );
}

/** Of a subgraph's operation, whatever the fragments around its fields. */
function rootNames(operation: string): string[] {
  const document = parse(operation, { noLocation: true });
  const names: string[] = [];
  visit(document, {
    Field: ({ alias, name }) => {
      names.push((alias ?? name).value);
      return false;
    },
  });
  return names;
}

function finish(shape: ObjectShape, { data, errors }: Run, introspect: Introspect): ExecutionResult {
  const answer = shapeAnswer(shape, data, introspect) ?? completeAnswer(shape, data, introspect, errors);
  return errors.length === 0 ? { data: answer } : { errors, data: answer };
}
