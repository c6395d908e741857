import { readFileSync } from 'node:fs';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import type { DataSource } from '../data-source.ts';
import { type LoadedSupergraph, loadSupergraph } from '../supergraph.ts';
import { randomOf, randomOperation, type Spread } from '../testing/random-operations.ts';
import { randomSubgraph, type Trouble } from '../testing/random-subgraphs.ts';
import { randomSupergraph } from '../testing/random-supergraph.ts';
import { type Executor, plannedExecutor, type RequestContext } from './planned-executor.ts';

const NO_TROUBLE: Trouble = { failedFetch: 0, error: 0, nullInNonNull: 0, invalidLeaf: 0 };
const TROUBLES: Record<string, Trouble> = {
  'all is well': NO_TROUBLE,
  'subgraphs are down': { ...NO_TROUBLE, failedFetch: 0.3 },
  'fields fail': { ...NO_TROUBLE, error: 0.05 },
  'subgraphs break their promises': { ...NO_TROUBLE, nullInNonNull: 0.01, invalidLeaf: 0.01 },
  'everything goes wrong': { failedFetch: 0.1, error: 0.03, nullInNonNull: 0.005, invalidLeaf: 0.005 },
};

interface Ground {
  readonly supergraph: LoadedSupergraph;
  readonly operations: number;
  readonly spread: Spread;
}

const GROUNDS: Record<string, Ground> = {
  'the shop': {
    supergraph: loadSupergraph(readFileSync(inProject('router/schema/supergraph.graphql'), 'utf8')),
    operations: 60,
    spread: { depth: 5, share: 0.45 },
  },
  'interfaces, unions and requirements': {
    supergraph: loadSupergraph(randomSupergraph()),
    operations: 40,
    spread: { depth: 3, share: 0.6 },
  },
};

/** The gateway as it comes, and ours, on equal subgraphs that count what each is asked. */
async function executors(supergraph: LoadedSupergraph, seed: string, trouble: Trouble) {
  const fetches = { gateway: 0, ours: 0 };
  const source = (name: string, by: keyof typeof fetches) => {
    const { process } = randomSubgraph(supergraph.supergraphSchema, name, seed, trouble);
    return {
      process: (asked: Parameters<typeof process>[0]) => {
        fetches[by] += 1;
        return process(asked);
      },
    };
  };
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    buildService: ({ name }) => source(name, 'gateway') as unknown as GraphQLDataSource,
  });
  const { executor } = (await gateway.load()) as { executor: Executor };
  const services = Object.fromEntries(supergraph.subgraphs.map(({ name }) => [name, source(name, 'ours')]));
  const ours = plannedExecutor({
    supergraph: () => supergraph,
    services: services as unknown as Record<string, DataSource>,
  });
  return { executor, ours, fetches, stop: () => gateway.stop() };
}

function requestFor({ apiSchema }: LoadedSupergraph, query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  expect(validate(apiSchema, document), query).toEqual([]);
  const request = { query, variables };
  const context = { salt: query };
  return { request, document, queryHash: query, context, metrics: {} } as unknown as RequestContext;
}

const placed = ({ path, extensions }: Pick<GraphQLError, 'path' | 'extensions'>) =>
  JSON.stringify({ path, code: extensions?.code });

/** The gateway counts entities wrongly where it left some out, and tells of another's place: see the conformance suite. */
const anywhere = ({ path, extensions }: GraphQLError) => ({
  path: path?.map((step) => (typeof step === 'number' ? '@' : step)),
  extensions,
});

function isInPlace(data: unknown, path: GraphQLError['path'] = []): boolean {
  let parent = data;
  for (const step of path.slice(0, -1)) parent = (parent as Record<string, unknown> | null)?.[step];
  return parent != null;
}

/**
 * As a client gets it. Not compared: the order of errors, as parallel fetches may fail in either, how often one is told,
 * as what the gateway asks twice is asked once, and the order of fields, which the gateway changes where there are
 * fragments.
 */
async function answerOf(executor: Executor, request: RequestContext) {
  const { data, errors = [], extensions } = await executor(request);
  const all = errors as GraphQLError[];
  const told = all.filter(({ extensions }) => extensions?.code !== 'INVALID_GRAPHQL');
  // The gateway puts these into an extension.
  const completed = [
    ...all.filter((each) => !told.includes(each)),
    ...((extensions?.valueCompletion as GraphQLError[]) ?? []),
  ];
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: [...new Set(told.map((error) => JSON.stringify(error.message) + placed(anywhere(error))))].sort(),
    completed: completed.length > 0,
    // Of what a null has swallowed, fields asked for later are not told of, and the gateway changes their order.
    inPlace: [...new Set(completed.filter(({ path }) => isInPlace(data, path)).map(placed))].sort(),
  };
}

describe.each(Object.entries(GROUNDS))('on %s', (_, { supergraph, operations, spread }) => {
  test.each(Object.entries(TROUBLES))(
    'answers as the gateway does when %s',
    { timeout: 120_000 },
    async (name, trouble) => {
      const { executor, ours, fetches, stop } = await executors(supergraph, name, trouble);
      let withErrors = 0;
      const said: string[] = [];
      for (let i = 0; i < operations; i++) {
        const query = randomOperation(supergraph.apiSchema, randomOf(`${name} ${i}`), spread);
        const expected = await answerOf(executor, requestFor(supergraph, query));
        const answer = await answerOf(ours, requestFor(supergraph, query));
        // Where there are other errors the gateway says nothing of what is missing besides.
        if (expected.errors.length > 0) Object.assign(answer, { completed: false, inPlace: [] });
        expect(answer, query).toEqual(expected);
        if (expected.errors.length > 0) withErrors += 1;
        said.push(...expected.errors);
      }
      await stop();
      expect(fetches.ours).toBeLessThan(fetches.gateway);
      if (trouble === NO_TROUBLE) expect(withErrors, said.join()).toBe(0);
      else if (trouble.failedFetch || trouble.error) expect(withErrors).toBeGreaterThan(operations / 20);
    },
  );
});

const shop = (GROUNDS['the shop'] as Ground).supergraph;

test('answers fields in the order asked for', async () => {
  const { ours, stop } = await executors(shop, 'in order', NO_TROUBLE);
  const query = '{ ... on Query { b: shop { name } } a: shop { currency ... on Shop { name } } b: shop { currency } }';
  const { data } = await ours(requestFor(shop, query));
  const keys = Object.entries(data as object).map(([name, shop]) => [name, Object.keys(shop)]);
  expect(keys).toEqual([
    ['b', ['name', 'currency']],
    ['a', ['currency', 'name']],
  ]);
  await stop();
});

test.each<[string, string, Record<string, unknown>?]>([
  [
    'conditions',
    'query ($no: Boolean!) { products { totalCount @include(if: $no) pageInfo { hasNextPage } } }',
    { no: false },
  ],
  [
    'the other way',
    'query ($no: Boolean!) { products { totalCount @include(if: $no) pageInfo { hasNextPage } } }',
    { no: true },
  ],
  [
    'introspection',
    '{ __schema { queryType { name } } products { totalCount } __schema { mutationType { ...T } } } fragment T on __Type { name }',
  ],
  ['introspection by a variable', 'query ($name: String!) { a: __type(name: $name) { kind } }', { name: 'Money' }],
  ['the root’s name', '{ __typename also: __typename }'],
  ['refused variables', 'query ($first: Int) { products(first: $first) { totalCount } }', { first: 'many' }],
  ['names that every object has', '{ constructor: products { __proto__: totalCount toString: totalCount } }'],
])('answers as the gateway does: %s', async (name, query, variables) => {
  const { executor, ours, stop } = await executors(shop, name, NO_TROUBLE);
  const expected = await answerOf(executor, requestFor(shop, query, variables));
  expect(await answerOf(ours, requestFor(shop, query, variables))).toEqual(expected);
  await stop();
});
