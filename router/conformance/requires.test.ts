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

describe('arguments of what is required', () => {
  const prices = [
    { EUR: 2, USD: 1 },
    { EUR: 40, USD: 20 },
  ];
  const price =
    (index: number) =>
    ({ currency }: { currency: 'EUR' | 'USD' }) =>
      prices[index]?.[currency];
  conforms(
    {
      products: {
        sdl: `type Query { products: [Product] } type Product @key(fields: "upc") { upc: ID! name: String price(currency: String!): Int
          category: Category } type Category { averagePrice(currency: String!): Int }`,
        Query: {
          products: [
            { upc: '1', name: 'Cup', price: price(0), category: { averagePrice: price(0) } },
            { upc: '2', name: 'Pot', price: price(1), category: { averagePrice: price(1) } },
          ],
        },
      },
      shipping: {
        sdl: `type Product @key(fields: "upc") { upc: ID! price(currency: String!): Int @external category: Category @external
            dollars: Int @requires(fields: "price(currency: \\"USD\\")") euros: Int @requires(fields: "price(currency: \\"EUR\\")")
            dear: Int @requires(fields: "category { averagePrice(currency: \\"USD\\") }") }
          type Category @external { averagePrice(currency: String!): Int }`,
        entities: {
          Product: ['1', '2'].map((upc) => ({
            upc,
            dollars(this: never) {
              return (this as { price: number }).price;
            },
            euros(this: never) {
              return (this as { price: number }).price;
            },
            dear(this: never) {
              return (this as { category: { averagePrice: number } }).category.averagePrice;
            },
          })),
        },
      },
    },
    [
      {
        name: 'two requirements of one field with different arguments',
        query: '{ products { dollars euros dear } }',
        data: {
          products: [
            { dollars: 1, euros: 2, dear: 1 },
            { dollars: 20, euros: 40, dear: 20 },
          ],
        },
        fetches: [
          'products {products{__typename upc category{averagePrice__required2:averagePrice(currency:"USD")}price__required1:price(currency:"EUR")price__required0:price(currency:"USD")}}',
          'shipping {_e0:2× {...on Product{dollars dear}}_e1:2× {...on Product{euros}}}',
        ],
      },
      {
        name: 'a requirement and the client’s own use',
        query: '{ products { price(currency: "EUR") dollars category { averagePrice(currency: "EUR") } dear } }',
        data: {
          products: [
            { price: 2, dollars: 1, category: { averagePrice: 2 }, dear: 1 },
            { price: 40, dollars: 20, category: { averagePrice: 40 }, dear: 20 },
          ],
        },
        fetches: [
          'products {products{__typename upc price(currency:"EUR")category{averagePrice__required2:averagePrice(currency:"USD")averagePrice(currency:"EUR")}price__required0:price(currency:"USD")}}',
          'shipping 2× {...on Product{dollars dear}}',
        ],
      },
      {
        name: 'an alias that is the name of what a key or a requirement reads',
        query: '{ products { upc: name price: upc dollars category: __typename } }',
        data: {
          products: [
            { upc: 'Cup', price: '1', dollars: 1, category: 'Product' },
            { upc: 'Pot', price: '2', dollars: 20, category: 'Product' },
          ],
        },
        fetches: [
          'products {products{__typename upc upc__asked:name price__asked:upc price__required0:price(currency:"USD")category__asked:__typename}}',
          'shipping 2× {...on Product{dollars}}',
        ],
      },
    ],
  );
});
