import { buildSchema, getOperationAST, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fragmentsOf } from '../authorization/filter-operation.ts';
import { post } from '../testing/shapes.ts';
import { runSmallGraph, type SmallGraph } from '../testing/small-graph.ts';
import { openClient, subscribe } from '../testing/subscriber.ts';
import { type CostBucket, memoryBucket } from './cost-bucket.ts';
import { CostModel } from './cost-model.ts';

/** The schema of Apollo's documentation of demand control, and what it leaves to the specification. */
const BOOKS = /* GraphQL */ `
  schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost", "@listSize"]) { query: Query mutation: Mutation subscription: Subscription }
  directive @link(url: String, import: [String]) repeatable on SCHEMA
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  type Query {
    book(id: ID): Book
    books: [Book!]!
    bestsellers: [Book] @listSize(assumedSize: 5)
    newestAdditions(after: ID, limit: Int!): [Book] @listSize(slicingArguments: ["limit"])
    either(first: Int, last: Int): [Book] @listSize(slicingArguments: ["first", "last"])
    any(first: Int, last: Int = 3): [Book] @listSize(slicingArguments: ["first", "last"], requireOneSlicingArgument: false, assumedSize: 7)
    page(first: Int = 2): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"])
    nested(page: PageInput): [Book] @listSize(slicingArguments: ["page.first"])
    slow: String @cost(weight: 30)
    heavy(filter: Filter, by: Order, ids: [ID!] @cost(weight: 2)): Int
    anything: [Thing!]
    plain(first: Int): Page
  }
  type Mutation { add(input: Filter!): Book }
  type Subscription { added: Book }
  input PageInput { first: Int }
  input Filter { text: String @cost(weight: 3), nested: Filter, all: [Filter!] }
  enum Order @cost(weight: 4) { UP DOWN }
  type Page { nodes: [Book!]! edges: [Edge!]! totalCount: Int others: [Book!] }
  type Edge { node: Book }
  type Book { title: String author: Author publisher: Publisher kind: Kind }
  type Author { name: String }
  type Publisher { name: String address: Address }
  type Address @cost(weight: 5) { zipCode: Int! }
  scalar Kind @cost(weight: 2)
  union Thing = Book | Author
`;
const schema = buildSchema(BOOKS, { assumeValid: true });
const model = new CostModel(BOOKS, schema, 10);
const BOOK = '{ title author { name } publisher { name address { zipCode } } }';

function estimate(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  return model.estimate(getOperationAST(document)!, fragmentsOf(document), variables);
}

describe('the estimate', () => {
  test.each([
    ['Apollo: address weighs 5', `{ book(id: 1) ${BOOK} }`, 8],
    ['Apollo: an assumed size', `{ bestsellers ${BOOK} }`, 40],
    ['Apollo: a slicing argument of 3', `{ newestAdditions(limit: 3) ${BOOK} }`, 24],
    ['Apollo: of 7', `{ newestAdditions(limit: 7) ${BOOK} }`, 56],
    ['a list of which nothing is said', '{ books { title } }', 10],
    ['scalars are free, and a weight is not', '{ slow }', 30],
    ['a mutation', 'mutation { add(input: {}) { title } }', 12],
    ['a subscription', 'subscription { added { title } }', 1],
    ['the default of a slicing argument', '{ page { nodes { title } totalCount } }', 3],
    ['sized fields: not their siblings', '{ page(first: 4) { nodes { title } others { title } } }', 15],
    [
      'sized fields, below them and in fragments',
      '{ page(first: 4) { ...P } } fragment P on Page { edges { node { title } } }',
      9,
    ],
    ['the larger of several slicing arguments', '{ any(first: 2) { title } }', 3],
    ['none of them', '{ any(last: null) { title } }', 7],
    ['a slicing argument in an input, which is an object too', '{ nested(page: { first: 6 }) { title } }', 7],
    ['input objects and their fields', '{ heavy(filter: { text: "a", nested: { text: "b" } }) }', 8],
    ['lists in inputs', '{ heavy(filter: { all: [{}, { text: "x" }] }) }', 6],
    ['an argument and its elements', '{ heavy(ids: [1, 2, 3]) }', 8],
    ['an enum', '{ heavy(by: UP) }', 4],
    ['a scalar with a weight', '{ book { kind } }', 3],
    ['all members of a union', '{ anything { ... on Book { author { name } } ... on Author { name } } }', 20],
    ['what is left out', '{ slow @skip(if: true) book @include(if: false) { title } }', 0],
    ['introspection and __typename', '{ __typename __schema { types { name } } }', 0],
  ])('%s', (_, query, cost) => {
    expect(estimate(query)).toMatchObject({ cost, problem: null });
  });

  test('goes by the variables', () => {
    const query =
      'query ($n: Int!, $no: Boolean!, $f: Filter) { newestAdditions(limit: $n) { title } slow @skip(if: $no) heavy(filter: $f) }';
    expect(estimate(query, { n: 2, no: true }).cost).toBe(2);
    expect(estimate(query, { n: 20, no: false, f: { text: 'x' } }).cost).toBe(54);
  });

  test('one slicing argument, where one is required', () => {
    expect(estimate('{ either { title } }').problem).toBe('Query.either takes exactly one of first, last.');
    expect(estimate('{ either(first: 1, last: 1) { title } }').problem).not.toBeNull();
    expect(estimate('{ either(last: 4) { title } }')).toMatchObject({ cost: 4, problem: null });
  });

  test('tells the largest page, of connections too of which nothing is said', () => {
    expect(estimate('{ page(first: 4) { totalCount } plain(first: 100000) { totalCount } }').largestPage).toEqual({
      of: 'Query.plain',
      size: 100_000,
    });
  });

  test('fragments that multiply are reckoned once each', () => {
    const chain = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(
      ' ',
    );
    expect(estimate(`{ ...F0 } ${chain} fragment F40 on Query { book { title } }`).cost).toBe(2 ** 40);
  });
});

describe('a leaking bucket', () => {
  test('takes what fits, leaks, and tells how long to wait', () => {
    let now = 0;
    const bucket = memoryBucket({ capacity: 100, leakPerSecond: 10 }, () => now);
    expect(bucket.charge('a', 60)).toEqual({ left: 40 });
    expect(bucket.charge('a', 60)).toEqual({ retryAfterSeconds: 2 });
    expect(bucket.charge('b', 60)).toEqual({ left: 40 });
    now = 1_999;
    expect(bucket.charge('a', 60)).toEqual({ retryAfterSeconds: 1 });
    now = 2_000;
    expect(bucket.charge('a', 60)).toEqual({ left: 0 });
    now = 1_000_000;
    expect(bucket.charge('a', 0)).toEqual({ left: 100 });
  });
});

describe('demand control', () => {
  let graph: SmallGraph;
  let bucket: CostBucket;
  beforeAll(async () => {
    bucket = memoryBucket({ capacity: 100, leakPerSecond: 0.1 });
    graph = await runSmallGraph(
      {
        books: {
          sdl: /* GraphQL */ `
            type Query { books(first: Int = 5): [Book!] @listSize(slicingArguments: ["first"]) secret: Book @authenticated @cost(weight: 50) }
            type Subscription { added(first: Int): Book @cost(weight: 41) }
            type Book { title: String }`,
          resolvers: { Query: { books: () => [{ title: 'a' }] } },
        },
      },
      {
        demand: { limit: 40, bucket: { charge: (key, cost) => bucket.charge(key, cost) } },
        limits: { pageSize: 1_000 },
      },
    );
  });
  afterAll(() => graph.close());

  const refused = {
    message: 'The operation is estimated to cost 41; at most 40 is allowed.',
    extensions: { code: 'COST_LIMIT', estimate: 41, limit: 40 },
  };

  test('refuses what costs too much, before any subgraph is asked', async () => {
    const answer = await post(graph.url, 'query ($n: Int) { books(first: $n) { title } }', { variables: { n: 41 } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [refused] } });
    expect(answer.body.data).toBeUndefined();
    const client = openClient(graph.url);
    for (const query of ['{ books(first: 41) { title } }', 'subscription { added { title } }'])
      expect(await subscribe(client, query).ended).toEqual([refused]);
    client.terminate();
    expect(graph.asked).toEqual([]);
  });

  test('37: first: 100000 is refused, whatever it costs', async () => {
    expect((await post(graph.url, '{ books(first: 100000) { title } }')).body.errors).toEqual([
      {
        message: 'Query.books is asked for 100000; at most 1000 are allowed.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  test('tells the cost and what is left when asked', async () => {
    const headers = { 'x-graphql-cost': '1', authorization: 'Bearer -' };
    expect((await post(graph.url, '{ books { title } }', { headers })).body.extensions).toEqual({
      cost: { estimate: 5, limit: 40, left: 95 },
    });
    const response = await fetch(`${graph.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer -' },
      body: JSON.stringify({ query: '{ books(first: 30) { title } }', extensions: { cost: true } }),
    });
    expect(await response.json()).toMatchObject({ extensions: { cost: { estimate: 30, limit: 40, left: 65 } } });
    expect(
      (await post(graph.url, '{ books { title } }', { headers: { authorization: 'Bearer -' } })).body.extensions,
    ).toBeUndefined();
  });

  test('what the asker may not see is not charged', async () => {
    const headers = { 'x-graphql-cost': '1' };
    expect((await post(graph.url, '{ books { title } secret { title } }', { headers })).body).toMatchObject({
      data: { books: [{ title: 'a' }], secret: null },
      extensions: { cost: { estimate: 5 } },
    });
  });

  test('each viewer and each address has a bucket; who has emptied it is told when to come again', async () => {
    bucket = memoryBucket({ capacity: 50, leakPerSecond: 0.5 });
    const all = '{ books(first: 40) { title } }';
    expect((await post(graph.url, all)).status).toBe(200);
    const again = await post(graph.url, all);
    expect(again.status).toBe(429);
    expect(again.headers.get('retry-after')).toBe('60');
    expect(again.body).toEqual({
      errors: [
        {
          message: 'You have asked for much at once. Try again in 60 seconds.',
          extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 60 },
        },
      ],
    });
    expect((await post(graph.url, all, { headers: { authorization: 'Bearer -' } })).status).toBe(200);
  });
});
