import { describe } from 'vitest';
import { conforms } from './graph.ts';

describe('who answers a field', () => {
  conforms(
    {
      a: {
        sdl: `schema { query: TheQuery mutation: TheMutation } type TheQuery { item: Item @shareable money: Money secret: String @inaccessible things: [Thing] }
          type TheMutation { touch: Item }
          type Item @key(fields: "id") { id: ID! title: String owner: String @shareable cost: Money state: State internal: String @inaccessible }
          type Money @shareable { amount: Int currency: String } enum State { NEW USED GONE @inaccessible }
          union Thing = Item | Hidden type Hidden @inaccessible { id: ID }`,
        Query: {
          item: { id: '1', title: 'the old title', owner: 'a', cost: { amount: 1, currency: 'EUR' }, state: 'GONE' },
          money: { amount: 2, currency: 'USD' },
          things: [
            { __typename: 'Item', id: '1', owner: 'a' },
            { __typename: 'Hidden', id: 'h' },
          ],
        },
        Mutation: { touch: { id: '2', owner: 'a', cost: null, state: 'NEW' } },
        entities: { Item: [{ id: '1', owner: 'a', cost: { amount: 1, currency: 'EUR' }, state: 'GONE' }] },
      },
      b: {
        sdl: `type Query { item: Item @shareable other: Item wallet: Money }
          type Item @key(fields: "id") { id: ID! title: String @override(from: "a") owner: String @shareable }
          type Money @shareable { amount: Int currency: String }`,
        Query: {
          item: { id: '1', title: 'the new title' },
          other: { id: '1', owner: 'b' },
          wallet: { amount: 3, currency: 'GBP' },
        },
        entities: {
          Item: [
            { id: '1', title: 'the new title', owner: 'b' },
            { id: '2', title: 'another', owner: 'b' },
          ],
        },
      },
    },
    [
      {
        name: '@override and @shareable: each root is asked for what it owns of the same item',
        query: '{ item { cost { amount } title } }',
        data: { item: { cost: { amount: 1 }, title: 'the new title' } },
        fetches: ['a {item{cost{amount}}}', 'b {item{title}}'],
      },
      {
        name: '@shareable: whoever is asked anyway answers',
        query: '{ other { owner } }',
        data: { other: { owner: 'b' } },
        fetches: ['b {other{owner}}'],
      },
      {
        name: '@override: the old owner is not asked, even where it is on the way',
        query: 'mutation { touch { title } }',
        data: { touch: { title: 'another' } },
        fetches: ['a mutation{touch{__typename id}}', 'b 1× {...on Item{title}}'],
      },
      {
        name: 'value types need no key',
        query: '{ money { currency } wallet { currency amount } }',
        data: { money: { currency: 'USD' }, wallet: { currency: 'GBP', amount: 3 } },
        fetches: ['a {money{currency}}', 'b {wallet{currency amount}}'],
      },
      {
        name: 'renamed root types, also of mutations',
        query: 'mutation { touch { __typename id title owner } }',
        data: { touch: { __typename: 'Item', id: '2', title: 'another', owner: 'a' } },
        fetches: ['a mutation{touch{__typename id owner}}', 'b 1× {...on Item{title}}'],
      },
      {
        name: '@inaccessible: a value that the API does not have is null, with an error',
        query: '{ item { state } }',
        data: { item: { state: null } },
        errors: ['item.state: Invalid value found for field Item.state.'],
        fetches: ['a {item{state}}'],
      },
      {
        name: '@inaccessible: a type that the API does not have is null, with an error',
        query: '{ things { ... on Item { owner } } }',
        data: { things: [{ owner: 'a' }, null] },
        errors: ['things.1: Invalid __typename found for object at field Query.things.'],
        fetches: ['a {things{__typename ...on Item{owner}}}'],
      },
    ],
  );
});

describe('enums across subgraphs', () => {
  conforms(
    {
      a: {
        sdl: `type Query { users: [User] byRole(role: Role!): [User] } enum Role { ADMIN GUEST ROBOT }
          type User @key(fields: "id") { id: ID! role: Role @shareable }`,
        Query: {
          users: [
            { id: '1', role: 'ADMIN' },
            { id: '2', role: 'ROBOT' },
          ],
          byRole: ({ role }: { role: string }) => [{ id: '1', role }],
        },
        entities: { User: [{ id: '1', role: 'ADMIN' }] },
      },
      b: {
        sdl: `type User @key(fields: "id") { id: ID! role: Role @shareable roles: [Role!] } enum Role { ADMIN GUEST ROBOT @inaccessible }`,
        entities: {
          User: [
            { id: '1', roles: ['GUEST', 'ADMIN'] },
            { id: '2', roles: ['ADMIN', 'ROBOT'] },
          ],
        },
      },
    },
    [
      {
        name: 'what one subgraph hides, none shows',
        query: '{ users { role } }',
        data: { users: [{ role: 'ADMIN' }, { role: null }] },
        errors: ['users.1.role: Invalid value found for field User.role.'],
        fetches: ['a {users{role}}'],
      },
      {
        name: 'in a list of non-null values, it takes the list',
        query: '{ users { roles } }',
        data: { users: [{ roles: ['GUEST', 'ADMIN'] }, { roles: null }] },
        errors: ['users.1.roles.1: Invalid value found for field User.roles.'],
        fetches: ['a {users{__typename id}}', 'b 2× {...on User{roles}}'],
      },
      {
        name: 'as an argument',
        query: 'query ($role: Role!) { byRole(role: $role) { id role } }',
        variables: { role: 'GUEST' },
        data: { byRole: [{ id: '1', role: 'GUEST' }] },
        fetches: ['a {byRole(role:$role){id role}}'],
      },
    ],
  );
});
