import { describe } from 'vitest';
import { conforms } from './graph.ts';

describe('what no subgraph can answer', () => {
  conforms(
    {
      a: {
        sdl: `type Query { a: Node product: Product } interface Node @key(fields: "id") { id: ID! }
          type Product @key(fields: "id") { id: ID! }`,
        Query: { a: null, product: { id: 'p1' } },
      },
      b: {
        sdl: `type Query { b: Node } type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! field: String }`,
        Query: { b: { id: 'n1', field: 'foo' } },
      },
    },
    [
      {
        name: '@interfaceObject answers what it has without the types',
        query: '{ b { id field } }',
        data: { b: { id: 'n1', field: 'foo' } },
        fetches: ['b {b{id field}}'],
      },
      {
        name: 'a field of an @interfaceObject that nobody can lead to is an error, and not just null',
        query: '{ a { field } product { id } }',
        data: { a: null, product: { id: 'p1' } },
        errors: ['a: No subgraph can answer a.'],
        fetches: ['a {product{id}}'],
      },
      {
        name: 'where nothing at all can be answered, there is no data',
        query: '{ a { field } }',
        data: null,
        errors: ['a: No subgraph can answer a.'],
        fetches: [],
      },
      {
        name: 'an interface without types cannot be named',
        query: '{ a { id } }',
        data: { a: null },
        errors: [],
        fetches: ['a {a{__typename id}}'],
      },
    ],
  );
});
