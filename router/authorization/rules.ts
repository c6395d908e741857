import type {
  GraphQLInterfaceType,
  GraphQLNamedType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLUnionType,
} from 'graphql';
import { isAbstractType, isInterfaceType } from 'graphql';
import { type Applied, SupergraphDirectives } from '../supergraph-directives.ts';

/** One thing that must hold for whoever asks. Lists are ORs of ANDs: [["a", "b"], ["c"]] is (a and b) or c. */
export interface Condition {
  readonly kind: 'authenticated' | 'scopes' | 'policies';
  readonly anyOf: readonly (readonly string[])[];
  /** Equal conditions have equal keys. */
  readonly key: string;
}

type Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType;

/**
 * What a supergraph's `@authenticated`, `@requiresScopes` and `@policy` ask for, by Apollo's rules
 * (https://www.apollographql.com/docs/graphos/routing/security/authorization): a field asks for its own conditions and
 * for those of its type; a selection on an interface asks for those of all its implementations.
 */
export class AuthorizationRules {
  readonly #schema: GraphQLSchema;
  readonly #conditions = new Map<string, Condition[]>();

  constructor(supergraphSdl: string, apiSchema: GraphQLSchema) {
    this.#schema = apiSchema;
    const directives = new SupergraphDirectives(supergraphSdl);
    this.#note('authenticated', directives.applied('authenticated'), () => []);
    this.#note('scopes', directives.applied('requiresScopes'), ({ scopes }) => listsOf(scopes));
    this.#note('policies', directives.applied('policy'), ({ policies }) => listsOf(policies));
  }

  /** Nothing in the graph asks for anything. */
  get areEmpty(): boolean {
    return this.#conditions.size === 0;
  }

  ofType(type: GraphQLNamedType): readonly Condition[] {
    return this.#conditions.get(type.name) ?? [];
  }

  /** Of a field where `parent` is what the operation says that it is on. */
  ofField(parent: Composite, field: string, type: GraphQLNamedType): readonly Condition[] {
    const parents = isInterfaceType(parent) ? [parent, ...this.#schema.getPossibleTypes(parent)] : [parent];
    return distinct([
      ...this.ofType(type),
      ...parents.flatMap(({ name }) => this.#conditions.get(`${name}.${field}`) ?? []),
    ]);
  }

  /** Of selecting fields on an interface itself, rather than in fragments on its implementations. */
  ofImplementations(type: GraphQLNamedType): readonly Condition[] {
    if (!isAbstractType(type)) return [];
    return distinct(this.#schema.getPossibleTypes(type).flatMap((possible) => this.ofType(possible)));
  }

  #note(kind: Condition['kind'], applied: Applied, lists: (given: Readonly<Record<string, unknown>>) => string[][]) {
    for (const [place, given] of applied) {
      const anyOf = lists(given);
      const condition = { kind, anyOf, key: JSON.stringify([kind, anyOf]) };
      this.#conditions.set(place, [...(this.#conditions.get(place) ?? []), condition]);
    }
  }
}

const listsOf = (value: unknown): string[][] =>
  Array.isArray(value) ? value.map((and) => [and].flat().map(String)) : [];

const distinct = (conditions: readonly Condition[]): Condition[] => [
  ...new Map(conditions.map((condition) => [condition.key, condition])).values(),
];
