import { describe } from 'vitest';
import { conforms } from './graph.ts';

describe('a key', () => {
  conforms(
    {
      shop: {
        sdl: 'type Query { products: [Product] best: Product } type Product @key(fields: "upc") { upc: ID! }',
        Query: { products: [{ upc: '1' }, { upc: '2' }, { upc: '1' }, null], best: { upc: '2' } },
      },
      names: {
        sdl: 'type Product @key(fields: "upc") { upc: ID! name: String price(currency: String = "EUR"): String }',
        entities: {
          Product: [
            { upc: '1', name: 'Teapot', price: ({ currency }: { currency: string }) => `10 ${currency}` },
            { upc: '2', name: 'Cup', price: ({ currency }: { currency: string }) => `2 ${currency}` },
          ],
        },
      },
      stock: {
        sdl: 'type Product @key(fields: "upc") { upc: ID! left: Int }',
        entities: { Product: [{ upc: '1', left: 0 }] },
      },
    },
    [
      {
        name: 'each entity is asked for once, and stands at each of its places',
        query: '{ products { name upc } }',
        data: {
          products: [{ name: 'Teapot', upc: '1' }, { name: 'Cup', upc: '2' }, { name: 'Teapot', upc: '1' }, null],
        },
        fetches: ['shop {products{__typename upc}}', 'names 2× {...on Product{name}}'],
      },
      {
        name: 'equal questions at two places are one',
        query: '{ products { name } best { name } }',
        data: { products: [{ name: 'Teapot' }, { name: 'Cup' }, { name: 'Teapot' }, null], best: { name: 'Cup' } },
        fetches: ['shop {products{__typename upc}best{__typename upc}}', 'names 2× {...on Product{name}}'],
      },
      {
        name: 'different questions at two places go out together',
        query: 'query ($c: String) { products { price(currency: $c) } best { price name } }',
        variables: { c: 'USD' },
        data: {
          products: [{ price: '10 USD' }, { price: '2 USD' }, { price: '10 USD' }, null],
          best: { price: '2 EUR', name: 'Cup' },
        },
        fetches: [
          'shop {products{__typename upc}best{__typename upc}}',
          'names {_e0:2× {...on Product{price(currency:$c)}}_e1:1× {...on Product{price name}}}',
        ],
      },
      {
        name: 'an entity that a subgraph does not know has null for its fields',
        query: '{ best { upc left name } }',
        data: { best: { upc: '2', left: null, name: 'Cup' } },
        fetches: ['shop {best{__typename upc}}', 'names 1× {...on Product{name}}', 'stock 1× {...on Product{left}}'],
      },
      {
        name: 'the key alone needs no other subgraph',
        query: '{ best { upc kind: __typename } }',
        data: { best: { upc: '2', kind: 'Product' } },
        fetches: ['shop {best{upc kind:__typename}}'],
      },
    ],
  );
});

describe('composite, nested and several keys', () => {
  conforms(
    {
      places: {
        sdl: `type Query { shelves: [Shelf] book: Book }
          type Shelf @key(fields: "room number") { room: ID! number: Int! }
          type Book @key(fields: "isbn { code }") { isbn: Isbn! } type Isbn @shareable { code: ID! }`,
        Query: {
          shelves: [
            { room: 'A', number: 1 },
            { room: 'A', number: 2 },
          ],
          book: { isbn: { code: 'x' } },
        },
      },
      library: {
        sdl: `type Shelf @key(fields: "room number") { room: ID! number: Int! label: String }
          type Book @key(fields: "isbn { code }") @key(fields: "id") { id: ID! isbn: Isbn! } type Isbn @shareable { code: ID! }`,
        entities: {
          Shelf: [
            { room: 'A', number: 1, label: 'Poems' },
            { room: 'A', number: 2, label: 'Plays' },
          ],
          Book: [{ id: 'b1', isbn: { code: 'x' } }],
        },
      },
      texts: {
        sdl: 'type Book @key(fields: "id") { id: ID! pages: Int }',
        entities: { Book: [{ id: 'b1', pages: 99 }] },
      },
    },
    [
      {
        name: 'all fields of a composite key tell which',
        query: '{ shelves { label } }',
        data: { shelves: [{ label: 'Poems' }, { label: 'Plays' }] },
        fetches: ['places {shelves{__typename room number}}', 'library 2× {...on Shelf{label}}'],
      },
      {
        name: 'a subgraph that knows two keys leads from one to the other',
        query: '{ book { pages } }',
        data: { book: { pages: 99 } },
        fetches: [
          'places {book{__typename isbn{code}}}',
          'library 1× {...on Book{id}}',
          'texts 1× {...on Book{pages}}',
        ],
      },
      {
        name: 'a nested key is data too',
        query: '{ book { isbn { code } id } }',
        data: { book: { isbn: { code: 'x' }, id: 'b1' } },
        fetches: ['places {book{__typename isbn{code}}}', 'library 1× {...on Book{id}}'],
      },
    ],
  );
});

describe('nulls and lists', () => {
  conforms(
    {
      a: {
        sdl: `type Query { grid: [[Cell]] boxes: [Box!] } type Cell @key(fields: "id") { id: ID }
          type Box { cell: Cell cells: [Cell] }`,
        Query: {
          grid: [[{ id: '1' }, null], null, [], [{ id: '2' }, { id: null }]],
          boxes: [
            { cell: { id: '2' }, cells: null },
            { cell: null, cells: [{ id: '1' }, null, { id: '9' }] },
          ],
        },
      },
      b: {
        sdl: 'type Cell @key(fields: "id") { id: ID text: String }',
        entities: {
          Cell: [
            { id: '1', text: 'one' },
            { id: '2', text: 'two' },
          ],
        },
      },
    },
    [
      {
        name: 'lists of lists, with nulls in them and in keys',
        query: '{ grid { text } }',
        data: { grid: [[{ text: 'one' }, null], null, [], [{ text: 'two' }, { text: null }]] },
        fetches: ['a {grid{__typename id}}', 'b 3× {...on Cell{text}}'],
      },
      {
        name: 'nothing is asked about what is null',
        query: '{ boxes { cell { text } cells { text id } } }',
        data: {
          boxes: [
            { cell: { text: 'two' }, cells: null },
            { cell: null, cells: [{ text: 'one', id: '1' }, null, { text: null, id: '9' }] },
          ],
        },
        fetches: ['a {boxes{cell{__typename id}cells{__typename id}}}', 'b 3× {...on Cell{text}}'],
      },
    ],
  );
});
