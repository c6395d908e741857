import { describe } from 'vitest';
import { conforms } from './graph.ts';

describe('subgraphs of Federation 1', () => {
  const user = { id: 'u1', rank: 1, name: 'Ada' };
  conforms(
    {
      ranks: {
        link: '',
        sdl: `type Query { user: User lent: User @provides(fields: "name") }
          type User @extends @key(fields: "id") { id: ID! @external name: String! @external rank: Int }`,
        Query: { user: { id: 'u1', rank: 1 }, lent: { ...user, name: 'Ada (lent)' } },
      },
      users: {
        link: '',
        sdl: 'type Query { byId(id: ID): User } type User @key(fields: "id") { id: ID! name: String! nick: String }',
        Query: { byId: { ...user, nick: 'A' } },
        entities: { User: [{ id: 'u1', name: 'Ada', nick: 'A' }] },
      },
    },
    [
      {
        name: '@extends and @external: the owner is asked for what is the owner’s',
        query: '{ user { id rank name } byId(id: "u1") { nick } }',
        data: { user: { id: 'u1', rank: 1, name: 'Ada' }, byId: { nick: 'A' } },
        fetches: ['ranks {user{__typename id rank}}', 'users {byId(id:"u1"){nick}}', 'users 1× {...on User{name}}'],
      },
      {
        name: 'an external key is known where it is',
        query: '{ user { id rank } }',
        data: { user: { id: 'u1', rank: 1 } },
        fetches: ['ranks {user{id rank}}'],
      },
      {
        name: '@provides',
        query: '{ lent { id rank name } }',
        data: { lent: { id: 'u1', rank: 1, name: 'Ada (lent)' } },
        fetches: ['ranks {lent{id rank name}}'],
      },
    ],
  );
});

describe('a subgraph of Federation 1 with several keys, and one of Federation 2', () => {
  const known = { id: 'p1', name: 'Pot', upc: 'x' };
  conforms(
    {
      prices: {
        link: '',
        sdl: `type Query { priced: Product } extend type Product @key(fields: "id name") @key(fields: "upc") {
          id: ID @external name: String @external upc: String @external price: Float! }`,
        Query: { priced: { ...known, price: 12.5 } },
        entities: { Product: [{ ...known, price: 12.5 }] },
      },
      products: {
        sdl: `type Query { product: Product } type Product @key(fields: "id name") @key(fields: "upc") {
          id: ID name: String upc: String pid: ID }`,
        Query: { product: { ...known, pid: 'p' } },
        entities: { Product: [{ ...known, pid: 'p' }] },
      },
    },
    [
      {
        name: 'go from one to the other',
        query: '{ product { id pid price upc name } }',
        data: { product: { id: 'p1', pid: 'p', price: 12.5, upc: 'x', name: 'Pot' } },
        fetches: ['products {product{__typename upc id pid name}}', 'prices 1× {...on Product{price}}'],
      },
      {
        name: 'and back, by external fields that are keys',
        query: '{ priced { price pid } }',
        data: { priced: { price: 12.5, pid: 'p' } },
        fetches: ['prices {priced{__typename upc price}}', 'products 1× {...on Product{pid}}'],
      },
    ],
  );
});
