import { describe } from 'vitest';
import { computed, conforms } from './graph.ts';

const log: string[] = [];
const did = (what: string) => {
  log.push(what);
  return { id: '1', log: [...log] };
};

describe('operations', () => {
  conforms(
    {
      a: {
        sdl: `type Query { user(id: ID = "1"): User } type User @key(fields: "id") { id: ID! name(upper: Boolean = false): String friends: [User] }
          type Mutation { first: User third: User } `,
        Query: {
          user: ({ id }: { id: string }) => ({
            id,
            name: ({ upper }: { upper: boolean }) => (upper ? 'ADA' : 'Ada'),
            friends: [{ id: '2', name: 'Bob' }],
          }),
        },
        Mutation: { first: () => did('first'), third: () => did('third') },
        entities: { User: [{ id: '1', name: 'Ada' }] },
      },
      b: {
        sdl: `type Mutation { second: User } type User @key(fields: "id") { id: ID! mail: String log: [String] @shareable }`,
        Mutation: { second: () => did('second') },
        entities: {
          User: [
            { id: '1', mail: 'ada@example.com', log: () => [...log] },
            { id: '2', mail: 'bob@example.com' },
          ],
        },
      },
    },
    [
      {
        name: 'fragments of every sort are one selection',
        query: `{ user { ...A ... { name } ... on User { id } friends { ...B } } } fragment A on User { mail friends { id ...B } } fragment B on User { mail }`,
        data: {
          user: { mail: 'ada@example.com', friends: [{ id: '2', mail: 'bob@example.com' }], name: 'Ada', id: '1' },
        },
        fetches: ['a {user{__typename friends{__typename id}id name}}', 'b 2× {...on User{mail}}'],
      },
      {
        name: 'aliases tell uses of one field apart',
        query: '{ me: user { low: name high: name(upper: true) at: mail } other: user(id: "2") { mail } }',
        data: { me: { low: 'Ada', high: 'ADA', at: 'ada@example.com' }, other: { mail: 'bob@example.com' } },
        fetches: [
          'a {me:user{__typename id low:name high:name(upper:true)}other:user(id:2){__typename id}}',
          'b {_e0:1× {...on User{at:mail}}_e1:1× {...on User{mail}}}',
        ],
      },
      {
        name: 'what is skipped is not fetched',
        query: 'query ($mail: Boolean!) { user { id mail @include(if: $mail) } }',
        variables: { mail: false },
        data: { user: { id: '1' } },
        fetches: ['a {user{__typename id}}'],
      },
      {
        name: 'what is included is',
        query: 'query ($mail: Boolean!) { user { id mail @include(if: $mail) } }',
        variables: { mail: true },
        data: { user: { id: '1', mail: 'ada@example.com' } },
        fetches: ['a {user{__typename id}}', 'b 1× {...on User{mail}}'],
      },
      {
        name: 'defaults of variables decide as well',
        query: 'query ($no: Boolean = true) { user { id ... on User @skip(if: $no) { mail } name @skip(if: true) } }',
        data: { user: { id: '1' } },
        fetches: ['a {user{id ...on User@skip(if:$no){__typename id}name@skip(if:true)}}'],
      },
      {
        name: 'variables go where they are used',
        query: 'query ($id: ID, $up: Boolean) { user(id: $id) { name(upper: $up) mail } }',
        variables: { id: '2', up: true },
        data: { user: { name: 'ADA', mail: 'bob@example.com' } },
        fetches: ['a {user(id:$id){__typename id name(upper:$up)}}', 'b 1× {...on User{mail}}'],
      },
      {
        name: 'mutations are made in order, one subgraph after the other',
        query: 'mutation { first { log } second { log } third { log } }',
        data: {
          first: { log: ['first'] },
          second: { log: ['first', 'second'] },
          third: { log: ['first', 'second', 'third'] },
        },
        fetches: [
          'a mutation{first{__typename id}}',
          'b 1× {...on User{log}}',
          'b mutation{second{log}}',
          'a mutation{third{__typename id}}',
          'b 1× {...on User{log}}',
        ],
      },
      {
        name: 'introspection beside data',
        query: '{ __typename user { id } __type(name: "User") { fields { name } } }',
        data: {
          __typename: 'Query',
          user: { id: '1' },
          __type: { fields: ['id', 'name', 'friends', 'mail', 'log'].map((name) => ({ name })) },
        },
        fetches: ['a {user{id}}'],
      },
    ],
  );
});

describe('conditions and fragments in abstract types', () => {
  const products = [
    {
      __typename: 'Book',
      id: 'p1',
      title: 'Emma',
      sku: 's1',
      maker: { __typename: 'Agency', id: 'm1', company: 'Fog' },
    },
    { __typename: 'Paper', id: 'p2', title: 'News', sku: 's2', maker: { __typename: 'Self', mail: 'ada@example.com' } },
  ];
  conforms(
    {
      reviews: {
        sdl: `type Query { reviews: [Review] } type Review { product: Product } interface Product { id: ID! }
          type Book implements Product @key(fields: "id") { id: ID! count: Int! } type Paper implements Product @key(fields: "id") { id: ID! }`,
        Query: { reviews: products.map(({ __typename, id }) => ({ product: { __typename, id, count: 1 } })) },
      },
      texts: {
        sdl: `interface Product { id: ID! sku: String }
          type Book implements Product @key(fields: "id") { id: ID! title: String sku: String maker: Maker }
          type Paper implements Product @key(fields: "id") { id: ID! title: String sku: String maker: Maker }
          union Maker = Agency | Self type Agency { id: ID! company: String } type Self { mail: String }`,
        entities: { Book: products.slice(0, 1), Paper: products.slice(1) },
      },
    },
    [
      {
        name: 'a condition on one type leaves the others',
        query:
          'query ($t: Boolean = true) { reviews { product { id ... on Book @skip(if: $t) { title } ... on Book { sku } ... on Paper { sku } } } }',
        data: { reviews: [{ product: { id: 'p1', sku: 's1' } }, { product: { id: 'p2', sku: 's2' } }] },
        fetches: [
          'reviews {reviews{product{__typename id ...on Book@skip(if:$t){__typename id}...on Book{__typename id}...on Paper{__typename id}}}}',
          'texts 2× {...on Book@skip(if:$t){title}...on Book{sku}...on Paper{sku}}',
        ],
      },
      {
        name: 'the other way',
        query:
          'query ($t: Boolean = true) { reviews { product { id ... on Book @skip(if: $t) { title } ... on Book { sku } ... on Paper { sku } } } }',
        variables: { t: false },
        data: { reviews: [{ product: { id: 'p1', title: 'Emma', sku: 's1' } }, { product: { id: 'p2', sku: 's2' } }] },
        fetches: [
          'reviews {reviews{product{__typename id ...on Book@skip(if:$t){__typename id}...on Book{__typename id}...on Paper{__typename id}}}}',
          'texts 2× {...on Book@skip(if:$t){title}...on Book{sku}...on Paper{sku}}',
        ],
      },
      {
        name: 'conditions in conditions',
        query:
          'query ($t: Boolean = true) { reviews { product { id ... on Book @include(if: $t) { title ... on Book @skip(if: $t) { sku } } } } }',
        data: { reviews: [{ product: { id: 'p1', title: 'Emma' } }, { product: { id: 'p2' } }] },
        fetches: [
          'reviews {reviews{product{__typename id ...on Book@include(if:$t){__typename id ...on Book@skip(if:$t){__typename id}}}}}',
          'texts 1× {...on Book{title ...on Book@skip(if:$t){sku}}}',
        ],
      },
      {
        name: 'fields of an interface beside fields of its types, behind other entities',
        query: '{ reviews { product { sku ... on Paper { title } ... on Book { count } } } }',
        data: { reviews: [{ product: { sku: 's1', count: 1 } }, { product: { sku: 's2', title: 'News' } }] },
        fetches: [
          'reviews {reviews{product{__typename ...on Book{__typename id count}...on Paper{__typename id}}}}',
          'texts 2× {...on Book{sku}...on Paper{sku title}}',
        ],
      },
      {
        name: 'one fragment of a union under each type of an interface',
        query: `{ reviews { product { ... on Paper { maker { ...M } } ... on Book { maker { ...M } } } } }
          fragment M on Maker { ... on Agency { id company } ... on Self { mail } }`,
        data: {
          reviews: [
            { product: { maker: { id: 'm1', company: 'Fog' } } },
            { product: { maker: { mail: 'ada@example.com' } } },
          ],
        },
        fetches: [
          'reviews {reviews{product{__typename ...on Paper{__typename id}...on Book{__typename id}}}}',
          'texts 2× {...on Paper{maker{__typename ...M}}...on Book{maker{__typename ...M}}}}fragment M on Maker{...on Agency{id company}...on Self{mail}',
        ],
      },
    ],
  );
});

describe('conditions on what is required', () => {
  conforms(
    {
      a: {
        sdl: 'type Query { product: Product } type Product @key(fields: "id") { id: ID! price: Int }',
        Query: { product: { id: '1', price: 600 } },
      },
      b: {
        sdl: 'type Product @key(fields: "id") { id: ID! price: Int @external dear: Boolean @requires(fields: "price") }',
        entities: { Product: [{ id: '1', dear: computed(({ price }) => (price as number) > 500) }] },
      },
      c: {
        sdl: `type Product @key(fields: "id") { id: ID! dear: Boolean @external
          skipped: String @requires(fields: "dear") included: String @requires(fields: "dear") }`,
        entities: {
          Product: [{ id: '1', skipped: 'never', included: computed(({ dear }) => (dear ? 'dear' : 'cheap')) }],
        },
      },
    },
    [
      {
        name: 'nothing is asked for what is left out',
        query: 'query ($no: Boolean = true) { product { price skipped @skip(if: $no) included @include(if: false) } }',
        data: { product: { price: 600 } },
        fetches: [
          'a {product{__typename id price ...on Product@include(if:false){__typename id price}...on Product@skip(if:$no){__typename id price}}}',
          'b 1× {...on Product@include(if:false){dear}...on Product@skip(if:$no){dear}}',
        ],
      },
      {
        name: 'what is left in has all that it requires',
        query: 'query ($yes: Boolean = true) { product { skipped @include(if: false) included @include(if: $yes) } }',
        data: { product: { included: 'dear' } },
        fetches: [
          'a {product{__typename id ...on Product@include(if:$yes){__typename id price}...on Product@include(if:false){__typename id price}}}',
          'b 1× {...on Product@include(if:$yes){dear}...on Product@include(if:false){dear}}',
          'c 1× {...on Product{included@include(if:$yes)skipped@include(if:false)}}',
        ],
      },
    ],
  );
});

describe('inputs across subgraphs', () => {
  const users = ({ filter }: { filter: object }) => ('offset' in filter ? [] : [{ id: 'u1' }]);
  conforms(
    {
      a: {
        sdl: 'type Query { inA(filter: Filter): [User!] } input Filter { first: Int! } type User @key(fields: "id") { id: ID! }',
        Query: { inA: users },
      },
      b: {
        sdl: 'type Query { inB(filter: Filter!): [User!] } input Filter { offset: Int first: Int! } type User @key(fields: "id") { id: ID! }',
        Query: { inB: users },
      },
    },
    [
      {
        name: 'have the fields that all know, and only what was given',
        query: 'query ($first: Int!) { inA(filter: { first: $first }) { id } inB(filter: { first: $first }) { id } }',
        variables: { first: 1 },
        data: { inA: [{ id: 'u1' }], inB: [{ id: 'u1' }] },
        fetches: ['a {inA(filter:{first:$first}){id}}', 'b {inB(filter:{first:$first}){id}}'],
      },
    ],
  );
});

describe('mutations that count', () => {
  let sum = 0;
  const steps = {
    add: ({ by }: { by: number }) => (sum += by),
    times: ({ by }: { by: number }) => (sum *= by),
    reset: () => {
      const last = sum;
      sum = 0;
      return last;
    },
    made: { id: 'c1', name: 'new' },
  };
  conforms(
    {
      a: {
        sdl: `type Query { none: Int } type Mutation { add(by: Int!): Int made: Category @shareable }
          type Category @key(fields: "id") { id: ID! name: String @shareable }`,
        Mutation: steps,
      },
      b: {
        sdl: `type Mutation { times(by: Int!): Int reset: Int made: Category @shareable }
          type Category @key(fields: "id") { id: ID! name: String @shareable }`,
        Mutation: steps,
      },
    },
    [
      {
        name: 'go to one subgraph and another, each after the one before',
        query: 'mutation { five: add(by: 5) ten: times(by: 2) twelve: add(by: 2) last: reset }',
        data: { five: 5, ten: 10, twelve: 12, last: 12 },
        fetches: [
          'a mutation{five:add(by:5)}',
          'b mutation{ten:times(by:2)}',
          'a mutation{twelve:add(by:2)}',
          'b mutation{last:reset}',
        ],
      },
      {
        name: 'one that several could make is made once',
        query: 'mutation { made { id name } }',
        data: { made: { id: 'c1', name: 'new' } },
        fetches: ['a mutation{made{id name}}'],
      },
    ],
  );
});

describe('directives for operations', () => {
  const access = 'directive @access(scope: Scope! = ALL) on FIELD enum Scope { ALL SOME } ';
  conforms(
    {
      a: { sdl: `${access} type Query { a: String }`, Query: { a: 'a' } },
      b: { sdl: `${access} type Query { b: String }`, Query: { b: 'b' } },
    },
    [
      {
        name: 'that all subgraphs know reach them',
        query: '{ a @access b @access(scope: SOME) }',
        data: { a: 'a', b: 'b' },
        fetches: ['a {a@access}', 'b {b@access(scope:SOME)}'],
      },
    ],
  );
});
