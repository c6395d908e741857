import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wrongVariables } from './input-limits.ts';
import { DEFAULT_LIMITS, limitsRule, type OperationLimits } from './limits.ts';
import { post } from './testing/shapes.ts';
import { runSmallGraph, type SmallGraph } from './testing/small-graph.ts';
import { openClient, subscribe } from './testing/subscriber.ts';

const SCHEMA = buildSchema('type Query { a: Query b: Query c: Int list(of: [Int]): Int }');

const problems = (query: string, limits: Partial<OperationLimits>) =>
  validate(SCHEMA, parse(query), [limitsRule({ ...DEFAULT_LIMITS, ...limits })]).map(({ message }) => message);

describe('the form of an operation', () => {
  test.each<[keyof OperationLimits, number, string, number | string]>([
    ['depth', 2, '{ a { ...F } } fragment F on Query { a { c } }', 3],
    ['height', 3, '{ a { c } b { ... on Query { c } } }', 'over 3'],
    ['fields', 3, '{ ...F ...F } fragment F on Query { a { c } }', 4],
    ['aliases', 1, '{ ...F ...F } fragment F on Query { x: c }', 2],
    ['rootFields', 2, '{ x: c ...F } fragment F on Query { y: c z: c }', 3],
  ])('%s: at most %i', (name, limit, query, is) => {
    const what = name === 'rootFields' ? 'root fields' : name;
    expect(problems(query, { [name]: limit })).toEqual([
      `The operation has ${what} ${is}; at most ${limit} is allowed.`,
    ]);
    expect(problems(query, { [name]: limit + 1 })).toEqual([]);
  });

  test('height counts a field once, however often it is asked for at its place', () => {
    expect(problems('{ a { c x: c } y: a { c ...F } ...F ...F } fragment F on Query { c }', { height: 3 })).toEqual([]);
  });

  test('directives are counted in the whole document', () => {
    const query = `{ c ${'@include(if: true) '.repeat(3)} }`;
    expect(problems(query, { directives: 2 })).toEqual(['The document has more than 2 directives.']);
    expect(problems(query, { directives: 3 })).toEqual([]);
  });

  test('fragments that multiply are refused at once, and circles end', () => {
    const chain = Array.from({ length: 60 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
    const bomb = `{ ...F0 } ${chain.join(' ')} fragment F60 on Query { c }`;
    const begun = performance.now();
    expect(problems(bomb, {})).toHaveLength(2);
    expect(performance.now() - begun).toBeLessThan(200);
    const deep = `{ ...D0 } ${Array.from({ length: 12 }, (_, i) => `fragment D${i} on Query { a { ...D${i + 1} } b { ...D${i + 1} } }`).join(' ')} fragment D12 on Query { c }`;
    expect(problems(deep, {}).join()).toMatch(/fields 12286.*height over 400/);
    expect(problems('{ ...A } fragment A on Query { a { ...B } } fragment B on Query { a { ...A } }', {})).toEqual([]);
  });
});

test('variables: long lists and deep nesting, however deep', () => {
  expect(wrongVariables({ a: { b: [1, 2, 3] } }, 3)).toBeNull();
  expect(wrongVariables({ a: { b: [[1, 2, 3, 4]] } }, 3)?.message).toBe(
    'A list of the input has 4 elements; at most 3 are allowed.',
  );
  let nested: unknown = 1;
  for (let depth = 0; depth < 100_000; depth++) nested = [nested];
  expect(wrongVariables({ nested }, 3)?.message).toBe('The variables are nested too deeply.');
});

describe('37: refused before execution, over HTTP, sockets, SSE and multipart alike', () => {
  let graph: SmallGraph;
  beforeAll(async () => {
    graph = await runSmallGraph({
      one: {
        sdl: `type Query { a: Query c: Int list(of: [Int], in: Ins): Int page(first: Int): Int } input Ins { all: [Int!] }
          type Subscription { ticks(of: [Int]): Int }`,
        resolvers: { Query: { c: () => 1 } },
      },
    });
  });
  afterAll(() => graph.close());

  const deep = (depth: number) => `${'a {'.repeat(depth)} c ${'}'.repeat(depth)}`;
  const [NEWER, OLDER] = ['application/graphql-response+json', 'application/json'];
  const MULTIPART = 'multipart/mixed;subscriptionSpec=1.0';
  const list = (...types: string[]) => types.filter(Boolean).join(', ');
  const stream = async (query: string, variables: Record<string, unknown>) => {
    const response = await fetch(`${graph.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query, variables }),
    });
    expect(response.status).toBe(200);
    return response.text();
  };
  const numbers = Array.from({ length: 10_000 }, (_, i) => i);

  test.each<[string, string, Record<string, unknown>, string]>([
    ['depth', `{ ${deep(15)} }`, {}, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'aliases',
      `{ ${Array.from({ length: 31 }, (_, i) => `x${i}: __typename`).join(' ')} }`,
      {},
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'root fields',
      `{ ${Array.from({ length: 21 }, (_, i) => `x${i}: c`).join(' ')} }`,
      {},
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['directives', `{ ${'... @skip(if: false) { c } '.repeat(51)} }`, {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['tokens', `{ ${'c '.repeat(5_001)} }`, {}, 'GRAPHQL_PARSE_FAILED'],
    ['a long list in the text', `{ list(of: [${numbers.slice(0, 2_000)}]) }`, {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a list of 10,000 in variables', 'query ($of: [Int]) { list(of: $of) }', { of: numbers }, 'BAD_USER_INPUT'],
    ['a list within an input', 'query ($in: Ins) { list(in: $in) }', { in: { all: numbers } }, 'BAD_USER_INPUT'],
    ['a list for a subscription', 'subscription ($of: [Int]) { ticks(of: $of) }', { of: numbers }, 'BAD_USER_INPUT'],
    ['first: 100000', '{ page(first: 100000) }', {}, 'BAD_USER_INPUT'],
    ['first: 100000 in a variable', 'query ($n: Int) { page(first: $n) }', { n: 100_000 }, 'BAD_USER_INPUT'],
  ])('%s', async (_, query, variables, code) => {
    const isLive = query.startsWith('subscription');
    for (const accept of isLive ? [MULTIPART] : ['', MULTIPART]) {
      const newer = await post(graph.url, query, { variables, headers: { accept: list(NEWER, accept) } });
      expect([newer.status, newer.headers.get('content-type')?.split(';')[0]]).toEqual([400, NEWER]);
      expect(newer.body.errors[0].extensions).toEqual({ code });
      const older = await post(graph.url, query, { variables, headers: { accept: list(accept, OLDER) } });
      expect([older.status, older.headers.get('content-type')?.split(';')[0]]).toEqual([200, OLDER]);
      expect(older.body.errors[0].extensions).toEqual({ code });
      for (const { body } of [newer, older]) expect(body).not.toHaveProperty('data');
    }
    const [event, end] = (await stream(query, variables)).split('\n\n').slice(1);
    const told = JSON.parse(event?.replace('event: next\ndata: ', '') ?? '');
    expect(told.errors[0].extensions).toEqual({ code });
    expect(told).not.toHaveProperty('data');
    expect(end).toBe('event: complete\ndata: ');

    const client = openClient(graph.url);
    const asked = subscribe(client, query, variables);
    const [error] = (await asked.ended) as [{ extensions: object }];
    expect(error.extensions).toEqual({ code });
    expect(asked.heard).toEqual([]);
    client.terminate();
    expect(graph.asked).toEqual([]);
  });

  test.each(['application/graphql-response+json', 'application/json', 'text/event-stream', MULTIPART])(
    '37: a body too large is 413 and a batch 400, where %s is asked for',
    async (accept) => {
      const sent = (body: unknown) =>
        fetch(`${graph.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: list(accept, OLDER) },
          body: JSON.stringify(body),
        });
      const large = await sent({ query: 'query ($n: Int) { page(first: $n) }', variables: { n: 'x'.repeat(300_000) } });
      expect([large.status, await large.json()]).toEqual([
        413,
        {
          errors: [{ message: 'The body is larger than 262144 bytes.', extensions: { code: 'BAD_REQUEST' } }],
        },
      ]);
      const batch = await sent([{ query: '{ c }' }, { query: '{ c }' }]);
      expect([batch.status, Object.keys((await batch.json()) as object)]).toEqual([400, ['errors']]);
      expect(graph.asked).toEqual([]);
    },
  );

  test('37: a message too large for a socket closes it with 1009', async () => {
    const client = openClient(graph.url);
    const { ended } = subscribe(client, '{ c }', { of: 'x'.repeat(300_000) });
    expect(await ended).toMatchObject({ code: 1009 });
    expect(graph.asked).toEqual([]);
  });
});
