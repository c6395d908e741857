import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import type { ClientNames } from './client-names.ts';
import type { Conditions } from './conditions.ts';

/** What is asked of one object, its type being known; in the order asked for. */
export interface ObjectShape {
  readonly type: GraphQLCompositeType;
  readonly fields: readonly FieldShape[];
}

export interface FieldShape {
  readonly name: string;
  /** Where it stands in the data. */
  readonly from: string;
  /** Whether every object seems to have such a field. */
  readonly inherited: boolean;
  readonly shape: Shape;
}

export type Shape = { readonly nullable: boolean } & (
  | { readonly kind: 'typename' }
  | { readonly kind: 'introspection'; readonly field: FieldNode }
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType; isValid(value: unknown): boolean }
  | { readonly kind: 'list'; readonly of: Shape }
  | ({ readonly kind: 'object' } & Composite)
);

/** An object whose type is told by the data. */
export interface Composite {
  readonly type: GraphQLCompositeType;
  /** Null for the name of a type that is not in the API, e.g. because it is `@inaccessible`; none is what the schema says. */
  shapeOf(typename: string | undefined): ObjectShape | null;
}

export interface ShapeSource {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly conditions: Conditions;
  readonly names: ClientNames;
}

/** What an operation's answer consists of; the parts under each type are made when an object first says that it is one. */
export function shapeOfAnswer(source: ShapeSource, operation: OperationDefinitionNode): ObjectShape {
  const root = source.schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation}.`);
  return objectShape(source, root, [{ parent: root, set: operation.selectionSet }]);
}

/** A selection and the type that its fields are of, which is what an object's own type may not know. */
interface Selected {
  readonly parent: GraphQLCompositeType;
  readonly set: SelectionSetNode;
}

interface Collected {
  readonly node: FieldNode;
  readonly parent: GraphQLCompositeType;
  readonly inner: Selected[];
}

function objectShape(source: ShapeSource, type: GraphQLCompositeType, selected: readonly Selected[]): ObjectShape {
  const collected = new Map<string, Collected>();
  const collect = ({ parent, set }: Selected): void => {
    for (const selection of set.selections) {
      if (!isIncluded(source, selection.directives)) continue;
      if (selection.kind === 'Field') {
        const name = (selection.alias ?? selection.name).value;
        const known = collected.get(name) ?? { node: selection, parent, inner: [] };
        if (selection.selectionSet) {
          const field = fieldOf(parent, selection.name.value);
          const inner = field && getNamedType(field.type);
          if (isCompositeType(inner)) known.inner.push({ parent: inner, set: selection.selectionSet });
        }
        collected.set(name, known);
        continue;
      }
      const fragment = selection.kind === 'FragmentSpread' ? source.fragments[selection.name.value] : selection;
      if (!fragment) continue;
      const condition = fragment.typeCondition ? source.schema.getType(fragment.typeCondition.name.value) : parent;
      if (isCompositeType(condition) && meets(source.schema, type, condition))
        collect({ parent: condition, set: fragment.selectionSet });
    }
  };
  selected.forEach(collect);
  const fields = [...collected].map(([name, { node, parent, inner }]) => ({
    name,
    from: source.names.inData(node),
    inherited: name in Object.prototype,
    shape: fieldShape(source, type, parent, node, inner),
  }));
  return { type, fields };
}

const meets = (schema: GraphQLSchema, type: GraphQLCompositeType, condition: GraphQLCompositeType): boolean =>
  type === condition || (isAbstractType(condition) && 'getFields' in type && schema.isSubType(condition, type));

function isIncluded({ conditions }: ShapeSource, directives: readonly DirectiveNode[] = []): boolean {
  return directives.every(({ name, arguments: given = [] }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const value = given[0]?.value;
    const holds =
      value?.kind === 'Variable' ? conditions[value.name.value] : value?.kind === 'BooleanValue' && value.value;
    return name.value === 'include' ? holds === true : holds !== true;
  });
}

/** Those of introspection are found at the root only, which is where they are valid. */
function fieldOf(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return 'getFields' in parent ? parent.getFields()[name] : undefined;
}

function fieldShape(
  source: ShapeSource,
  of: GraphQLCompositeType,
  parent: GraphQLCompositeType,
  node: FieldNode,
  inner: readonly Selected[],
): Shape {
  const name = node.name.value;
  if (name === '__typename') return { kind: 'typename', nullable: false };
  if (name === '__schema' || name === '__type') {
    const selections = inner.flatMap(({ set }) => set.selections);
    const field = { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
    return { kind: 'introspection', field, nullable: true };
  }
  const field = fieldOf(parent, name);
  if (!field) throw new Error(`There is no field ${parent.name}.${name}.`);
  // Where an object narrows a field of its interface to one type, no subgraph is asked which it is.
  const narrowed = getNamedType(fieldOf(of, name)?.type);
  return typeShape(source, field.type, inner, isObjectType(narrowed) ? narrowed : undefined);
}

function typeShape(
  source: ShapeSource,
  type: GraphQLOutputType,
  inner: readonly Selected[],
  narrowed: GraphQLObjectType | undefined,
): Shape {
  if (isNonNullType(type)) return { ...typeShape(source, type.ofType, inner, narrowed), nullable: false };
  if (isListType(type)) return { kind: 'list', of: typeShape(source, type.ofType, inner, narrowed), nullable: true };
  if (isLeafType(type)) return { kind: 'leaf', type, isValid: validity(type), nullable: true };
  return { kind: 'object', nullable: true, ...composite(source, type, inner, narrowed) };
}

function composite(
  source: ShapeSource,
  type: GraphQLCompositeType,
  inner: readonly Selected[],
  narrowed: GraphQLCompositeType = type,
): Composite {
  const known = new Map<string, ObjectShape | null>();
  let latest: ObjectShape | null = null;
  const shapeOf = (typename = narrowed.name): ObjectShape | null => {
    if (latest?.type.name === typename) return latest;
    let shape = known.get(typename);
    if (shape === undefined) {
      const said = source.schema.getType(typename);
      shape = isCompositeType(said) ? objectShape(source, said, inner) : null;
      known.set(typename, shape);
    }
    if (shape) latest = shape;
    return shape;
  };
  return { type, shapeOf };
}

const INTEGER = /^-?(?:0|[1-9]\d*)$/;
const isInteger = (value: unknown) => typeof value === 'number' && INTEGER.test(String(value));

const VALID: Readonly<Record<string, (value: unknown) => boolean>> = {
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isSafeInteger(value) || isInteger(value),
  Float: (value) => Number.isFinite(value),
  ID: (value) => typeof value === 'string' || Number.isSafeInteger(value) || isInteger(value),
  String: (value) => typeof value === 'string',
};

function validity(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => names.has(value as string);
  }
  return (isSpecifiedScalarType(type) && VALID[type.name]) || (() => true);
}

/** Whether an object of this type can say of itself what it is: an interface cannot. */
export const isConcrete = ({ type }: ObjectShape): boolean => isObjectType(type);
