import { describe } from 'vitest';
import { conforms } from './graph.ts';

describe('@requires', () => {
  conforms(
    {
      products: {
        sdl: `type Query { products: [Product] } type Product @key(fields: "upc") { upc: ID! weight: Int price: Int size: Size parts: [Part] }
          type Size { width: Int depth: Int } type Part { grams: Int }`,
        Query: {
          products: [
            { upc: '1', weight: 3, price: 10, size: { width: 2, depth: 4 }, parts: [{ grams: 1 }, { grams: 2 }] },
            { upc: '2', weight: null, price: 5, size: null, parts: [] },
          ],
        },
      },
      shipping: {
        sdl: `type Product @key(fields: "upc") { upc: ID! weight: Int @external price: Int @external size: Size @external parts: [Part] @external
            postage: Int @requires(fields: "weight") area: Int @requires(fields: "size { width depth }")
            total: Int @requires(fields: "price weight") grams: Int @requires(fields: "parts { grams }") }
          type Size { width: Int @external depth: Int @external } type Part { grams: Int @external }`,
        entities: {
          Product: [
            { upc: '1', postage: 30, area: 8, total: 40, grams: 3 },
            { upc: '2', postage: null, area: null, total: 5, grams: 0 },
          ],
        },
      },
      labels: {
        sdl: `type Product @key(fields: "upc") { upc: ID! postage: Int @external label: String @requires(fields: "postage") }`,
        entities: {
          Product: [
            { upc: '1', label: '30!' },
            { upc: '2', label: 'free' },
          ],
        },
      },
    },
    [
      {
        name: 'what is required is fetched, handed on, and not in the answer',
        query: '{ products { postage } }',
        data: { products: [{ postage: 30 }, { postage: null }] },
        fetches: ['products {products{__typename upc weight}}', 'shipping 2× {...on Product{postage}}'],
      },
      {
        name: 'objects and lists are required with their fields',
        query: '{ products { area grams } }',
        data: {
          products: [
            { area: 8, grams: 3 },
            { area: null, grams: 0 },
          ],
        },
        fetches: [
          'products {products{__typename upc parts{grams}size{width depth}}}',
          'shipping 2× {...on Product{area grams}}',
        ],
      },
      {
        name: 'what requires may be required',
        query: '{ products { label weight } }',
        data: {
          products: [
            { label: '30!', weight: 3 },
            { label: 'free', weight: null },
          ],
        },
        fetches: [
          'products {products{__typename upc weight}}',
          'shipping 2× {...on Product{postage}}',
          'labels 2× {...on Product{label}}',
        ],
      },
      {
        name: 'two that require different fields are asked together',
        query: '{ products { total postage } }',
        data: {
          products: [
            { total: 40, postage: 30 },
            { total: 5, postage: null },
          ],
        },
        fetches: ['products {products{__typename upc weight price}}', 'shipping 2× {...on Product{total postage}}'],
      },
    ],
  );
});

describe('@provides', () => {
  conforms(
    {
      reviews: {
        sdl: `type Query { reviews: [Review] found: [Found] } type Review { author: User @provides(fields: "name") }
          type User @key(fields: "id") { id: ID! name: String @external }
          union Found = Review | User`,
        Query: {
          reviews: [{ author: { id: '1', name: 'Ada (as reviews knows)' } }],
          found: [
            { __typename: 'User', id: '1' },
            { __typename: 'Review', author: { id: '1', name: 'Ada (as reviews knows)' } },
          ],
        },
      },
      users: {
        sdl: 'type User @key(fields: "id") { id: ID! name: String @shareable email: String }',
        entities: { User: [{ id: '1', name: 'Ada', email: 'ada@example.com' }] },
      },
    },
    [
      {
        name: 'what is provided is not fetched',
        query: '{ reviews { author { name } } }',
        data: { reviews: [{ author: { name: 'Ada (as reviews knows)' } }] },
        fetches: ['reviews {reviews{author{name}}}'],
      },
      {
        name: 'what is not provided is',
        query: '{ reviews { author { name email } } }',
        data: { reviews: [{ author: { name: 'Ada (as reviews knows)', email: 'ada@example.com' } }] },
        fetches: ['reviews {reviews{author{__typename id name}}}', 'users 1× {...on User{email}}'],
      },
      {
        name: 'only on the path that provides it',
        query: '{ found { ... on User { name } ... on Review { author { name } } } }',
        data: { found: [{ name: 'Ada' }, { author: { name: 'Ada (as reviews knows)' } }] },
        fetches: [
          'reviews {found{__typename ...on User{__typename id}...on Review{author{name}}}}',
          'users 1× {...on User{name}}',
        ],
      },
    ],
  );
});
