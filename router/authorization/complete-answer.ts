import {
  type ExecutionResult,
  type FieldNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { isLeftOut } from '../left-out.ts';
import { type Fragments, type Refusals, TYPENAME } from './filter-operation.ts';
import type { Condition } from './rules.ts';

type Data = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

export interface Completion {
  readonly schema: GraphQLSchema;
  /** As it was asked. */
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  readonly refusals: Refusals;
  readonly touched: ReadonlySet<SelectionSetNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  errorOf(condition: Condition, path: Path): GraphQLError;
}

/** In a long list each element has its own error; more than these tell nothing new. */
const MAX_ERRORS = 100;

/** What stands for a non-null field that is refused, until the next field that may be null. */
const GONE = Symbol('gone');

interface Asked {
  readonly node: FieldNode;
  readonly sets: SelectionSetNode[];
  refused: Condition | undefined;
}

/**
 * Puts null and an error where the executed operation lacks what was asked, in the order that was asked; null travels
 * up from non-null fields (GraphQL specification, 6.4.4). Without `data` nothing was executed.
 */
export function completeAnswer(completion: Completion, result: ExecutionResult): ExecutionResult {
  if (result.data === null || (result.data === undefined && result.errors)) return result;
  const { schema, operation, touched } = completion;
  const refused: GraphQLError[] = [];

  const objectOf = (type: GraphQLObjectType, sets: readonly SelectionSetNode[], data: Data, path: Path) => {
    const answer: Record<string, unknown> = Object.create(null);
    for (const [name, asked] of collect(completion, type, sets)) {
      const at = [...path, name];
      const declared = type.getFields()[asked.node.name.value]?.type;
      if (asked.refused) {
        if (refused.length < MAX_ERRORS) refused.push(completion.errorOf(asked.refused, at));
        if (isNonNullType(declared)) return GONE;
        answer[name] = null;
      } else if (asked.node.name.value === '__typename') {
        // Nothing asks anything for it, and a fragment that was taken out took it along.
        answer[name] = type.name;
      } else if (data[name] !== undefined) {
        const value = declared ? completedOf(declared, asked.sets, data[name], at) : data[name];
        if (value === GONE) return GONE;
        answer[name] = value;
      }
    }
    return answer;
  };

  const completedOf = (
    type: GraphQLOutputType,
    sets: readonly SelectionSetNode[],
    value: unknown,
    path: Path,
  ): unknown => {
    if (value === null || !sets.some((set) => touched.has(set))) return value;
    const completed = presentOf(getNullableType(type), sets, value, path);
    return completed === GONE && !isNonNullType(type) ? null : completed;
  };

  const presentOf = (
    type: GraphQLOutputType,
    sets: readonly SelectionSetNode[],
    value: unknown,
    path: Path,
  ): unknown => {
    if (isListType(type)) {
      if (!Array.isArray(value)) return null;
      const elements: unknown[] = [];
      for (const [index, element] of value.entries()) {
        elements.push(completedOf(type.ofType, sets, element, [...path, index]));
        if (elements[index] === GONE) return GONE;
      }
      return elements;
    }
    const actual = isAbstractType(type) ? schema.getType(String((value as Data)[TYPENAME])) : type;
    return isObjectType(actual) ? objectOf(actual, sets, value as Data, path) : null;
  };

  const root = schema.getRootType(operation.operation) as GraphQLObjectType;
  const data = objectOf(root, [operation.selectionSet], result.data ?? {}, []);
  const errors = [...(result.errors ?? []), ...refused];
  return {
    ...result,
    ...(errors.length > 0 ? { errors } : {}),
    data: data === GONE ? null : (data as Record<string, unknown>),
  };
}

/** Whether all that is asked of the root is refused. */
export function isAllRefused(completion: Completion): boolean {
  const { schema, operation } = completion;
  const root = schema.getRootType(operation.operation) as GraphQLObjectType;
  const fields = [...collect(completion, root, [operation.selectionSet]).values()];
  return fields.length > 0 && fields.every(({ refused }) => refused);
}

/** The fields that an object of this type is asked for, by the names they have in the answer (GraphQL, 6.3.2). */
function collect(completion: Completion, type: GraphQLObjectType, sets: readonly SelectionSetNode[]) {
  const { schema, fragments, refusals } = completion;
  const fields = new Map<string, Asked>();

  const collectFrom = ({ selections }: SelectionSetNode, within: Condition | undefined, seen: Set<string>): void => {
    for (const selection of selections) {
      if (isLeftOut(selection, completion.variables)) continue;
      const refused = within ?? refusals.get(selection);
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const asked = fields.get(name) ?? { node: selection, sets: [], refused: undefined };
        asked.refused ??= selection.name.value.startsWith('__') ? undefined : refused;
        if (selection.selectionSet) asked.sets.push(selection.selectionSet);
        fields.set(name, asked);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (seen.has(selection.name.value)) continue;
        seen.add(selection.name.value);
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment || !applies(schema, fragment.typeCondition?.name.value, type)) continue;
      collectFrom(fragment.selectionSet, refused, seen);
    }
  };

  const seen = new Set<string>();
  for (const set of sets) collectFrom(set, undefined, seen);
  return fields;
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditional = schema.getType(condition);
  return isAbstractType(conditional) && schema.isSubType(conditional, type);
}
