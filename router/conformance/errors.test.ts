import { GraphQLError } from 'graphql';
import { describe } from 'vitest';
import { conforms } from './graph.ts';

const fail = (message: string) => () => {
  throw new GraphQLError(message);
};

describe('errors and nulls', () => {
  conforms(
    {
      a: {
        sdl: `type Query { orders: [Order!] strict: [Order!]! one: Order! broken: String down: Order must: Order }
          type Order @key(fields: "id") { id: ID! total: Int! note: String lines: [Line!]! customer: Customer }
          type Line { product: Product! } type Product @key(fields: "upc") { upc: ID! } type Customer @key(fields: "id") { id: ID! }`,
        Query: {
          orders: [
            {
              id: '1',
              total: 10,
              note: fail('no note'),
              lines: [{ product: { upc: 'p1' } }, { product: { upc: 'p2' } }],
              customer: { id: 'c1' },
            },
            { id: '2', total: 20, note: 'fine', lines: [{ product: { upc: 'p1' } }], customer: { id: 'c1' } },
          ],
          strict: [{ id: '3', total: fail('no total'), lines: [] }],
          one: { id: '1', total: 10, lines: [] },
          broken: fail('broken'),
          must: { id: '4', total: 1, lines: [], customer: { id: 'c2' } },
        },
      },
      b: {
        sdl: `type Product @key(fields: "upc") { upc: ID! name: String! secret: String } type Customer @key(fields: "id") { id: ID! mail: String! city: String }`,
        entities: {
          Product: [{ upc: 'p1', name: 'Teapot', secret: fail('not yours') }],
          Customer: [{ id: 'c1', mail: 'ada@example.com', city: fail('no city') }],
        },
      },
      broken: {
        sdl: 'type Order @key(fields: "id") { id: ID! risk: Int }',
        entities: { Order: [new Error('the model is gone') as never] },
      },
    },
    [
      {
        name: 'an error of a field stands at its place, and its fellows are answered',
        query: '{ orders { note total } broken }',
        data: {
          orders: [
            { note: null, total: 10 },
            { note: 'fine', total: 20 },
          ],
          broken: null,
        },
        errors: ['broken: broken', 'orders.0.note: no note'],
        fetches: ['a {orders{note total}broken}'],
      },
      {
        name: 'an error at an entity stands at each of its places',
        query: '{ orders { customer { city } } }',
        data: { orders: [{ customer: { city: null } }, { customer: { city: null } }] },
        errors: ['orders.0.customer.city: no city', 'orders.1.customer.city: no city'],
        fetches: ['a {orders{customer{__typename id}}}', 'b 1× {...on Customer{city}}'],
      },
      {
        name: 'what is missing and may not be takes what holds it, up to the next that may be null, and is told of',
        query: '{ orders { lines { product { name } } } }',
        data: { orders: null },
        errors: ['orders.0.lines.1.product.name: Cannot return null for non-nullable field Product.name.'],
        fetches: ['a {orders{lines{product{__typename upc}}}}', 'b 2× {...on Product{name}}'],
      },
      {
        name: 'null spreads to the whole answer',
        query: '{ strict { total } }',
        data: null,
        errors: ['strict.0.total: no total'],
        fetches: ['a {strict{total}}'],
      },
      {
        name: 'an entity that is missing leaves its place empty, and its fellows stay',
        query: '{ must { total customer { mail } } }',
        data: { must: { total: 1, customer: null } },
        errors: ['must.customer.mail: Cannot return null for non-nullable field Customer.mail.'],
        fetches: ['a {must{total customer{__typename id}}}', 'b 1× {...on Customer{mail}}'],
      },
      {
        name: 'in a joined request, errors find their places',
        query: '{ orders { lines { product { secret } } customer { mail } } }',
        data: {
          orders: [
            {
              lines: [{ product: { secret: null } }, { product: { secret: null } }],
              customer: { mail: 'ada@example.com' },
            },
            { lines: [{ product: { secret: null } }], customer: { mail: 'ada@example.com' } },
          ],
        },
        errors: ['orders.0.lines.0.product.secret: not yours', 'orders.1.lines.0.product.secret: not yours'],
        fetches: [
          'a {orders{lines{product{__typename upc}}customer{__typename id}}}',
          'b {_e0:2× {...on Product{secret}}_e1:1× {...on Customer{mail}}}',
        ],
      },
      {
        name: 'a request that fails is one error, of no place',
        query: '{ one { total risk } }',
        data: { one: { total: 10, risk: null } },
        errors: [': the model is gone'],
        fetches: ['a {one{__typename id total}}', 'broken 1× {...on Order{risk}}'],
      },
      {
        name: 'nothing is fetched about a root that is null',
        query: '{ down { risk customer { mail } } }',
        data: { down: null },
        fetches: ['a {down{__typename id customer{__typename id}}}'],
      },
    ],
  );
});
