import { describe } from 'vitest';
import { computed, conforms } from './graph.ts';

const ACCOUNTS = [
  { __typename: 'Admin', id: '1', isMain: true, isActive: true },
  { __typename: 'Regular', id: '2', isMain: false },
];

describe('@interfaceObject beside the types', () => {
  conforms(
    {
      types: {
        sdl: `interface Account @key(fields: "id") { id: ID! }
          type Admin implements Account @key(fields: "id") { id: ID! isMain: Boolean! isActive: Boolean! @shareable }
          type Regular implements Account @key(fields: "id") { id: ID! isMain: Boolean! }`,
        entities: { Account: ACCOUNTS, Admin: ACCOUNTS.slice(0, 1), Regular: ACCOUNTS.slice(1) },
      },
      names: {
        sdl: `type Query { accounts: [Account] } type Account @interfaceObject @key(fields: "id") { id: ID! name: String! }`,
        // The type that it tells is nobody's: only who has the types can say.
        Query: {
          accounts: [
            { __typename: 'Never', id: '1', name: 'Ada' },
            { __typename: 'Never', id: '2', name: 'Bob' },
          ],
        },
        entities: {
          Account: [
            { id: '1', name: 'Ada' },
            { id: '2', name: 'Bob' },
          ],
        },
      },
      states: {
        sdl: `type Account @interfaceObject @key(fields: "id") { id: ID! isActive: Boolean! @shareable }`,
        entities: {
          Account: [
            { id: '1', isActive: false },
            { id: '2', isActive: false },
          ],
        },
      },
    },
    [
      {
        name: 'a field of the interface on one of its types alone',
        query: '{ accounts { ... on Admin { name } } }',
        data: { accounts: [{ name: 'Ada' }, {}] },
        fetches: [
          'names {accounts{__typename id}}',
          'types 2× {...on Account{__typename}}',
          'names 1× {...on Account{name}}',
        ],
      },
      {
        name: 'the type alone',
        query: '{ accounts { ... on Admin { __typename } } }',
        data: { accounts: [{ __typename: 'Admin' }, {}] },
        fetches: ['names {accounts{__typename id}}', 'types 2× {...on Account{__typename ...on Admin{__typename}}}'],
      },
      {
        name: 'from another that has it of all types',
        query: '{ accounts { id isActive } }',
        data: {
          accounts: [
            { id: '1', isActive: false },
            { id: '2', isActive: false },
          ],
        },
        fetches: ['names {accounts{__typename id}}', 'states 2× {...on Account{isActive}}'],
      },
      {
        name: 'from who has it of one type',
        query: '{ accounts { id ... on Admin { isActive } } }',
        data: { accounts: [{ id: '1', isActive: true }, { id: '2' }] },
        fetches: ['names {accounts{__typename id}}', 'types 2× {...on Account{__typename ...on Admin{isActive}}}'],
      },
      {
        name: 'of the interface and of a type at once',
        query: '{ accounts { ... on Admin { isMain id name } id __typename } }',
        data: {
          accounts: [
            { isMain: true, id: '1', name: 'Ada', __typename: 'Admin' },
            { id: '2', __typename: 'Regular' },
          ],
        },
        fetches: [
          'names {accounts{__typename id}}',
          'types 2× {...on Account{__typename ...on Admin{isMain}}}',
          'names 1× {...on Account{id name}}',
        ],
      },
    ],
  );
});

describe('@interfaceObject that requires', () => {
  const users = [
    { __typename: 'User', id: 'u1', name: 'Ada', age: 36 },
    { __typename: 'User', id: 'u2', name: 'Bob', age: 41 },
  ];
  conforms(
    {
      types: {
        sdl: `type Query { users: [Named!]! } interface Named @key(fields: "id") { id: ID! name: String }
          type User implements Named @key(fields: "id") { id: ID! name: String age: Int }`,
        Query: { users },
        entities: { Named: users, User: users },
      },
      logins: {
        sdl: `type Query { logins: [Named] } type Named @interfaceObject @key(fields: "id") {
          id: ID! name: String @external login: String @requires(fields: "name") }`,
        Query: { logins: [{ id: 'u1' }, { id: 'u2' }] },
        entities: {
          Named: users.map(({ id }) => ({ id, login: computed(({ name }) => `${name}`.toLowerCase()) })),
        },
      },
    },
    [
      {
        name: 'a field of the types, from where there are none',
        query: '{ logins { id login } }',
        data: {
          logins: [
            { id: 'u1', login: 'ada' },
            { id: 'u2', login: 'bob' },
          ],
        },
        fetches: [
          'logins {logins{__typename id}}',
          'types 2× {...on Named{__typename name}}',
          'logins 2× {...on Named{login}}',
        ],
      },
      {
        name: 'and from where there are',
        query: '{ users { ... on User { age login } name } }',
        data: {
          users: [
            { age: 36, login: 'ada', name: 'Ada' },
            { age: 41, login: 'bob', name: 'Bob' },
          ],
        },
        fetches: ['types {users{__typename ...on User{__typename id age name}name}}', 'logins 2× {...on Named{login}}'],
      },
      {
        name: 'on a type, from where there are none',
        query: '{ logins { ... on User { age login } } }',
        data: {
          logins: [
            { age: 36, login: 'ada' },
            { age: 41, login: 'bob' },
          ],
        },
        fetches: [
          'logins {logins{__typename id}}',
          'types 2× {...on Named{__typename ...on User{age}id name}}',
          'logins 2× {...on Named{login}}',
        ],
      },
    ],
  );
});

describe('@interfaceObject, and a third that extends one of the types', () => {
  const video = { __typename: 'Video', id: '1', title: 'Fog', seconds: 100 };
  conforms(
    {
      media: {
        sdl: `type Query { media: Media } interface Media @key(fields: "id") { id: ID! title: String }
          type Video implements Media @key(fields: "id") { id: ID! title: String seconds: Int }
          type Article implements Media @key(fields: "id") { id: ID! title: String words: Int }`,
        Query: { media: video },
        entities: { Media: [video], Video: [video] },
      },
      makers: {
        sdl: `extend type Video @key(fields: "id") { id: ID! maker: String }`,
        entities: { Video: [{ id: '1', maker: 'Ada' }] },
      },
      lists: {
        sdl: `type Query { list: List } type List @key(fields: "id") { id: ID! media: Media }
          type Media @interfaceObject @key(fields: "id") { id: ID! }`,
        Query: { list: { id: 'l1', media: { id: '1' } } },
      },
    },
    [
      {
        name: 'is reached from both',
        query:
          '{ media { title ... on Video { seconds maker } ... on Article { words } } list { media { id ... on Video { seconds maker } } } }',
        data: {
          media: { title: 'Fog', seconds: 100, maker: 'Ada' },
          list: { media: { id: '1', seconds: 100, maker: 'Ada' } },
        },
        fetches: [
          'media {media{__typename title ...on Video{__typename id seconds}...on Article{words}}}',
          'lists {list{media{__typename id}}}',
          'makers 1× {...on Video{maker}}',
          'media 1× {...on Media{__typename ...on Video{__typename id seconds}}}',
          'makers 1× {...on Video{maker}}',
        ],
      },
    ],
  );
});
