import { describe } from 'vitest';
import { conforms } from './graph.ts';

const MEDIA = [
  { __typename: 'Book', id: '1', title: 'Emma', pages: 400, similar: null },
  { __typename: 'Film', id: '2', title: 'Clueless', minutes: 97 },
];

describe('interfaces and unions', () => {
  conforms(
    {
      media: {
        sdl: `type Query { media: [Media] anything: [Any] } interface Media { id: ID! title: String } union Any = Book | Film | Note
          type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
          type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
          type Note { text: String }`,
        Query: { media: MEDIA, anything: [...MEDIA, { __typename: 'Note', text: 'none' }, null] },
      },
      shops: {
        sdl: `type Book @key(fields: "id") { id: ID! price: Int } type Film @key(fields: "id") { id: ID! price: Float }`,
        entities: { Book: [{ id: '1', price: 12 }], Film: [{ id: '2', price: 9.5 }] },
      },
    },
    [
      {
        name: 'fields of the interface need no types',
        query: '{ media { title } }',
        data: { media: [{ title: 'Emma' }, { title: 'Clueless' }] },
        fetches: ['media {media{__typename title}}'],
      },
      {
        name: 'each type has its own fields, in the order asked for',
        query: '{ media { ... on Film { minutes } title kind: __typename ... on Book { pages id } } }',
        data: {
          media: [
            { title: 'Emma', kind: 'Book', pages: 400, id: '1' },
            { minutes: 97, title: 'Clueless', kind: 'Film' },
          ],
        },
        fetches: ['media {media{__typename ...on Film{minutes}title kind:__typename ...on Book{pages id}}}'],
      },
      {
        name: 'entities behind an interface are asked for in one request',
        query: '{ media { id ... on Book { price } ... on Film { cost: price } } }',
        data: {
          media: [
            { id: '1', price: 12 },
            { id: '2', cost: 9.5 },
          ],
        },
        fetches: [
          'media {media{__typename id ...on Book{__typename id}...on Film{__typename id}}}',
          'shops 2× {...on Book{price}...on Film{cost:price}}',
        ],
      },
      {
        name: 'a union, with a value type among its members',
        query: '{ anything { __typename ... on Media { title } ... on Note { text } } }',
        data: {
          anything: [
            { __typename: 'Book', title: 'Emma' },
            { __typename: 'Film', title: 'Clueless' },
            { __typename: 'Note', text: 'none' },
            null,
          ],
        },
        fetches: ['media {anything{__typename ...on Media{__typename title}...on Note{text}}}'],
      },
    ],
  );
});

describe('@interfaceObject', () => {
  conforms(
    {
      media: {
        sdl: `type Query { media: [Media] } interface Media @key(fields: "id") { id: ID! title: String }
          type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
          type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }`,
        Query: { media: MEDIA },
        entities: { Media: MEDIA, Book: MEDIA.slice(0, 1), Film: MEDIA.slice(1) },
      },
      reviews: {
        sdl: `type Query { best: Media rated: [Media] } type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int }`,
        Query: {
          best: { id: '2', stars: 5 },
          rated: [
            { id: '1', stars: 4 },
            { id: '2', stars: 5 },
          ],
        },
        entities: {
          Media: [
            { id: '1', stars: 4 },
            { id: '2', stars: 5 },
          ],
        },
      },
    },
    [
      {
        name: 'gives a field to every type of the interface',
        query: '{ media { stars ... on Book { pages } } }',
        data: { media: [{ stars: 4, pages: 400 }, { stars: 5 }] },
        fetches: ['media {media{__typename id ...on Book{pages}}}', 'reviews 2× {...on Media{stars}}'],
      },
      {
        name: 'asked on one of the types only',
        query: '{ media { ... on Film { stars } } }',
        data: { media: [{}, { stars: 5 }] },
        fetches: ['media {media{__typename ...on Film{__typename id}}}', 'reviews 1× {...on Media{stars}}'],
      },
      {
        name: 'needs the other subgraph where it cannot tell the type',
        query: '{ best { __typename stars title } }',
        data: { best: { __typename: 'Film', stars: 5, title: 'Clueless' } },
        fetches: ['reviews {best{__typename id stars}}', 'media 1× {...on Media{__typename title}}'],
      },
      {
        name: 'needs no other subgraph for what it has itself',
        query: '{ rated { id stars } }',
        data: {
          rated: [
            { id: '1', stars: 4 },
            { id: '2', stars: 5 },
          ],
        },
        fetches: ['reviews {rated{id stars}}'],
      },
      {
        name: 'leads to the types of the interface',
        query: '{ rated { ... on Book { pages } ... on Film { minutes stars } } }',
        data: { rated: [{ pages: 400 }, { minutes: 97, stars: 5 }] },
        fetches: [
          'reviews {rated{__typename id}}',
          'media 2× {...on Media{__typename ...on Book{pages}...on Film{minutes}}}',
          'reviews 1× {...on Media{stars}}',
        ],
      },
    ],
  );
});
