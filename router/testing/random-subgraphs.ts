import {
  type FieldNode,
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
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { DataSource } from '../data-source.ts';
import { randomOf } from './random-operations.ts';

/** How often something goes wrong, from 0 to 1. */
export interface Trouble {
  readonly failedFetch: number;
  readonly error: number;
  readonly nullInNonNull: number;
  readonly invalidLeaf: number;
}

type Answer = Awaited<ReturnType<DataSource['process']>>;
type Path = (string | number)[];

/**
 * A subgraph that answers whatever it is asked with values made of the question: the same question gets the same answer,
 * each time in new objects.
 */
export function randomSubgraph(schema: GraphQLSchema, name: string, seed: string, trouble: Trouble): DataSource {
  return {
    async process({ request }): Promise<Answer> {
      const { query = '', variables = {} } = request;
      const asked = `${seed}|${name}|${query}|${JSON.stringify(variables)}`;
      if (randomOf(asked)() < trouble.failedFetch) throw new Error(`${name} is down`);
      const errors: { message: string; path: Path; extensions?: Record<string, unknown> }[] = [];
      const happens = (what: keyof Trouble, path: Path) =>
        randomOf(`${asked}|${what}|${path.join('.')}`)() < trouble[what];

      const value = (type: GraphQLOutputType, field: FieldNode, path: Path): unknown => {
        if (isNonNullType(type)) return happens('nullInNonNull', path) ? null : value(type.ofType, field, path);
        const random = randomOf(`${asked}|value|${path.join('.')}`);
        if (happens('error', path)) {
          errors.push({
            message: `no ${path.join('.')}`,
            path,
            ...(random() < 0.5 && { extensions: { code: 'FORBIDDEN' } }),
          });
          return null;
        }
        if (random() < 0.05) return null;
        if (isListType(type))
          return Array.from({ length: Math.floor(random() * 4) }, (_, i) =>
            isNonNullType(type.ofType)
              ? value(type.ofType.ofType, field, [...path, i])
              : value(type.ofType, field, [...path, i]),
          );
        if (isLeafType(type)) {
          if (happens('invalidLeaf', path)) return { not: 'a leaf' };
          if (isEnumType(type)) return type.getValues()[0]?.name;
          if (type.name === 'Boolean') return random() < 0.5;
          if (type.name === 'Int') return Math.floor(random() * 100);
          return type.name === 'Float' ? random() : `v${Math.floor(random() * 100)}`;
        }
        const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
        return object(possible[Math.floor(random() * possible.length)]!, field.selectionSet!, path);
      };

      const object = (type: GraphQLObjectType, set: SelectionSetNode, path: Path): Record<string, unknown> => {
        const result: Record<string, unknown> = Object.create(null);
        for (const part of set.selections) {
          if (part.kind === 'InlineFragment') {
            const on = schema.getType(part.typeCondition?.name.value ?? type.name);
            if (on === type || (isAbstractType(on) && schema.isSubType(on, type)))
              Object.assign(result, object(type, part.selectionSet, path));
          } else if (part.kind === 'Field') {
            const key = (part.alias ?? part.name).value;
            const field = type.getFields()[part.name.value];
            result[key] =
              part.name.value === '__typename' ? type.name : field ? value(field.type, part, [...path, key]) : null;
          }
        }
        return result;
      };

      const operation = getOperationAST(parse(query))!;
      const [first] = operation.selectionSet.selections as FieldNode[];
      const entities =
        first?.name.value === '_entities' ? (variables.representations as { __typename: string }[]) : null;
      const data = entities
        ? {
            _entities: entities.map(({ __typename }, i) => {
              const type = schema.getType(__typename);
              if (!isObjectType(type) || happens('error', ['_entities', i])) return null;
              return object(type, first!.selectionSet!, ['_entities', i]);
            }),
          }
        : object(schema.getRootType(operation.operation)!, operation.selectionSet, []);
      return (errors.length > 0 ? { data, errors } : { data }) as Answer;
    },
  };
}
