import { describe } from 'vitest';
import { computed, conforms } from './graph.ts';

describe('keys of which a subgraph resolves only some', () => {
  const place = { row: 'r1', shelf: 's2', box: 'b3' };
  conforms(
    {
      catalog: {
        sdl: `type Good @key(fields: "id") @key(fields: "code", resolvable: false)
            @key(fields: "place { row shelf }", resolvable: false) @key(fields: "id place { shelf box }", resolvable: false) {
            id: ID! code: ID! place: Place! name: String! } type Place { row: ID! shelf: ID! box: ID! }`,
        entities: { Good: [{ id: 'g1', name: 'Lamp' }] },
      },
      stalls: {
        sdl: `type Query { stall: Stall } type Stall @key(fields: "id") { id: ID! goods: [Good!]! }
          type Good @key(fields: "place { row shelf }", resolvable: false) @key(fields: "id place { shelf box }")
            @key(fields: "code", resolvable: false) @key(fields: "id", resolvable: false) {
            id: ID! code: ID! place: Place! name: String! @external label: String! @requires(fields: "name") }
          type Place { row: ID! shelf: ID! box: ID! }`,
        Query: { stall: { id: 'st1', goods: [{ id: 'g1', code: 'c1', place }] } },
        // Only by the key that it resolves.
        entities: {
          Good: [{ id: 'g1', place: { shelf: 's2', box: 'b3' }, label: computed(({ name }) => `A ${name}`) }],
        },
      },
    },
    [
      {
        name: 'the way there takes one key, and the way back another',
        query: '{ stall { id goods { id name label } } }',
        data: { stall: { id: 'st1', goods: [{ id: 'g1', name: 'Lamp', label: 'A Lamp' }] } },
        fetches: [
          'stalls {stall{id goods{__typename id place{shelf box}}}}',
          'catalog 1× {...on Good{name}}',
          'stalls 1× {...on Good{label}}',
        ],
      },
    ],
  );
});

describe('keys that hold lists, and grow on the way', () => {
  const pot = { id: 'g1', code: 'c1', kind: { id: 'k1', tag: 'home' } };
  const cup = { id: 'g2', code: 'c2', kind: { id: 'k1', tag: 'home' } };
  conforms(
    {
      lists: {
        sdl: `type Query { top: Selection! } type Selection @key(fields: "goods { id }") { goods: [Good!]! }
          type Good @key(fields: "id") { id: String! kind: Kind @shareable }
          type Kind @key(fields: "id") { id: String! tag: String @shareable best: Good! }`,
        Query: {
          top: { goods: [pot, cup].map(({ id, kind }) => ({ id, kind: { ...kind, best: { id: 'g1', kind } } })) },
        },
        entities: { Good: [pot, cup].map(({ id, kind }) => ({ id, kind })) },
      },
      codes: {
        sdl: 'type Good @key(fields: "id") @key(fields: "id code") { id: String! code: String! }',
        entities: { Good: [pot, cup].map(({ id, code }) => ({ id, code })) },
      },
      orders: {
        sdl: `type Selection @key(fields: "goods { id code }") { goods: [Good!]! first: Good @shareable chosen: Good @shareable }
          type Good @key(fields: "id code") { id: String! code: String }`,
        entities: { Selection: [{ goods: [pot, cup], first: pot, chosen: cup }] },
      },
      prices: {
        sdl: `type Selection @key(fields: "goods { id code kind { id tag } } chosen { id }") {
            goods: [Good!]! chosen: Good @shareable total: Int }
          type Good @key(fields: "id code kind { id tag }") { id: String! code: String kind: Kind price: Int }
          type Kind @key(fields: "id tag") { id: String! tag: String }`,
        entities: {
          Good: [
            { ...pot, price: 10 },
            { ...cup, price: 2 },
          ],
          Selection: [{ total: computed(({ goods }) => (goods as unknown[]).length * 6) }],
        },
      },
    },
    [
      {
        name: 'a key of several subgraphs’ fields is put together first',
        query: '{ top { goods { price } } }',
        data: { top: { goods: [{ price: 10 }, { price: 2 }] } },
        fetches: [
          'lists {top{goods{__typename id kind{id tag}}}}',
          'codes 2× {...on Good{code}}',
          'prices 2× {...on Good{price}}',
        ],
      },
      {
        name: 'all elements of a list are in a key',
        query: '{ top { chosen { id } first { id } total } }',
        data: { top: { chosen: { id: 'g2' }, first: { id: 'g1' }, total: 12 } },
        fetches: [
          'lists {top{__typename goods{__typename id kind{id tag}}}}',
          'codes 2× {...on Good{code}}',
          'orders 1× {...on Selection{chosen{id}first{id}}}',
          'prices 1× {...on Selection{total}}',
        ],
      },
      {
        name: 'entities below entities, by keys of each',
        query: '{ top { goods { kind { best { code price } } } } }',
        data: {
          top: {
            goods: [{ kind: { best: { code: 'c1', price: 10 } } }, { kind: { best: { code: 'c1', price: 10 } } }],
          },
        },
        fetches: [
          'lists {top{goods{kind{best{__typename id kind{id tag}}}}}}',
          'codes 1× {...on Good{code}}',
          'prices 1× {...on Good{price}}',
        ],
      },
    ],
  );
});

describe('an entity that is lost on the way', () => {
  conforms(
    {
      boxes: {
        sdl: 'type Query { boxes: [Box] } type Box { book: Book } type Book @key(fields: "upc") { upc: ID! }',
        Query: { boxes: [{ book: { upc: 'u1' } }, { book: { upc: 'u2' } }, { book: { upc: 'u3' } }] },
      },
      numbers: {
        sdl: 'type Book @key(fields: "id") @key(fields: "upc") { id: ID! upc: ID! }',
        entities: {
          Book: [
            { id: '1', upc: 'u1' },
            { id: '2', upc: 'u2' },
          ],
        },
      },
      writers: {
        sdl: 'type Book @key(fields: "id") { id: ID! writer: Writer } type Writer { name: String }',
        entities: {
          Book: [
            { id: '1', writer: { name: 'Ada' } },
            { id: '2', writer: { name: 'Bob' } },
          ],
        },
      },
    },
    [
      {
        name: 'is null where it is missing, and nobody is asked about it',
        query: '{ boxes { book { upc writer { name } } } }',
        data: {
          boxes: [
            { book: { upc: 'u1', writer: { name: 'Ada' } } },
            { book: { upc: 'u2', writer: { name: 'Bob' } } },
            { book: { upc: 'u3', writer: null } },
          ],
        },
        fetches: [
          'boxes {boxes{book{__typename upc}}}',
          'numbers 3× {...on Book{id}}',
          'writers 2× {...on Book{writer{name}}}',
        ],
      },
    ],
  );
});

describe('what has no key is reached through what holds it', () => {
  conforms(
    {
      shop: {
        sdl: 'type Query { goods: [Good] } type Good @key(fields: "id code") { id: ID! code: ID! }',
        Query: { goods: [{ id: '1', code: 'c1' }] },
      },
      kinds: {
        sdl: `type Good @key(fields: "id code") { id: ID! code: ID! kind: Kind @shareable }
          type Kind @key(fields: "id") { id: ID! }`,
        entities: { Good: [{ id: '1', code: 'c1', kind: { id: 'k1' } }] },
      },
      details: {
        sdl: `type Good @key(fields: "id") { id: ID! @external kind: Kind @shareable } type Kind { details: String }`,
        entities: { Good: [{ id: '1', kind: { details: 'of clay' } }] },
      },
      names: {
        sdl: 'type Kind @key(fields: "id") { id: ID! name: String }',
        entities: { Kind: [{ id: 'k1', name: 'Pots' }] },
      },
    },
    [
      {
        name: 'one object out of what three say of it',
        query: '{ goods { kind { id name details } } }',
        data: { goods: [{ kind: { id: 'k1', name: 'Pots', details: 'of clay' } }] },
        fetches: [
          'shop {goods{__typename id code}}',
          'details 1× {...on Good{kind{details}}}',
          'kinds 1× {...on Good{kind{__typename id}}}',
          'names 1× {...on Kind{name}}',
        ],
      },
      {
        name: 'only who has the field is asked',
        query: '{ goods { kind { details } } }',
        data: { goods: [{ kind: { details: 'of clay' } }] },
        fetches: ['shop {goods{__typename id}}', 'details 1× {...on Good{kind{details}}}'],
      },
    ],
  );
});

describe('subgraphs that differ about null', () => {
  const accounts = [
    { __typename: 'User', id: 'u1', similar: () => accounts },
    { __typename: 'Admin', id: 'a1', name: 'Root', similar: () => accounts },
  ];
  conforms(
    {
      users: {
        sdl: 'type Query { users: [User!]! } type User @key(fields: "id") { id: ID name: String }',
        Query: { users: [{ id: 'u1', name: 'Ada' }] },
        entities: { User: [{ id: 'u1', name: 'Ada' }] },
      },
      accounts: {
        sdl: `type Query { accounts: [Account!]! } union Account = User | Admin
          type User @key(fields: "id") { id: ID! similar: [Account!]! }
          type Admin { id: ID name: String similar: [Account!]! }`,
        Query: { accounts },
        entities: { User: [{ id: 'u1', similar: () => accounts }] },
      },
    },
    [
      {
        name: 'fields of one name and another type under each member of a union',
        query: `{ users { id name } accounts { ... on User { id name similar { ... on User { id name } ... on Admin { id name } } }
          ... on Admin { id name } } }`,
        data: {
          users: [{ id: 'u1', name: 'Ada' }],
          accounts: [
            {
              id: 'u1',
              name: 'Ada',
              similar: [
                { id: 'u1', name: 'Ada' },
                { id: 'a1', name: 'Root' },
              ],
            },
            { id: 'a1', name: 'Root' },
          ],
        },
        fetches: [
          'users {users{id name}}',
          'accounts {accounts{__typename ...on User{__typename id similar{__typename ...on User{__typename id}...on Admin{id__alias_0:id name}}}...on Admin{id__alias_0:id name}}}',
          'users 1× {...on User{name}}',
        ],
      },
    ],
  );
});
