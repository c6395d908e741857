import {
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

type Data = Record<string, unknown>;

interface ObjectShape {
  readonly kind: 'object';
  readonly typename: string;
  readonly fields: readonly { readonly name: string; readonly shape: Shape }[];
}

type Shape = { readonly nullable: boolean } & (
  | ObjectShape
  | { readonly kind: 'typename'; readonly typename: string }
  | { readonly kind: 'leaf'; isValid(value: unknown): boolean }
  | { readonly kind: 'list'; readonly of: Shape }
);

export type AnswerShape = ObjectShape;

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** Thrown while compiling what is left to the gateway. */
class NotCovered extends Error {}

/**
 * What an operation's answer consists of, in the order asked for. Null where that depends on the data or on variables:
 * interfaces and unions, `@skip` and `@include`, introspection.
 */
export function shapeOfAnswer(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): AnswerShape | null {
  const root = schema.getRootType(operation.operation);
  if (!root) return null;
  try {
    return objectShape(root, [operation.selectionSet], fragments);
  } catch (reason) {
    if (reason instanceof NotCovered) return null;
    throw reason;
  }
}

function objectShape(type: GraphQLObjectType, sets: readonly SelectionSetNode[], fragments: Fragments): ObjectShape {
  const fields = new Map<string, { field: string; sets: SelectionSetNode[] }>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.directives?.length) throw new NotCovered();
      if (selection.kind === 'Field') {
        const name = (selection.alias ?? selection.name).value;
        // These would be found on any object.
        if (name in Object.prototype) throw new NotCovered();
        const known = fields.get(name) ?? { field: selection.name.value, sets: [] };
        if (selection.selectionSet) known.sets.push(selection.selectionSet);
        fields.set(name, known);
        continue;
      }
      const fragment = selection.kind === 'FragmentSpread' ? fragments[selection.name.value] : selection;
      if (!fragment || fragment.directives?.length) throw new NotCovered();
      if (fragment.typeCondition && fragment.typeCondition.name.value !== type.name) throw new NotCovered();
      collect(fragment.selectionSet);
    }
  };
  sets.forEach(collect);
  return {
    kind: 'object',
    typename: type.name,
    fields: [...fields].map(([name, { field, sets }]) => ({ name, shape: fieldShape(type, field, sets, fragments) })),
  };
}

function fieldShape(type: GraphQLObjectType, name: string, sets: readonly SelectionSetNode[], fragments: Fragments) {
  if (name === '__typename') return { kind: 'typename', typename: type.name, nullable: false } as const;
  const field = type.getFields()[name];
  if (!field) throw new NotCovered();
  return typeShape(field.type, sets, fragments);
}

function typeShape(type: GraphQLOutputType, sets: readonly SelectionSetNode[], fragments: Fragments): Shape {
  if (isNonNullType(type)) return { ...typeShape(type.ofType, sets, fragments), nullable: false };
  if (isListType(type)) return { kind: 'list', of: typeShape(type.ofType, sets, fragments), nullable: true };
  if (isLeafType(type)) return { kind: 'leaf', isValid: validity(type), nullable: true };
  if (isObjectType(type)) return { ...objectShape(type, sets, fragments), nullable: true };
  throw new NotCovered();
}

const VALID: Readonly<Record<string, (value: unknown) => boolean>> = {
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isSafeInteger(value),
  Float: (value) => Number.isFinite(value),
  ID: (value) => typeof value === 'string' || Number.isSafeInteger(value),
  String: (value) => typeof value === 'string',
};

function validity(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) return (value) => typeof value === 'string' && type.getValue(value) !== undefined;
  return (isSpecifiedScalarType(type) && VALID[type.name]) || (() => true);
}

const ODD = Symbol('odd');

/**
 * The answer out of all that the subgraphs said. Undefined where something is not as the schema has it: how far a null
 * spreads, and what is said of it, is then the gateway's to tell.
 */
export function shapeAnswer(shape: AnswerShape, data: Data): Data | undefined {
  const answer = shapeObject(shape, data);
  return answer === ODD ? undefined : answer;
}

function shapeObject({ fields, typename }: ObjectShape, data: Data): Data | typeof ODD {
  const said = data.__typename;
  if (said !== undefined && said !== typename) return ODD;
  const result: Data = {};
  for (const { name, shape } of fields) {
    const value = shapeValue(shape, data[name]);
    if (value === ODD) return ODD;
    result[name] = value;
  }
  return result;
}

function shapeValue(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'typename') return shape.typename;
  if (value == null) return shape.nullable ? null : ODD;
  if (shape.kind === 'leaf') return shape.isValid(value) ? value : ODD;
  if (shape.kind === 'object') return typeof value === 'object' ? shapeObject(shape, value as Data) : ODD;
  if (!Array.isArray(value)) return ODD;
  const list = new Array<unknown>(value.length);
  for (let i = 0; i < value.length; i++) {
    const element = shapeValue(shape.of, value[i]);
    if (element === ODD) return ODD;
    list[i] = element;
  }
  return list;
}
