import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { type GraphQLError, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import type { DataSource } from '../data-source.ts';
import { loadSupergraph } from '../supergraph.ts';
import { randomOf, randomOperation } from '../testing/random-operations.ts';
import { randomSubgraph, type Trouble } from '../testing/random-subgraphs.ts';
import { plannedExecutor } from './planned-executor.ts';
import type { GatewayExecutor, RequestContext } from './run-plan.ts';

const supergraph = loadSupergraph(readFileSync(inProject('router/schema/supergraph.graphql'), 'utf8'));
const OPERATIONS = 120;

const NO_TROUBLE: Trouble = { failedFetch: 0, error: 0, nullInNonNull: 0, invalidLeaf: 0 };
const TROUBLES: Record<string, Trouble> = {
  'all is well': NO_TROUBLE,
  'subgraphs are down': { ...NO_TROUBLE, failedFetch: 0.4 },
  'fields fail': { ...NO_TROUBLE, error: 0.05 },
  'subgraphs break their promises': { ...NO_TROUBLE, nullInNonNull: 0.01, invalidLeaf: 0.01 },
  'everything goes wrong': { failedFetch: 0.1, error: 0.03, nullInNonNull: 0.005, invalidLeaf: 0.005 },
};

/** The gateway as it comes, and ours over it, on equal subgraphs; `left` counts what ours leaves to the gateway. */
async function executors(seed: string, trouble: Trouble) {
  const services: Record<string, DataSource> = {};
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    validateSupergraph: false,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    buildService: ({ name }) => {
      const source = randomSubgraph(supergraph.supergraphSchema, name, seed, trouble);
      services[name] = source;
      return source;
    },
  });
  const { executor } = (await gateway.load()) as { executor: GatewayExecutor };
  const left = { count: 0 };
  const counted: GatewayExecutor = (request) => {
    left.count += 1;
    return executor(request);
  };
  const ours = plannedExecutor({ supergraph: () => supergraph, services, gateway: counted });
  return { executor, ours, left, stop: () => gateway.stop() };
}

function requestFor(query: string, variables: Record<string, unknown> = {}): RequestContext {
  const document = parse(query);
  expect(validate(supergraph.apiSchema, document)).toEqual([]);
  const request = { query, variables };
  return { request, document, queryHash: query, context: {}, metrics: {} } as unknown as RequestContext;
}

/**
 * As a client gets it. Not compared: the order of errors, as parallel fetches may fail in either, and of fields, which
 * the gateway moves out of the order asked for where there are fragments, and ours does not.
 */
async function answerOf(executor: GatewayExecutor, request: RequestContext) {
  const { data, errors = [], extensions } = await executor(request);
  const told = (errors as GraphQLError[]).map(({ message, path, extensions }) =>
    JSON.stringify({ message, path, code: extensions?.code }),
  );
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: told.sort(),
    extensions: JSON.stringify(extensions),
  };
}

test.each(Object.entries(TROUBLES))(
  'answers as the gateway does when %s',
  { timeout: 120_000 },
  async (name, trouble) => {
    const { executor, ours, left, stop } = await executors(name, trouble);
    let withErrors = 0;
    for (let i = 0; i < OPERATIONS; i++) {
      const query = randomOperation(supergraph.apiSchema, randomOf(`${name} ${i}`));
      const expected = await answerOf(executor, requestFor(query));
      expect(await answerOf(ours, requestFor(query)), query).toEqual(expected);
      if (expected.errors.length > 0) withErrors += 1;
    }
    await stop();
    expect(left.count, 'left to the gateway').toBeLessThan(OPERATIONS / 2);
    if (trouble === NO_TROUBLE) expect(withErrors).toBe(0);
    else if (trouble.failedFetch || trouble.error) expect(withErrors).toBeGreaterThan(OPERATIONS / 10);
  },
);

test('answers fields in the order asked for', async () => {
  const { ours, left, stop } = await executors('order', NO_TROUBLE);
  const query = '{ ... on Query { b: shop { name } } a: shop { currency ... on Shop { name } } b: shop { currency } }';
  const { data } = await ours(requestFor(query));
  const keys = Object.entries(data as object).map(([name, shop]) => [name, Object.keys(shop)]);
  expect(keys).toEqual([
    ['b', ['name', 'currency']],
    ['a', ['currency', 'name']],
  ]);
  expect(left.count).toBe(0);
  await stop();
});

test('leaves conditions, interfaces, introspection and refused variables to the gateway', async () => {
  const { executor, ours, left, stop } = await executors('left', NO_TROUBLE);
  const asked: [string, Record<string, unknown>?][] = [
    ['query ($no: Boolean!) { products { totalCount @include(if: $no) pageInfo { hasNextPage } } }', { no: false }],
    ['{ __schema { queryType { name } } products { totalCount } }'],
    ['{ __typename }'],
    ['query ($first: Int) { products(first: $first) { totalCount } }', { first: 'many' }],
  ];
  for (const [query, variables] of asked) {
    const before = left.count;
    const expected = await answerOf(executor, requestFor(query, variables));
    expect(await answerOf(ours, requestFor(query, variables)), query).toEqual(expected);
    expect(left.count, query).toBe(before + 1);
  }
  await stop();
});
