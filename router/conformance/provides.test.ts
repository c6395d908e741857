import { describe } from 'vitest';
import { conforms } from './graph.ts';

describe('@provides of objects in objects', () => {
  const kinds = [{ id: 'k1', name: 'Pots', within: [{ id: 'k2', name: 'Tea' }] }];
  conforms(
    {
      first: { sdl: 'type Good @key(fields: "id") { id: ID! }', entities: { Good: [{ id: 'g1' }] } },
      kinds: {
        sdl: `type Query { goods: [Good] @shareable @provides(fields: "kinds { id name within { id name } }") }
          type Good @key(fields: "id") { id: ID! kinds: [Kind] @external }
          type Kind @key(fields: "id") { id: ID! name: String within: [Kind] @external }`,
        Query: { goods: [{ id: 'g1', kinds }] },
      },
      tree: {
        sdl: `type Good @key(fields: "id") { id: ID! kinds: [Kind] @shareable }
          type Kind @key(fields: "id") { id: ID! within: [Kind] @shareable }`,
        entities: { Good: [{ id: 'g1', kinds }], Kind: [...kinds, { id: 'k2', within: [] }] },
      },
    },
    [
      {
        name: 'all of it comes from who provides it',
        query: '{ goods { id kinds { id name within { id name } } } }',
        data: { goods: [{ id: 'g1', kinds: [{ id: 'k1', name: 'Pots', within: [{ id: 'k2', name: 'Tea' }] }] }] },
        fetches: ['kinds {goods{id kinds{id name within{id name}}}}'],
      },
      {
        name: 'what lies deeper than that does not',
        query: '{ goods { kinds { within { within { id } } } } }',
        data: { goods: [{ kinds: [{ within: [{ within: [] }] }] }] },
        fetches: ['kinds {goods{kinds{within{__typename id}}}}', 'tree 1× {...on Kind{within{id}}}'],
      },
    ],
  );
});

describe('@provides of an interface and of a union', () => {
  const animals = [
    { __typename: 'Dog', id: 'd1', name: 'Fido', age: 3 },
    { __typename: 'Cat', id: 'c1', name: 'Mia', age: 6 },
  ];
  const found = [
    { __typename: 'Tale', id: 't1', title: 'Emma' },
    { __typename: 'Song', id: 's1', title: 'Ave' },
  ];
  conforms(
    {
      stories: {
        sdl: `type Query { story: Story @shareable @provides(fields: "animals { id name }")
            found: [Found] @shareable @provides(fields: "... on Tale { title }") }
          interface Story { id: ID! animals: [Animal] } interface Animal { id: ID! name: String }
          type Tale implements Story @key(fields: "id") { id: ID! @shareable animals: [Animal] @external title: String @external }
          type Song @key(fields: "id") { id: ID! } union Found = Tale | Song
          type Dog implements Animal { id: ID! @external name: String @external }
          type Cat implements Animal { id: ID! @external name: String @external }`,
        Query: { story: { __typename: 'Tale', id: 't1', animals }, found },
      },
      animals: {
        sdl: `interface Story { id: ID! animals: [Animal] } interface Animal { id: ID! name: String }
          type Tale implements Story @key(fields: "id") { id: ID! animals: [Animal] @shareable title: String @shareable }
          type Song @key(fields: "id") { id: ID! title: String }
          type Dog implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int }
          type Cat implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int }`,
        entities: {
          Tale: [{ id: 't1', animals, title: 'Emma' }],
          Song: [{ id: 's1', title: 'Ave' }],
          Cat: animals.slice(1),
        },
      },
    },
    [
      {
        name: 'of an interface, for each of its types',
        query: '{ story { id animals { id name } } }',
        data: {
          story: {
            id: 't1',
            animals: [
              { id: 'd1', name: 'Fido' },
              { id: 'c1', name: 'Mia' },
            ],
          },
        },
        fetches: ['stories {story{__typename id animals{__typename id name}}}'],
      },
      {
        name: 'what one of the types has besides is fetched',
        query: '{ story { animals { name ... on Cat { age } } } }',
        data: { story: { animals: [{ name: 'Fido' }, { name: 'Mia', age: 6 }] } },
        fetches: [
          'stories {story{__typename animals{__typename name}...on Tale{__typename id}}}',
          'animals 1× {...on Tale{animals{__typename ...on Cat{age}}}}',
        ],
      },
      {
        name: 'of one member of a union, and the other is fetched',
        query: '{ found { ... on Tale { id title } ... on Song { id title } } }',
        data: {
          found: [
            { id: 't1', title: 'Emma' },
            { id: 's1', title: 'Ave' },
          ],
        },
        fetches: [
          'stories {found{__typename ...on Tale{id title}...on Song{__typename id}}}',
          'animals 1× {...on Song{title}}',
        ],
      },
    ],
  );
});

describe('@provides is an offer', () => {
  conforms(
    {
      owner: {
        sdl: `type Thing @key(fields: "id") { id: ID! name: String! @shareable text: String! @shareable more: String! }`,
        entities: { Thing: [{ id: 't1', more: 'More', name: 'not asked', text: 'not asked' }] },
      },
      lender: {
        sdl: `type Query { things: [Thing!]! @provides(fields: "name text") }
          type Thing @key(fields: "id") { id: ID! name: String! @external text: String! @external }`,
        Query: { things: [{ id: 't1', name: 'One', text: 'Text' }] },
      },
    },
    [
      {
        name: 'what is not wanted is not asked for',
        query: '{ things { id shown: name } }',
        data: { things: [{ id: 't1', shown: 'One' }] },
        fetches: ['lender {things{id shown:name}}'],
      },
      {
        name: 'the owner is asked for the rest alone, whatever the fragments',
        query:
          '{ things { ... { name } ...More ... on Thing @skip(if: true) { text } } } fragment More on Thing { more }',
        data: { things: [{ name: 'One', more: 'More' }] },
        fetches: [
          'lender {things{__typename id name ...on Thing@skip(if:true){text}}}',
          'owner 1× {...on Thing{more}}',
        ],
      },
    ],
  );
});
