import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { fromHeaders, toHeader } from '#platform/cache/cache-policy.ts';
import { CACHE_CONTROL } from './cache-control.ts';
import { policyOfOperation } from './cache-hints.ts';

// The examples of https://www.apollographql.com/docs/apollo-server/performance/caching, and what federation adds.
const schema = buildSchema(
  `${CACHE_CONTROL}
  directive @inaccessible on ENUM | FIELD_DEFINITION
  directive @requiresScopes(scopes: String) on FIELD_DEFINITION
  type Query {
    book: Book
    cachedBook: Book @cacheControl(maxAge: 60)
    reader: Reader @cacheControl(maxAge: 40)
    node: Node @cacheControl(maxAge: 50)
    inherits: Part
    text: String
    _entities: [Entity]!
  }
  type Mutation { write: Book @cacheControl(maxAge: 60) }
  type Book { title: String cachedTitle: String @cacheControl(maxAge: 30) cost: Int @requiresScopes(scopes: "x") part: Part plain: Plain inherited: Plain @cacheControl(inheritMaxAge: true) }
  type Plain { a: Int }
  type Reader { book: Book @cacheControl(inheritMaxAge: true) name: String @cacheControl(scope: PRIVATE) }
  type Part @cacheControl(inheritMaxAge: true) { a: Int }
  interface Node { id: ID }
  type Public implements Node @cacheControl(maxAge: 20) { id: ID }
  type Own implements Node @cacheControl(maxAge: 20, scope: PRIVATE) { id: ID mine: Int @cacheControl(maxAge: 5) }
  type Hinted @cacheControl(maxAge: 70) { a: Int }
  union Entity = Book | Hinted`,
  { assumeValid: true },
);

test.each([
  ['{ book { cachedTitle } }', 'no-store'],
  ['{ cachedBook { title } }', 'max-age=60, public'],
  ['{ cachedBook { cachedTitle } }', 'max-age=30, public'],
  ['{ text }', 'no-store'],
  ['{ cachedBook { title } text }', 'no-store'],
  ['{ reader { book { title } } }', 'max-age=40, public'],
  ['{ reader { book { cachedTitle } name } }', 'max-age=30, private'],
  ['{ cachedBook { part { a } } }', 'max-age=60, public'],
  ['{ cachedBook { plain { a } } }', 'no-store'],
  ['{ cachedBook { inherited { a } } }', 'max-age=60, public'],
  // A root field inherits from nothing.
  ['{ inherits { a } }', 'no-store'],
  // Whoever may see it, not everybody may.
  ['{ cachedBook { cost } }', 'max-age=60, private'],
  // An interface may be any of its types.
  ['{ node { id } }', 'max-age=50, private'],
  ['{ node { ... on Own { mine } } }', 'max-age=5, private'],
  ['query ($a: Boolean!) { cachedBook { title cachedTitle @include(if: $a) } }', 'max-age=30, public'],
  ['{ ...F } fragment F on Query { cachedBook { ...T } } fragment T on Book { cachedTitle }', 'max-age=30, public'],
  ['mutation { write { title } }', 'no-store'],
  ['{ __typename }', 'no-store'],
  ['{ _entities { ... on Hinted { a } } }', 'max-age=70, public'],
  ['{ _entities { ... on Hinted { a } ... on Book { title } } }', 'no-store'],
  ['{ _entities { __typename } }', 'no-store'],
])('%s: %s', (query, header) => {
  expect(toHeader(policyOfOperation(schema, parse(query), undefined))).toBe(header);
});

test.each([
  [{ 'cache-control': 'max-age=60, public' }, { maxAgeSeconds: 60, scope: 'PUBLIC', explicit: true }],
  [
    { 'cache-control': 'max-age=60', age: '20' },
    { maxAgeSeconds: 40, scope: 'PUBLIC', explicit: false },
  ],
  [{ 'cache-control': 'Private, Max-Age=60' }, { maxAgeSeconds: 60, scope: 'PRIVATE', explicit: false }],
  [{ 'cache-control': 'max-age=60, s-maxage=5' }, { maxAgeSeconds: 5, scope: 'PUBLIC', explicit: true }],
  [{ 'cache-control': 'no-cache, max-age=60' }, { maxAgeSeconds: 0, scope: 'PUBLIC', explicit: false }],
  [{ 'cache-control': 'max-age=soon' }, { maxAgeSeconds: 0, scope: 'PUBLIC', explicit: false }],
  [{}, { maxAgeSeconds: 0, scope: 'PUBLIC', explicit: false }],
])('a subgraph’s headers %j', (headers, policy) => {
  expect(fromHeaders(headers)).toEqual(policy);
});
