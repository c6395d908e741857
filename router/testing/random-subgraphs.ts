import {
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getOperationAST,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql';
import { randomOf } from './random-operations.ts';

/** How often something goes wrong, from 0 to 1. */
export interface Trouble {
  readonly failedFetch: number;
  readonly error: number;
  readonly nullInNonNull: number;
  readonly invalidLeaf: number;
}

type Path = (string | number)[];

/** What both executors hand to a subgraph. */
export interface Asked {
  readonly request: { readonly query?: string; readonly variables?: Readonly<Record<string, unknown>> };
  /** `salt` differs from operation to operation, so that other subgraphs are down in each. */
  readonly context: { readonly salt?: string };
}

interface Place {
  /** What the value is made of: the entity or the root, then fields with their arguments. */
  readonly of: string;
  readonly path: Path;
}

/**
 * A subgraph that answers whatever it is asked with values made of the entity and the field: the same field of the same
 * entity is the same in every request, whatever else it asks, each time in new objects.
 */
export function randomSubgraph(schema: GraphQLSchema, name: string, seed: string, trouble: Trouble) {
  const process = async ({ request, context }: Asked): Promise<ExecutionResult> => {
    const { query = '', variables = {} } = request;
    if (randomOf(`${seed}|${name}|${context.salt}`)() < trouble.failedFetch) throw new Error(`${name} is down`);
    const document = parse(query);
    const fragments = new Map(
      document.definitions
        .filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
        .map((each) => [each.name.value, each]),
    );
    const question: Question = { variables, fragments };
    const errors: { message: string; path: Path; extensions?: Record<string, unknown> }[] = [];
    const happens = (what: keyof Trouble, { of }: Place) => randomOf(`${seed}|${name}|${what}|${of}`)() < trouble[what];

    const value = (type: GraphQLOutputType, field: FieldNode, place: Place): unknown => {
      if (isNonNullType(type)) return happens('nullInNonNull', place) ? null : value(type.ofType, field, place);
      const { of, path } = place;
      const random = randomOf(`${seed}|${name}|value|${of}`);
      if (happens('error', place)) {
        errors.push({ message: `no ${of}`, path, ...(random() < 0.5 && { extensions: { code: 'FORBIDDEN' } }) });
        return null;
      }
      if (random() < 0.05) return null;
      if (isListType(type)) {
        const element = isNonNullType(type.ofType) ? type.ofType.ofType : type.ofType;
        return Array.from({ length: Math.floor(random() * 4) }, (_, i) =>
          value(element, field, { of: `${of}.${i}`, path: [...path, i] }),
        ).filter((each) => each !== null || !isNonNullType(type.ofType));
      }
      if (isLeafType(type)) {
        if (happens('invalidLeaf', place)) return { not: 'a leaf' };
        if (isEnumType(type)) return type.getValues()[0]?.name;
        if (type.name === 'Boolean') return random() < 0.5;
        // Few, so that entities meet again.
        if (type.name === 'Int') return 1 + Math.floor(random() * 5);
        return type.name === 'Float' ? random() : `v${Math.floor(random() * 5)}`;
      }
      const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
      return object(possible[Math.floor(random() * possible.length)]!, [field.selectionSet!], place);
    };

    const object = (type: GraphQLObjectType, sets: readonly SelectionSetNode[], { of, path }: Place) => {
      const result: Record<string, unknown> = Object.create(null);
      for (const part of sets.flatMap((set) => fieldsFor(schema, type, set, question))) {
        const key = (part.alias ?? part.name).value;
        const field = type.getFields()[part.name.value];
        const inner = { of: `${of}/${part.name.value}${argumentsText(part, variables)}`, path: [...path, key] };
        const given = part.name.value === '__typename' ? type.name : field ? value(field.type, part, inner) : null;
        result[key] = joined(result[key], given);
      }
      return result;
    };

    const operation = getOperationAST(document)!;
    const data: Record<string, unknown> = Object.create(null);
    const roots = operation.selectionSet.selections.filter((each) => each.kind === Kind.FIELD);
    const entities = roots.filter(({ name }) => name.value === '_entities');
    if (entities.length === 0) {
      const type = schema.getRootType(operation.operation)!;
      Object.assign(data, object(type, [operation.selectionSet], { of: 'root', path: [] }));
    }
    for (const root of entities) {
      const given = root.arguments?.[0]?.value;
      const representations = variables[given?.kind === 'Variable' ? given.name.value : ''] as { __typename: string }[];
      const alias = (root.alias ?? root.name).value;
      data[alias] = representations.map((representation, i) => {
        const type = schema.getType(representation.__typename);
        const place = {
          of: JSON.stringify(Object.entries(representation).sort(([a], [b]) => (a < b ? -1 : 1))),
          path: [alias, i],
        };
        if (!isObjectType(type) || happens('error', place)) return null;
        return object(type, [root.selectionSet!], place);
      });
    }
    return { data, ...(errors.length > 0 && { errors }) } as unknown as ExecutionResult;
  };
  return { process };
}

interface Question {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

function fieldsFor(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  set: SelectionSetNode,
  question: Question,
): FieldNode[] {
  return set.selections.flatMap((part): FieldNode[] => {
    const included = (part.directives ?? []).every(({ name, arguments: given }) => {
      const condition = given?.[0]?.value;
      const holds =
        condition?.kind === 'Variable'
          ? (question.variables[condition.name.value] ?? condition.name.value === 'yes')
          : true;
      return (name.value === 'include') === holds;
    });
    if (!included) return [];
    if (part.kind === 'Field') return [part];
    const fragment = part.kind === 'FragmentSpread' ? question.fragments.get(part.name.value)! : part;
    const on = schema.getType(fragment.typeCondition?.name.value ?? type.name);
    const applies = on === type || (isAbstractType(on) && schema.isSubType(on, type));
    return applies ? fieldsFor(schema, type, fragment.selectionSet, question) : [];
  });
}

const argumentsText = ({ arguments: given = [] }: FieldNode, variables: Readonly<Record<string, unknown>>): string =>
  given
    .map(
      ({ name, value }) =>
        `${name.value}:${value.kind === 'Variable' ? JSON.stringify(variables[value.name.value]) : print(value)}`,
    )
    .join();

/** Fields asked for twice are one: their parts come together. */
function joined(known: unknown, given: unknown): unknown {
  if (Array.isArray(known) && Array.isArray(given)) return known.map((each, i) => joined(each, given[i]));
  const both = typeof known === 'object' && typeof given === 'object' && known && given;
  return both ? Object.assign(known, given) : given;
}
