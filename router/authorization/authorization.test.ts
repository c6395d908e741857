import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { post } from '../testing/shapes.ts';
import { runSmallGraph, type SmallGraph } from '../testing/small-graph.ts';
import { openClient, subscribe, until } from '../testing/subscriber.ts';

const SDL = /* GraphQL */ `
  type Query {
    me: User @authenticated
    user(id: ID!): User
    users: [User!]!
    report: String! @authenticated
    posts: [Post!]!
    anything: [Anything!]
    stock: Stock
    level: Level
    vault: Vault
    audit: String @requiresScopes(scopes: [["audit", "read"], ["root"]])
    odd: String @policy(policies: [["even"], ["odd", "small"]])
  }
  type Mutation {
    open: String
    shut: String @authenticated
  }
  type Subscription {
    ticks: Tick
    secrets: Tick @requiresScopes(scopes: [["read"]])
  }
  type Tick { at: Int! user: User }
  type User @key(fields: "id") {
    id: ID!
    name: String
    email: String @requiresScopes(scopes: [["read"]])
    phone: String! @requiresScopes(scopes: [["read"]])
    friends: [User!]!
  }
  interface Post { id: ID! title: String views: Int }
  type Blog implements Post { id: ID! title: String views: Int }
  type Diary implements Post @authenticated { id: ID! title: String views: Int secret: String }
  union Anything = Blog | Diary
  interface Item { price: Int code: String }
  type Cheap implements Item { price: Int code: String }
  type Dear implements Item { price: Int @authenticated code: String }
  type Stock { items: [Item!]! key: Key }
  scalar Key @authenticated
  enum Level @authenticated { LOW HIGH }
  type Vault @authenticated { gold: Int }
`;

const person = (id: string) => ({
  id,
  name: `n${id}`,
  email: `e${id}`,
  phone: `p${id}`,
  friends: () => [person(`${id}a`), person(`${id}b`)],
});
const POSTS = [
  { __typename: 'Blog', id: 'b', title: 'Blog', views: 1 },
  { __typename: 'Diary', id: 'd', title: 'Diary', views: 2, secret: 's' },
];

async function* ticks() {
  yield { at: 1, user: person('1') };
}

const GRAPH = {
  people: {
    sdl: SDL,
    resolvers: {
      Query: {
        me: () => person('me'),
        user: (_: unknown, { id }: { id: string }) => person(id),
        users: () => [person('1'), person('2')],
        report: () => 'report',
        posts: () => POSTS,
        anything: () => POSTS,
        stock: () => ({
          items: [
            { __typename: 'Cheap', price: 1, code: 'c' },
            { __typename: 'Dear', price: 9, code: 'd' },
          ],
          key: 'k',
        }),
        level: () => 'LOW',
        vault: () => ({ gold: 1 }),
        audit: () => 'audited',
        odd: () => 'odd',
      },
      Mutation: { open: () => 'opened', shut: () => 'shut' },
      Subscription: {
        ticks: { subscribe: ticks, resolve: (tick: unknown) => tick },
        secrets: { subscribe: ticks, resolve: (tick: unknown) => tick },
      },
      User: { __resolveReference: async ({ id }: { id: string }) => person(id) },
    },
  },
  reviews: {
    sdl: /* GraphQL */ `
      type User @key(fields: "id") { id: ID! reviews: [Review!] @authenticated stars: Int }
      type Review { text: String! score: Int! @authenticated }
    `,
    resolvers: { User: { reviews: () => [{ text: 'good', score: 5 }], stars: () => 4 } },
  },
};

const signIn = (path: (string | number)[]) => ({
  message: 'Sign in first.',
  path,
  extensions: { code: 'UNAUTHENTICATED' },
});
const needs = (what: string, path: (string | number)[]) => ({
  message: `This needs ${what}.`,
  path,
  extensions: { code: 'FORBIDDEN' },
});

describe('authorization at the graph', () => {
  let graph: SmallGraph;
  beforeAll(async () => {
    graph = await runSmallGraph(GRAPH, { demand: { limit: Number.POSITIVE_INFINITY } });
  });
  afterAll(() => graph.close());
  beforeEach(() => {
    graph.asked.length = 0;
  });

  const ask = async (query: string, scopes?: string, variables: object = {}) => {
    const headers: Record<string, string> = scopes === undefined ? {} : { authorization: `Bearer ${scopes}` };
    const { status, body } = await post(graph.url, query, { headers, variables });
    expect(status).toBe(200);
    return body;
  };

  test('a refused field is null with an error at its path, in its place, and no subgraph is asked for it', async () => {
    expect(await ask('{ me { name } user(id: "7") { name email id } }')).toEqual({
      data: { me: null, user: { name: 'n7', email: null, id: '7' } },
      errors: [signIn(['me']), signIn(['user', 'email'])],
    });
    expect(Object.keys((await ask('{ me { name } user(id: "7") { name email id } }')).data.user)).toEqual([
      'name',
      'email',
      'id',
    ]);
    expect(graph.asked.join()).not.toMatch(/me\b.*\{.*email|email/);
    expect(await ask('{ me { name } user(id: "7") { email } }', 'read')).toEqual({
      data: { me: { name: 'nme' }, user: { email: 'e7' } },
    });
  });

  test('who is signed in and lacks the scope is told which', async () => {
    expect(await ask('{ user(id: "7") { name email } }', '-')).toEqual({
      data: { user: { name: 'n7', email: null } },
      errors: [needs('the scope read', ['user', 'email'])],
    });
  });

  test('lists of scopes are ORs of ANDs', async () => {
    const said = needs('the scopes audit and read, or the scope root', ['audit']);
    for (const scopes of ['audit', 'read', '-', 'rooted'])
      expect(await ask('{ audit }', scopes)).toEqual({ data: null, errors: [said] });
    for (const scopes of ['audit read', 'root', 'read audit more'])
      expect(await ask('{ audit }', scopes)).toEqual({ data: { audit: 'audited' } });
  });

  test('policies ask the scopes unless told otherwise', async () => {
    expect(await ask('{ odd }', 'odd')).toEqual({
      data: null,
      errors: [needs('the policy even, or the policies odd and small', ['odd'])],
    });
    expect(await ask('{ odd }', 'odd small')).toEqual({ data: { odd: 'odd' } });
  });

  test('null travels up from a non-null field, to the nearest that may be null, in lists too', async () => {
    expect(await ask('{ user(id: "7") { name phone } }', '-')).toEqual({
      data: { user: null },
      errors: [needs('the scope read', ['user', 'phone'])],
    });
    expect((await ask('{ users { phone } }', '-')).data).toBeNull();
    expect(await ask('{ stars: user(id: "1") { stars friends { name phone } } user(id: "2") { stars } }', '-')).toEqual(
      {
        data: { stars: null, user: { stars: 4 } },
        errors: [needs('the scope read', ['stars', 'friends', 0, 'phone'])],
      },
    );
    expect(await ask('{ report user(id: "1") { name } }')).toEqual({ data: null, errors: [signIn(['report'])] });
  });

  test('each element of a list has its own error, and a hundred are enough', async () => {
    expect((await ask('{ users { name email } }', '-')).errors).toEqual([
      needs('the scope read', ['users', 0, 'email']),
      needs('the scope read', ['users', 1, 'email']),
    ]);
    const many = await ask(
      '{ users { friends { friends { friends { friends { friends { friends { email } } } } } } } }',
      '-',
    );
    expect(many.errors).toHaveLength(100);
  });

  test('where all is refused, the answer is null and nobody is asked', async () => {
    expect(await ask('{ me { name } vault { gold } }')).toEqual({
      data: null,
      errors: [signIn(['me']), signIn(['vault'])],
    });
    expect(await ask('{ ...F } fragment F on Query { me { name } ... on Query { level } }')).toEqual({
      data: null,
      errors: [signIn(['me']), signIn(['level'])],
    });
    expect(graph.asked).toEqual([]);
  });

  test('a mutation that is refused does not run, and the others do', async () => {
    expect(await ask('mutation { open shut }')).toEqual({
      data: { open: 'opened', shut: null },
      errors: [signIn(['shut'])],
    });
    expect(graph.asked).toHaveLength(1);
    expect(graph.asked[0]).not.toContain('shut');
  });

  test('types, scalars and enums ask too, wherever a field has them', async () => {
    expect(await ask('{ level vault { gold } stock { key items { code } } }')).toEqual({
      data: { level: null, vault: null, stock: { key: null, items: [{ code: 'c' }, { code: 'd' }] } },
      errors: [signIn(['level']), signIn(['vault']), signIn(['stock', 'key'])],
    });
  });

  test('an interface asks for what its implementations ask, as composition has it', async () => {
    for (const query of ['{ posts { id } __typename }', '{ posts { __typename ... on Blog { id } } __typename }'])
      expect(await ask(query)).toEqual({ data: null, errors: [signIn(['posts'])] });
    expect((await ask('{ posts { id title ... on Diary { secret } } }', '-')).data.posts).toEqual([
      { id: 'b', title: 'Blog' },
      { id: 'd', title: 'Diary', secret: 's' },
    ]);
  });

  test('a field of an interface asks for what that field of any implementation asks', async () => {
    expect(await ask('{ stock { items { code price } } }')).toEqual({
      data: {
        stock: {
          items: [
            { code: 'c', price: null },
            { code: 'd', price: null },
          ],
        },
      },
      errors: [signIn(['stock', 'items', 0, 'price']), signIn(['stock', 'items', 1, 'price'])],
    });
    expect(await ask('{ stock { items { ... on Cheap { price } code } } }')).toEqual({
      data: { stock: { items: [{ price: 1, code: 'c' }, { code: 'd' }] } },
    });
  });

  test('unions, and interfaces within them', async () => {
    expect(await ask('{ anything { ... on Blog { title } ... on Diary { title } } }')).toEqual({
      data: { anything: [{ title: 'Blog' }, { title: null }] },
      errors: [signIn(['anything', 1, 'title'])],
    });
    expect((await ask('{ anything { ... on Post { title } } }')).data).toEqual({
      anything: [{ title: null }, { title: null }],
    });
    expect(await ask('{ anything { __typename } }')).toEqual({
      data: { anything: [{ __typename: 'Blog' }, { __typename: 'Diary' }] },
    });
  });

  test('fragments, however nested and often used, hide nothing', async () => {
    const query = `query ($on: Boolean = true) { user(id: "1") { ...A friends { ...A @include(if: $on) } } }
      fragment A on User { ...B ... on User { ...B } }
      fragment B on User { id mail: email reviews { score } }`;
    expect(await ask(query)).toEqual({
      data: {
        user: {
          id: '1',
          mail: null,
          reviews: null,
          friends: [
            { id: '1a', mail: null, reviews: null },
            { id: '1b', mail: null, reviews: null },
          ],
        },
      },
      errors: ['mail', 'reviews']
        .map((name) => signIn(['user', name]))
        .concat([0, 1].flatMap((at) => ['mail', 'reviews'].map((name) => signIn(['user', 'friends', at, name])))),
    });
    expect(graph.asked.filter((text) => text.startsWith('reviews'))).toEqual([]);
    const { data, errors } = await ask(query, undefined, { on: false });
    expect(data.user.friends).toEqual([{}, {}]);
    expect(errors).toHaveLength(2);
  });

  test('what is left out by @skip and @include is not told of', async () => {
    expect(
      await ask(
        'query ($s: Boolean!) { me @skip(if: $s) { name } user(id: "1") { name email @include(if: false) } }',
        undefined,
        { s: true },
      ),
    ).toEqual({
      data: { user: { name: 'n1' } },
    });
  });

  test('an object of which all is refused is still told from none', async () => {
    expect(await ask('{ user(id: "1") { email } }')).toEqual({
      data: { user: { email: null } },
      errors: [signIn(['user', 'email'])],
    });
  });

  test('introspection is not affected', async () => {
    expect((await ask('{ __type(name: "Vault") { fields { name } } }')).data.__type.fields).toEqual([{ name: 'gold' }]);
  });

  test('the same over sockets: queries, and subscriptions with each event', async () => {
    const client = openClient(graph.url);
    const query = subscribe(client, '{ me { name } user(id: "7") { name } }');
    expect(await query.ended).toBe('complete');
    expect(query.heard).toEqual([{ data: { me: null, user: { name: 'n7' } }, errors: [signIn(['me'])] }]);
    const live = subscribe(client, 'subscription { ticks { at user { name email stars } } }');
    await until(() => live.heard.length > 0);
    expect(live.heard).toEqual([
      {
        data: { ticks: { at: 1, user: { name: 'n1', email: null, stars: 4 } } },
        errors: [signIn(['ticks', 'user', 'email'])],
      },
    ]);
    graph.asked.length = 0;
    const refused = subscribe(client, 'subscription { secrets { at } }');
    await until(() => refused.heard.length > 0);
    expect(refused.heard).toEqual([{ data: null, errors: [signIn(['secrets'])] }]);
    expect(graph.asked).toEqual([]);
    client.terminate();
  });
});

test('an interface asks for what its implementations ask, where an older composition has not said so', async () => {
  const graph = await runSmallGraph(GRAPH, {}, (sdl) =>
    sdl.replace(/(interface Post\n(?: {2}@join.+\n)*) {2}@authenticated\n/, '$1'),
  );
  const ask = async (query: string) => (await post(graph.url, query)).body;
  expect(await ask('{ posts { id } __typename }')).toEqual({ data: null, errors: [signIn(['posts'])] });
  expect(await ask('{ posts { __typename ... on Blog { id } ... on Diary { id secret } } }')).toEqual({
    data: null,
    errors: [signIn(['posts', 1, 'id'])],
  });
  expect(await ask('{ posts { __typename ... on Blog { id } ... on Diary { title secret } } }')).toEqual({
    data: {
      posts: [
        { __typename: 'Blog', id: 'b' },
        { __typename: 'Diary', title: null, secret: null },
      ],
    },
    errors: [signIn(['posts', 1, 'title']), signIn(['posts', 1, 'secret'])],
  });
  expect((await ask('{ anything { ... on Post { title } } }')).data).toEqual({
    anything: [{ title: null }, { title: null }],
  });
  await graph.close();
});

describe('authorization by configuration', () => {
  test('one refused field refuses the request', async () => {
    const graph = await runSmallGraph(GRAPH, {
      authorization: { unauthorized: 'reject', code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
    });
    const { body } = await post(graph.url, '{ user(id: "7") { name email } }');
    expect(body.data).toBeUndefined();
    expect(body.errors).toEqual([{ message: 'Sign in first.', extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }]);
    expect(graph.asked).toEqual([]);
    expect((await post(graph.url, '{ user(id: "7") { name } }')).body).toEqual({ data: { user: { name: 'n7' } } });
    await graph.close();
  });

  test('policies are asked for once each, with who asks', async () => {
    const asked: unknown[] = [];
    const graph = await runSmallGraph(GRAPH, {
      authorization: {
        policies: async (policies, { identity }) => {
          asked.push([...policies, identity.viewer?.customerId]);
          return ['even'];
        },
      },
    });
    const headers = { authorization: 'Bearer -' };
    expect((await post(graph.url, '{ odd again: odd user(id: "1") { name } }', { headers })).body.data).toEqual({
      odd: 'odd',
      again: 'odd',
      user: { name: 'n1' },
    });
    expect(asked).toEqual([['even', 'odd', 'small', 'cus_1']]);
    await post(graph.url, '{ user(id: "1") { name } }');
    expect(asked).toHaveLength(1);
    await graph.close();
  });
});
