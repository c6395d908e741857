import { ERRORS, errorCodeDef } from '@apollo/federation-internals';
import type { ApolloGateway } from '@apollo/gateway';
import { isObjectOfType } from '@apollo/gateway/dist/dataRewrites.js';
import { generateHydratedPaths } from '@apollo/gateway/dist/executeQueryPlan.js';
import { deepMerge } from '@apollo/gateway/dist/utilities/deepMerge.js';
import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode, ResponsePath } from '@apollo/query-planner';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { inSpan } from '#platform/telemetry/traces.ts';
import type { DataSource } from '../data-source.ts';

export type GatewayExecutor = ApolloGateway['executor'];
export type RequestContext = Parameters<GatewayExecutor>[0];
type Data = Record<string, unknown>;

interface Run {
  readonly supergraphSchema: GraphQLSchema;
  readonly services: Readonly<Record<string, DataSource>>;
  readonly request: RequestContext;
  readonly data: Data;
  readonly errors: GraphQLError[];
}

/** Where in the answer a node works: one object, or all the entities of a list. */
interface Place {
  readonly path: ResponsePath;
  readonly data: unknown;
}

/** Sequences and parallels of fetches; conditions, deferred parts and renamed fields are left to the gateway. */
export const isCovered = (node: QueryPlan['node']): node is PlanNode => {
  if (node?.kind === 'Sequence' || node?.kind === 'Parallel') return node.nodes.every(isCovered);
  if (node?.kind === 'Flatten') return isCovered(node.node);
  return node?.kind === 'Fetch' && !node.inputRewrites && !node.outputRewrites && !node.contextRewrites;
};

/** Asks the subgraphs as the plan has it and joins what they answer, as the gateway's `executeQueryPlan` does. */
export async function runPlan(node: PlanNode, run: Run): Promise<void> {
  await runNode(run, node, { path: [], data: run.data });
}

async function runNode(run: Run, node: PlanNode, place: Place): Promise<void> {
  if (node.kind === 'Sequence') {
    await inSpan('Sequence', {}, async () => {
      for (const child of node.nodes) await runNode(run, child, place);
    });
  } else if (node.kind === 'Parallel') {
    await inSpan('Parallel', {}, () => Promise.all(node.nodes.map((child) => runNode(run, child, place))));
  } else if (node.kind === 'Flatten') {
    const data = flattened(place.data, node.path, 0);
    const path = place.path.concat(node.path);
    if (data)
      await inSpan('Flatten', { 'graphql.path': path.join('.') }, () => runNode(run, node.node, { path, data }));
  } else if (node.kind === 'Fetch') {
    try {
      await runFetch(run, node, place);
    } catch (error) {
      run.errors.push(error as GraphQLError);
    }
  }
}

function flattened(value: unknown, path: ResponsePath, at: number): unknown {
  if (at === path.length || value == null) return value;
  if (path[at] === '@') return (value as unknown[]).flatMap((element) => flattened(element, path, at + 1));
  const name = path[at] as string;
  return Object.hasOwn(value, name) ? flattened((value as Data)[name], path, at + 1) : undefined;
}

async function runFetch(run: Run, fetch: FetchNode, place: Place): Promise<void> {
  const places = (Array.isArray(place.data) ? place.data : [place.data]) as (Data | null | undefined)[];
  const entities = places.filter((entity) => entity != null);
  if (entities.length === 0) return;
  const variables = variablesOf(fetch, run.request.request.variables);
  if (!fetch.requires) {
    const data = await send(run, fetch, place, variables);
    for (const entity of entities) deepMerge(entity, data);
    return;
  }
  const asked: Data[] = [];
  const representations: Data[] = [];
  for (const entity of entities) {
    const representation = represent(run.supergraphSchema, entity, fetch.requires);
    if (!representation?.__typename) continue;
    asked.push(entity);
    representations.push(representation);
  }
  if (asked.length === 0) return;
  const data = await send(run, fetch, place, { ...variables, representations });
  if (!data) return;
  const received = data._entities;
  if (!Array.isArray(received)) throw new Error('Expected "data._entities" in response to be an array');
  if (received.length !== asked.length)
    throw new Error(`Expected "data._entities" to contain ${asked.length} elements`);
  asked.forEach((entity, index) => {
    if (received[index] && !received[index].__typename) received[index].__typename = entity.__typename;
    deepMerge(entity, received[index]);
  });
}

function variablesOf({ variableUsages = [] }: FetchNode, given: Data | undefined): Data {
  const variables: Data = Object.create(null);
  for (const name of variableUsages) {
    if (given && Object.hasOwn(given, name) && given[name] !== undefined) variables[name] = given[name];
  }
  return variables;
}

/** What another subgraph needs to know of an entity; null when the answer lacks a part of it. */
function represent(
  schema: GraphQLSchema,
  source: Data | null,
  selections: readonly QueryPlanSelectionNode[],
): Data | null {
  if (source === null) return null;
  const result: Data = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      if (selection.typeCondition && isObjectOfType(schema, source, selection.typeCondition))
        deepMerge(result, represent(schema, source, selection.selections));
      continue;
    }
    const name = selection.alias ?? selection.name;
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    if (value === undefined) return null;
    const { selections: inner } = selection;
    if (!inner) result[name] = value;
    else if (Array.isArray(value)) result[name] = value.map((element) => represent(schema, element, inner));
    else result[name] = represent(schema, value as Data | null, inner);
  }
  return result;
}

async function send(run: Run, fetch: FetchNode, place: Place, variables: Data): Promise<Data | null | undefined> {
  const service = run.services[fetch.serviceName];
  if (!service) throw new Error(`Couldn't find service with name "${fetch.serviceName}"`);
  const { operation: query, operationName } = fetch;
  // The data sources read no more of it than this.
  const asked = { request: { query, variables, operationName }, context: run.request.context };
  const { data, errors } = await service.process(asked as unknown as Parameters<DataSource['process']>[0]);
  if (errors) {
    const pathOf = pathFinder(run, fetch, place);
    for (const error of errors) run.errors.push(errorOf(fetch.serviceName, error, pathOf(error.path)));
  }
  return data;
}

/** From a path in a subgraph's answer to the path in the client's. */
function pathFinder({ data }: Run, fetch: FetchNode, place: Place) {
  let entities: ResponsePath[] | undefined;
  return (path: GraphQLFormattedError['path']): (string | number)[] | undefined => {
    const index = path?.[1];
    if (!path || !fetch.requires || typeof index !== 'number') return path && [...place.path, ...path];
    if (!entities) {
      entities = [];
      generateHydratedPaths([], place.path, data, entities);
    }
    return [...(entities[index] ?? []), ...path.slice(2)];
  };
}

function errorOf(serviceName: string, error: GraphQLFormattedError, path: (string | number)[] | undefined) {
  const message = error.message || `Error while fetching subquery from service "${serviceName}"`;
  const options = {
    originalError: error as GraphQLError,
    path,
    extensions: { ...error.extensions, serviceName },
  };
  const known = errorCodeDef(error);
  if (!known && error.extensions?.code) return new GraphQLError(message, options);
  return (known ?? ERRORS.DOWNSTREAM_SERVICE_ERROR).err(message, options);
}
