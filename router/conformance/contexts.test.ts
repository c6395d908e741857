import { describe } from 'vitest';
import { conforms } from './graph.ts';

const CONTEXT = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@shareable", "@external",
  "@context", "@fromContext"])\n`;

const priced = ({ in: currency }: { in?: string | null }) => `10 ${currency ?? 'of nothing'}`;

describe('@context of what holds an entity', () => {
  conforms(
    {
      markets: {
        link: CONTEXT,
        sdl: `type Query { market: Market markets: [Market!] }
          type Market @key(fields: "id") @context(name: "market") { id: ID! currency: String goods: [Good!] best: Good }
          type Good @key(fields: "id") { id: ID! name: String price(in: String @fromContext(field: "$market { currency }")): String }`,
        Query: {
          market: { id: 'm1', currency: 'EUR', goods: [{ id: 'g1' }, { id: 'g2' }] },
          markets: [
            { id: 'm1', currency: 'EUR', goods: [{ id: 'g1' }, { id: 'g2' }], best: { id: 'g1', name: 'Lamp' } },
            { id: 'm2', currency: 'CHF', goods: [{ id: 'g1' }], best: null },
            { id: 'm3', currency: 'EUR', goods: [{ id: 'g1' }], best: null },
            { id: 'm4', currency: null, goods: [{ id: 'g2' }, { id: 'g2' }], best: null },
          ],
        },
        entities: {
          Good: [
            { id: 'g1', price: priced },
            { id: 'g2', price: priced },
          ],
        },
      },
      names: {
        sdl: 'type Market @key(fields: "id") { id: ID! name: String }',
        entities: { Market: [{ id: 'm1', name: 'Bazaar' }] },
      },
    },
    [
      {
        name: 'hands its field on as an argument that clients do not see',
        query: '{ market { goods { price } } }',
        data: { market: { goods: [{ price: '10 EUR' }, { price: '10 EUR' }] } },
        fetches: [
          'markets {market{__typename currency goods{__typename id}}}',
          'markets 2× {...on Good{price(in:$contextualArgument_1_0)}}',
        ],
      },
      {
        name: 'each value of several goes out in one request, equal ones once',
        query: '{ markets { goods { id price } } }',
        data: {
          markets: [
            {
              goods: [
                { id: 'g1', price: '10 EUR' },
                { id: 'g2', price: '10 EUR' },
              ],
            },
            { goods: [{ id: 'g1', price: '10 CHF' }] },
            { goods: [{ id: 'g1', price: '10 EUR' }] },
            {
              goods: [
                { id: 'g2', price: '10 of nothing' },
                { id: 'g2', price: '10 of nothing' },
              ],
            },
          ],
        },
        fetches: [
          'markets {markets{__typename currency goods{__typename id}}}',
          'markets {_e0:2× {...on Good{price(in:$contextualArgument_1_0_0)}}_e1:1× {...on Good{price(in:$contextualArgument_1_0_1)}}_e2:1× {...on Good{price(in:$contextualArgument_1_0_2)}}}',
        ],
      },
      {
        name: 'an alias of the client does not stand in its way',
        query: '{ market { currency: name goods { cost: price } } }',
        data: { market: { currency: 'Bazaar', goods: [{ cost: '10 EUR' }, { cost: '10 EUR' }] } },
        fetches: [
          'markets {market{__typename currency id goods{__typename id}}}',
          'names 1× {...on Market{currency__asked:name}}',
          'markets 2× {...on Good{cost:price(in:$contextualArgument_1_0)}}',
        ],
      },
      {
        name: 'beside fields that need none, and nulls',
        query: '{ markets { currency best { name price } } }',
        data: {
          markets: [
            { currency: 'EUR', best: { name: 'Lamp', price: '10 EUR' } },
            { currency: 'CHF', best: null },
            { currency: 'EUR', best: null },
            { currency: null, best: null },
          ],
        },
        fetches: [
          'markets {markets{__typename currency best{__typename id name}}}',
          'markets 1× {...on Good{price(in:$contextualArgument_1_0)}}',
        ],
      },
    ],
  );
});

describe('@context that another subgraph answers, several levels up', () => {
  const title = ({ in: language }: { in?: string }) => (language === 'de' ? 'Lampe' : 'Lamp');
  const shelf = { id: 's1', good: { id: 'g1', title } };
  conforms(
    {
      goods: {
        link: CONTEXT,
        sdl: `type Shop @key(fields: "id") @context(name: "shop") { id: ID! language: String @external }
          type Shelf @key(fields: "id") { id: ID! good: Good }
          type Good @key(fields: "id") { id: ID! title(in: String @fromContext(field: "$shop { language }")): String }
          extend type Shop { shelves: [Shelf!] }`,
        entities: {
          Shop: [
            { id: '1', shelves: [shelf] },
            { id: '2', shelves: [shelf] },
          ],
          Good: [{ id: 'g1', title }],
        },
      },
      shops: {
        sdl: 'type Query { shops: [Shop!] } type Shop @key(fields: "id") { id: ID! language: String }',
        Query: {
          shops: [
            { id: '1', language: 'de' },
            { id: '2', language: 'en' },
          ],
        },
      },
    },
    [
      {
        name: 'one entity at two places has what each place gives it',
        query: '{ shops { shelves { good { title } } } }',
        data: {
          shops: [{ shelves: [{ good: { title: 'Lampe' } }] }, { shelves: [{ good: { title: 'Lamp' } }] }],
        },
        fetches: [
          'shops {shops{__typename id language}}',
          'goods {_e0:1× {...on Shop{shelves{good{title(in:$contextualArgument_1_0_0)}}}}_e1:1× {...on Shop{shelves{good{title(in:$contextualArgument_1_0_1)}}}}}',
        ],
      },
    ],
  );
});

describe('@context that several types set', () => {
  conforms(
    {
      a: {
        link: CONTEXT,
        sdl: `type Query { held: [Holder] } union Holder = Cart | Order
          type Cart @key(fields: "id") @context(name: "holder") { id: ID! channel: String good: Good }
          type Order @key(fields: "id") @context(name: "holder") { id: ID! soldIn: String good: Good }
          type Good @key(fields: "id") { id: ID!
            tax(in: String @fromContext(field: "$holder ... on Cart { channel } ... on Order { soldIn }")): String }`,
        Query: {
          held: [
            { __typename: 'Cart', id: 'c1', channel: 'web', good: { id: 'g1' } },
            { __typename: 'Order', id: 'o1', soldIn: 'shop', good: { id: 'g1' } },
          ],
        },
        entities: { Good: [{ id: 'g1', tax: ({ in: channel }: { in?: string }) => `as in ${channel}` }] },
      },
    },
    [
      {
        name: 'takes the field of the type that it is',
        query: '{ held { ... on Cart { good { tax } } ... on Order { good { tax } } } }',
        data: { held: [{ good: { tax: 'as in web' } }, { good: { tax: 'as in shop' } }] },
        fetches: [
          'a {held{__typename ...on Cart{__typename channel good{__typename id}}...on Order{__typename soldIn good{__typename id}}}}',
          'a {_e0:1× {...on Good{tax(in:$contextualArgument_1_0_0)}}_e1:1× {...on Good{tax(in:$contextualArgument_1_0_1)}}}',
        ],
      },
    ],
  );
});
