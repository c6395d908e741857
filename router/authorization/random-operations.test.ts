import {
  buildSchema,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isCompositeType,
  isListType,
  isNonNullType,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import type { Asker } from '../context.ts';
import { randomOf, randomOperation } from '../testing/random-operations.ts';
import { Authorization, DEFAULT_AUTHORIZATION } from './authorization.ts';

const SDL = /* GraphQL */ `
  schema
    @link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "login")
    @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", import: ["@requiresScopes"]) { query: Query mutation: Mutation }
  directive @link(url: String, as: String, import: [String]) repeatable on SCHEMA
  directive @login on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  type Query {
    people(first: Int): [Person!]
    person: Person
    nobody: Person
    sure: Person!
    things: [Thing]
    thing: Thing!
    named: [Named!]!
    closed: Person @login
    scoped: [Person!]! @requiresScopes(scopes: [["a", "b"], ["c"]])
  }
  type Mutation { act: Person shut: Person @login }
  interface Named { name: String label: String! }
  type Person implements Named {
    name: String label: String!
    secret: String @login
    must: Int! @requiresScopes(scopes: [["a"]])
    friends: [Person!]
    best: Person!
    others: [[Person]] @requiresScopes(scopes: [["c"], ["b"]])
    thing: Thing
    key: Key
  }
  type Place implements Named { name: String label: String! at: Int! people: [Person] }
  type Vault @login { gold: Int owner: Person! }
  union Thing = Person | Place | Vault
  scalar Key @requiresScopes(scopes: [["b"]])
`;
const schema = buildSchema(SDL, { assumeValid: true });
const GUARDS: Readonly<Record<string, readonly (readonly string[])[] | 'login'>> = {
  'Query.closed': 'login',
  'Query.scoped': [['a', 'b'], ['c']],
  'Mutation.shut': 'login',
  'Person.secret': 'login',
  'Person.must': [['a']],
  'Person.others': [['c'], ['b']],
  'Person.key': [['b']],
  'Vault.gold': 'login',
  'Vault.owner': 'login',
};

/** The same graph for every path into it: lists of two, every fourth thing null, types by turns. */
const resolver =
  (scopes: readonly string[] | null): GraphQLFieldResolver<{ at: number }, unknown> =>
  (source, _args, _context, { parentType, fieldName, returnType }) => {
    const guard = GUARDS[`${parentType.name}.${fieldName}`];
    const holds = guard === 'login' ? scopes !== null : guard?.some((all) => all.every((one) => scopes?.includes(one)));
    if (guard && !holds) throw new GraphQLError('refused');
    let seed = (source?.at ?? 1) * 31 + fieldName.length;
    const madeOf = (type: typeof returnType): unknown => {
      if (isNonNullType(type)) return madeOf(type.ofType);
      seed += 1;
      if (isListType(type)) return [madeOf(type.ofType), madeOf(type.ofType)];
      const named = getNamedType(type);
      if (!isCompositeType(named)) return seed % 100;
      const possible = named.name === 'Named' ? ['Person', 'Place'] : ['Person', 'Place', 'Vault'];
      return { at: seed % 997, __typename: possible[seed % possible.length] };
    };
    return fieldName === 'nobody' ? null : madeOf(returnType);
  };

const asker = (scopes: readonly string[] | null): Asker => ({
  identity: { viewer: scopes && { customerId: 'c', sessionId: 's', scopes }, caller: 'router' },
  expiresAtMs: Number.POSITIVE_INFINITY,
  claims: {},
  address: undefined,
  headers: {},
});

const pathsOf = ({ errors = [] }: ExecutionResult) => errors.map(({ path }) => path?.join('.')).sort();

test('what is taken out before execution, and put back as null, is what an executor that refuses each field answers', async () => {
  const authorization = new Authorization({ sdl: SDL, apiSchema: schema }, DEFAULT_AUTHORIZATION);
  const seen = { whole: 0, filtered: 0, answered: 0 };
  for (let seed = 0; seed < 300; seed += 1) {
    const random = randomOf(`authorization ${seed}`);
    const text = randomOperation(schema, random, { depth: 3, share: 0.35 });
    const document = parse(text);
    if (validate(schema, document).length > 0) continue;
    const scopes = [null, [], ['a'], ['b'], ['a', 'b'], ['c']][seed % 6] as readonly string[] | null;
    const { coerced = {} } = getVariableValues(schema, getOperationAST(document)?.variableDefinitions ?? [], {});
    const expected = (await execute({ schema, document, fieldResolver: resolver(scopes) as never })) as ExecutionResult;

    const decision = await authorization.authorize(
      { document, operationName: undefined, variables: coerced },
      asker(scopes),
    );
    if (decision.kind === 'refused') throw new Error('Nothing is refused here.');
    let answer: ExecutionResult;
    if (decision.kind === 'answered') {
      seen.answered += 1;
      answer = decision.answer;
      expect(Object.values(expected.data ?? {}).every((value) => value === null)).toBe(true);
    } else {
      seen[decision.without ? 'filtered' : 'whole'] += 1;
      const open = resolver(['a', 'b', 'c']);
      answer = decision.complete(await execute({ schema, document: decision.document, fieldResolver: open as never }));
      expect(JSON.stringify(answer.data), text).toBe(JSON.stringify(expected.data));
    }
    if (pathsOf(expected).length <= 100) expect(pathsOf(answer), text).toEqual(pathsOf(expected));
  }
  expect(seen.filtered).toBeGreaterThan(80);
  expect(seen.whole).toBeGreaterThan(10);
  expect(seen.answered).toBeGreaterThan(0);
});
