import { describe } from 'vitest';
import { conforms } from './graph.ts';

const log: string[] = [];
const did = (what: string) => {
  log.push(what);
  return { id: '1', log: [...log] };
};

describe('operations', () => {
  conforms(
    {
      a: {
        sdl: `type Query { user(id: ID = "1"): User } type User @key(fields: "id") { id: ID! name(upper: Boolean = false): String friends: [User] }
          type Mutation { first: User third: User } `,
        Query: {
          user: ({ id }: { id: string }) => ({
            id,
            name: ({ upper }: { upper: boolean }) => (upper ? 'ADA' : 'Ada'),
            friends: [{ id: '2', name: 'Bob' }],
          }),
        },
        Mutation: { first: () => did('first'), third: () => did('third') },
        entities: { User: [{ id: '1', name: 'Ada' }] },
      },
      b: {
        sdl: `type Mutation { second: User } type User @key(fields: "id") { id: ID! mail: String log: [String] @shareable }`,
        Mutation: { second: () => did('second') },
        entities: {
          User: [
            { id: '1', mail: 'ada@example.com', log: () => [...log] },
            { id: '2', mail: 'bob@example.com' },
          ],
        },
      },
    },
    [
      {
        name: 'fragments of every sort are one selection',
        query: `{ user { ...A ... { name } ... on User { id } friends { ...B } } } fragment A on User { mail friends { id ...B } } fragment B on User { mail }`,
        data: {
          user: { mail: 'ada@example.com', friends: [{ id: '2', mail: 'bob@example.com' }], name: 'Ada', id: '1' },
        },
        fetches: ['a {user{__typename friends{__typename id}id name}}', 'b 2× {...on User{mail}}'],
      },
      {
        name: 'aliases tell uses of one field apart',
        query: '{ me: user { low: name high: name(upper: true) at: mail } other: user(id: "2") { mail } }',
        data: { me: { low: 'Ada', high: 'ADA', at: 'ada@example.com' }, other: { mail: 'bob@example.com' } },
        fetches: [
          'a {me:user{__typename id low:name high:name(upper:true)}other:user(id:2){__typename id}}',
          'b {_e0:1× {...on User{at:mail}}_e1:1× {...on User{mail}}}',
        ],
      },
      {
        name: 'what is skipped is not fetched',
        query: 'query ($mail: Boolean!) { user { id mail @include(if: $mail) } }',
        variables: { mail: false },
        data: { user: { id: '1' } },
        fetches: ['a {user{__typename id}}'],
      },
      {
        name: 'what is included is',
        query: 'query ($mail: Boolean!) { user { id mail @include(if: $mail) } }',
        variables: { mail: true },
        data: { user: { id: '1', mail: 'ada@example.com' } },
        fetches: ['a {user{__typename id}}', 'b 1× {...on User{mail}}'],
      },
      {
        name: 'defaults of variables decide as well',
        query: 'query ($no: Boolean = true) { user { id ... on User @skip(if: $no) { mail } name @skip(if: true) } }',
        data: { user: { id: '1' } },
        fetches: ['a {user{id ...on User@skip(if:$no){__typename id}name@skip(if:true)}}'],
      },
      {
        name: 'variables go where they are used',
        query: 'query ($id: ID, $up: Boolean) { user(id: $id) { name(upper: $up) mail } }',
        variables: { id: '2', up: true },
        data: { user: { name: 'ADA', mail: 'bob@example.com' } },
        fetches: ['a {user(id:$id){__typename id name(upper:$up)}}', 'b 1× {...on User{mail}}'],
      },
      {
        name: 'mutations are made in order, one subgraph after the other',
        query: 'mutation { first { log } second { log } third { log } }',
        data: {
          first: { log: ['first'] },
          second: { log: ['first', 'second'] },
          third: { log: ['first', 'second', 'third'] },
        },
        fetches: [
          'a mutation{first{__typename id}}',
          'b 1× {...on User{log}}',
          'b mutation{second{log}}',
          'a mutation{third{__typename id}}',
          'b 1× {...on User{log}}',
        ],
      },
      {
        name: 'introspection beside data',
        query: '{ __typename user { id } __type(name: "User") { fields { name } } }',
        data: {
          __typename: 'Query',
          user: { id: '1' },
          __type: { fields: ['id', 'name', 'friends', 'mail', 'log'].map((name) => ({ name })) },
        },
        fetches: ['a {user{id}}'],
      },
    ],
  );
});
