import { describe } from 'vitest';
import { computed, conforms } from './graph.ts';

describe('requirements of requirements', () => {
  conforms(
    {
      goods: {
        sdl: 'type Query { good: Good } type Good @key(fields: "id") { id: ID! }',
        Query: { good: { id: '1' } },
      },
      prices: {
        sdl: `type Good @key(fields: "id") { id: ID! price: Int! reduced: Boolean! }`,
        entities: { Good: [{ id: '1', price: 600, reduced: true }] },
      },
      classes: {
        sdl: `type Good @key(fields: "id") { id: ID! price: Int! @external dear: Boolean! @requires(fields: "price")
          reduced: Boolean! @external dearAnyway: Boolean! @requires(fields: "reduced") }`,
        entities: {
          Good: [
            {
              id: '1',
              dear: computed(({ price }) => (price as number) > 500),
              dearAnyway: computed(({ reduced }) => !reduced),
            },
          ],
        },
      },
      buyers: {
        sdl: `type Good @key(fields: "id") { id: ID! dear: Boolean! @external mine: Boolean! @requires(fields: "dear")
          dearAnyway: Boolean! @external mineAnyway: Boolean! @requires(fields: "dearAnyway") }`,
        entities: {
          Good: [
            { id: '1', mine: computed(({ dear }) => !dear), mineAnyway: computed(({ dearAnyway }) => !dearAnyway) },
          ],
        },
      },
    },
    [
      {
        name: 'two chains go side by side',
        query: '{ good { mine mineAnyway } }',
        data: { good: { mine: false, mineAnyway: true } },
        fetches: [
          'goods {good{__typename id}}',
          'prices 1× {...on Good{reduced price}}',
          'classes 1× {...on Good{dearAnyway dear}}',
          'buyers 1× {...on Good{mineAnyway mine}}',
        ],
      },
      {
        name: 'a link of the chain that is asked for too',
        query: '{ good { mine price dearAnyway } }',
        data: { good: { mine: false, price: 600, dearAnyway: false } },
        fetches: [
          'goods {good{__typename id}}',
          'prices 1× {...on Good{price reduced}}',
          'classes 1× {...on Good{dear dearAnyway}}',
          'buyers 1× {...on Good{mine}}',
        ],
      },
    ],
  );
});

describe('requirements there and back', () => {
  conforms(
    {
      posts: {
        sdl: `type Query { feed: [Post] } type Post @key(fields: "id") { id: ID! byNovice: Boolean! @external
            byMaster: Boolean! @requires(fields: "byNovice") }
          type Author @key(fields: "id") { id: ID! years: Int! }`,
        Query: { feed: [{ id: 'p1' }, { id: 'p2' }] },
        entities: {
          Post: ['p1', 'p2'].map((id) => ({ id, byMaster: computed(({ byNovice }) => !byNovice) })),
          Author: [
            { id: 'a1', years: 1 },
            { id: 'a2', years: 9 },
          ],
        },
      },
      authors: {
        sdl: `type Post @key(fields: "id") { id: ID! author: Author! byNovice: Boolean! @requires(fields: "author { years }") }
          type Author @key(fields: "id") { id: ID! years: Int! @external }`,
        entities: {
          Post: [
            { id: 'p1', author: { id: 'a1' } },
            { id: 'p2', author: { id: 'a2' } },
          ].map((post) => ({
            ...post,
            byNovice: computed((_, { author }) => (author as { years: number }).years < 5),
          })),
        },
      },
    },
    [
      {
        name: 'a field of the first that requires one of the second, which requires one of the first',
        query: '{ feed { byMaster } }',
        data: { feed: [{ byMaster: false }, { byMaster: true }] },
        fetches: [
          'posts {feed{__typename id}}',
          'authors 2× {...on Post{author{__typename id}}}',
          'posts 2× {...on Author{years}}',
          'authors 2× {...on Post{byNovice}}',
          'posts 2× {...on Post{byMaster}}',
        ],
      },
    ],
  );
});

describe('requirements of what is abstract', () => {
  const homes = { id: 'h1', __typename: 'Home', street: 'Long Lane' };
  conforms(
    {
      people: {
        sdl: `type Query { one: Person two: Person } interface Place { id: ID! }
          type Home implements Place @key(fields: "id") { id: ID! } type Office implements Place @key(fields: "id") { id: ID! }
          type Person @key(fields: "id") { id: ID! place: Place @external
            town: String @requires(fields: "place { id }") employer: String @requires(fields: "place { ... on Office { id } }") }`,
        Query: { one: { id: 'p1' }, two: { id: 'p2' } },
        entities: {
          Person: ['p1', 'p2'].map((id) => ({
            id,
            town: computed(({ place }) => `town of ${(place as { id: string }).id}`),
            employer: computed(({ place }) => (place as { id?: string } | null)?.id ?? null),
          })),
        },
      },
      places: {
        sdl: `interface Place { id: ID! } type Home implements Place @key(fields: "id") { id: ID! street: String }
          type Office implements Place @key(fields: "id") { id: ID! } type Tent implements Place @key(fields: "id") { id: ID! }
          type Person @key(fields: "id") { id: ID! place: Place }`,
        entities: {
          Person: [
            { id: 'p1', place: homes },
            { id: 'p2', place: { id: 'o1', __typename: 'Office' } },
          ],
        },
      },
    },
    [
      {
        name: 'a field of an interface, whatever the type',
        query: '{ one { town } two { town } }',
        data: { one: { town: 'town of h1' }, two: { town: 'town of o1' } },
        fetches: [
          'people {one{__typename id}two{__typename id}}',
          'places 2× {...on Person{place{__typename id}}}',
          'people 2× {...on Person{town}}',
        ],
      },
      {
        name: 'a field of one of its types, where it is of that type',
        query: '{ one { employer } two { employer } }',
        data: { one: { employer: null }, two: { employer: 'o1' } },
        fetches: [
          'people {one{__typename id}two{__typename id}}',
          'places 2× {...on Person{place{__typename ...on Office{id}}}}',
          'people 2× {...on Person{employer}}',
        ],
      },
      {
        name: 'beside what the client asks of it',
        query: '{ one { employer place { __typename ... on Home { street } } } }',
        data: { one: { employer: null, place: { __typename: 'Home', street: 'Long Lane' } } },
        fetches: [
          'people {one{__typename id}}',
          'places 1× {...on Person{place{__typename ...on Office{id}...on Home{street}}}}',
          'people 1× {...on Person{employer}}',
        ],
      },
    ],
  );
});

describe('requirements with fragments in fragments', () => {
  const values = [
    { __typename: 'Iron', weight: '9', hard: 'yes', rust: 'some' },
    { __typename: 'Brass', weight: '7', hard: 'yes', shine: 'much' },
  ];
  conforms(
    {
      stuff: {
        sdl: `type Query { things: [Thing] } type Thing @key(fields: "id") { id: ID! stuff: Stuff } interface Stuff { weight: String! }
          interface Metal implements Stuff { weight: String! hard: String! }
          type Iron implements Stuff & Metal @shareable { weight: String! hard: String! rust: String! }
          type Brass implements Stuff & Metal @shareable { weight: String! hard: String! shine: String! }`,
        Query: { things: values.map((stuff, index) => ({ id: `t${index}`, stuff })) },
        entities: { Thing: values.map((stuff, index) => ({ id: `t${index}`, stuff })) },
      },
      labels: {
        sdl: `type Query { labeled: Thing } type Thing @key(fields: "id") { id: ID! stuff: Stuff @external
            label: String! @requires(fields: "stuff { weight ... on Metal { hard ... on Iron { rust } ... on Brass { shine } } }")
            short: String! @requires(fields: "stuff { ... on Stuff { weight } }") }
          interface Stuff { weight: String! } interface Metal implements Stuff { weight: String! hard: String! }
          type Iron implements Stuff & Metal @shareable @inaccessible { weight: String! hard: String! rust: String! }
          type Brass implements Stuff & Metal @shareable { weight: String! hard: String! shine: String! }`,
        Query: { labeled: { id: 't1' } },
        entities: {
          Thing: ['t0', 't1'].map((id) => ({
            id,
            label: computed(({ stuff }) => {
              const { weight, hard, rust, shine } = stuff as Record<string, string>;
              return [weight, hard, rust ?? shine].join(' ');
            }),
            short: computed(({ stuff }) => (stuff as { weight: string }).weight),
          })),
        },
      },
    },
    [
      {
        name: 'the fields of each type reach who requires them, of types that clients cannot see too',
        query: '{ things { label } }',
        data: { things: [{ label: '9 yes some' }, { label: '7 yes much' }] },
        fetches: [
          'stuff {things{__typename id stuff{__typename weight ...on Iron{rust}...on Brass{shine}...on Metal{__typename hard}}}}',
          'labels 2× {...on Thing{label}}',
        ],
      },
      {
        name: 'two requirements of one object',
        query: '{ labeled { label short } }',
        data: { labeled: { label: '7 yes much', short: '7' } },
        fetches: [
          'labels {labeled{__typename id}}',
          'stuff 1× {...on Thing{stuff{__typename weight ...on Iron{rust}...on Brass{shine}...on Metal{__typename hard}}}}',
          'labels 1× {...on Thing{short label}}',
        ],
      },
    ],
  );
});

describe('requirements of lists, with arguments', () => {
  const comments = ['a1', 'a2', 'a3', 'a1'].map((authorId, index) => ({ id: `c${index + 1}`, authorId }));
  const upTo = ({ limit }: { limit: number }): unknown[] =>
    comments.slice(0, limit).map(({ id }) => ({ id, others: [{ id: 'p1', comments: upTo }] }));
  conforms(
    {
      comments: {
        sdl: `type Query { feed: [Post] } type Post @key(fields: "id") { id: ID! comments(limit: Int!): [Comment] @external }
          type Comment @key(fields: "id") { id: ID! authorId: ID others: [Post] @external
            spam: Boolean @requires(fields: "others { comments(limit: 50) { id } }") }`,
        Query: { feed: [{ id: 'p1', comments: ({ limit }: { limit: number }) => comments.slice(0, limit) }] },
        entities: {
          Comment: comments.map((comment) => ({
            ...comment,
            spam: computed(({ others }) => (others as { comments: { id: string }[] }[])[0]?.comments.length === 4),
          })),
        },
      },
      posts: {
        sdl: `type Post @key(fields: "id") { id: ID! comments(limit: Int!): [Comment]
            author: Author @requires(fields: "comments(limit: 3) { authorId }") }
          type Comment @key(fields: "id") { id: ID! authorId: ID @external others: [Post] } type Author { id: ID! }`,
        entities: {
          Post: [
            {
              id: 'p1',
              comments: upTo,
              author: computed((_, { comments }) => ({ id: (comments as { authorId: string }[])[2]?.authorId })),
            },
          ],
          Comment: comments.map(({ id }) => ({ id, others: [{ id: 'p1', comments: upTo }] })),
        },
      },
    },
    [
      {
        name: 'a list that a third subgraph fills',
        query: '{ feed { author { id } } }',
        data: { feed: [{ author: { id: 'a3' } }] },
        fetches: [
          'comments {feed{__typename id comments__required1:comments(limit:3){__typename id authorId}}}',
          'posts 1× {...on Post{author{id}}}',
        ],
      },
      {
        name: 'and the client’s own use of the list, by a variable',
        query:
          'query ($limit: Int = 1) { feed { author { id } ...A ...B } } fragment A on Post { comments(limit: $limit) { id } } fragment B on Post { comments(limit: $limit) { id } }',
        data: { feed: [{ author: { id: 'a3' }, comments: [{ id: 'c1' }] }] },
        fetches: [
          'comments {feed{__typename id comments__required1:comments(limit:3){__typename id authorId}}}',
          'posts 1× {...on Post{comments(limit:$limit){id}author{id}}}',
        ],
      },
      {
        name: 'entities of a list that require lists of other entities',
        query: '{ feed { comments(limit: 2) { spam } } }',
        data: { feed: [{ comments: [{ spam: true }, { spam: true }] }] },
        fetches: [
          'comments {feed{__typename id}}',
          'posts 1× {...on Post{comments(limit:2){__typename id others{comments__required0:comments(limit:50){id}}}}}',
          'comments 2× {...on Comment{spam}}',
        ],
      },
    ],
  );
});

describe('requirements of what moved', () => {
  const madeOfName = (field: string) =>
    ['u1', 'u2'].map((id) => ({ id, [field]: computed((_, { name }) => `${field} ${name}`) }));
  conforms(
    {
      a: {
        sdl: `type Query { inA: User }
          type User @key(fields: "id") { id: ID! name: String @external aName: String @requires(fields: "name") }`,
        Query: { inA: { id: 'u1' } },
        entities: { User: madeOfName('aName') },
      },
      b: {
        sdl: 'type User @key(fields: "id") { id: ID! name: String @override(from: "old") }',
        entities: {
          User: [
            { id: 'u1', name: 'Ada' },
            { id: 'u2', name: 'Bob' },
          ],
        },
      },
      c: {
        sdl: `type User @key(fields: "id") { id: ID! name: String @external cName: String @requires(fields: "name") }`,
        entities: { User: madeOfName('cName') },
      },
      old: {
        sdl: 'type Query { inOld: User } type User @key(fields: "id") { id: ID! name: String }',
        Query: { inOld: { id: 'u2', name: 'never' } },
      },
    },
    [
      {
        name: 'the new owner is asked, for whoever requires it',
        query: '{ inA { aName cName } inOld { cName name } }',
        data: { inA: { aName: 'aName Ada', cName: 'cName Ada' }, inOld: { cName: 'cName Bob', name: 'Bob' } },
        fetches: [
          'a {inA{__typename id}}',
          'old {inOld{__typename id}}',
          'b 2× {...on User{name}}',
          'a 1× {...on User{aName}}',
          'c 2× {...on User{cName}}',
        ],
      },
    ],
  );
});

describe('a requirement that a requirement makes', () => {
  conforms(
    {
      users: {
        sdl: 'type Query { user: User } type User @key(fields: "id") { id: ID! name: String! }',
        Query: { user: { id: 'u1', name: 'Ada' } },
        entities: { User: [{ id: 'u1', name: 'Ada' }] },
      },
      sums: {
        sdl: `type Order @key(fields: "id", resolvable: false) { id: ID! }
          type User @key(fields: "id") { id: ID! orders: [Order!] @external
            count: Int @requires(fields: "orders { id }") first: ID @requires(fields: "orders { id }") }`,
        entities: {
          User: [
            {
              id: 'u1',
              count: computed(({ orders }) => (orders as unknown[]).length),
              first: computed(({ orders }) => (orders as { id: string }[])[0]?.id),
            },
          ],
        },
      },
      orders: {
        sdl: `type Order @key(fields: "id") { id: ID! }
          type User @key(fields: "id") { id: ID! name: String! @external orders: [Order!] @requires(fields: "name") }`,
        entities: { User: [{ id: 'u1', orders: computed(({ name }) => [{ id: `${name}1` }]) }] },
      },
    },
    [
      {
        name: 'of a list of entities that can only be named',
        query: '{ user { count first } }',
        data: { user: { count: 1, first: 'Ada1' } },
        fetches: [
          'users {user{__typename id name}}',
          'orders 1× {...on User{orders{id}}}',
          'sums 1× {...on User{first count}}',
        ],
      },
    ],
  );
});
