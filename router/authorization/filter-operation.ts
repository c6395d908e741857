import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { AuthorizationRules, Condition } from './rules.ts';

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** By what a field, or a fragment with all its fields, is refused. */
export type Refusals = ReadonlyMap<SelectionNode, Condition>;

/** The name under which the executed operation asks for types that the answer's completion must know. */
export const TYPENAME = '_typename_of_refused';

export const fragmentsOf = (document: DocumentNode): Fragments =>
  new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

type Visit = (selection: SelectionNode, conditions: readonly Condition[]) => void;

/** Tells of each selection what it asks for by itself; each fragment's definition is looked at once. */
export function eachSelection(
  schema: GraphQLSchema,
  rules: AuthorizationRules,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  visit: Visit,
): void {
  const seen = new Set<string>();

  const walk = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) field(selection, parent);
      else fragment(selection, parent);
    }
  };

  const field = (node: FieldNode, parent: GraphQLCompositeType): void => {
    const name = node.name.value;
    if (name.startsWith('__') || !('getFields' in parent)) return;
    const type = getNamedType(parent.getFields()[name]?.type);
    if (!type) return;
    const conditions = [...rules.ofField(parent, name, type)];
    if (node.selectionSet && selectsFields(node.selectionSet)) conditions.push(...rules.ofImplementations(type));
    visit(node, conditions);
    if (node.selectionSet && isCompositeType(type)) walk(node.selectionSet, type);
  };

  const fragment = (node: Exclude<SelectionNode, FieldNode>, parent: GraphQLCompositeType): void => {
    const definition = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    if (!definition) return;
    const on = definition.typeCondition?.name.value;
    const type = on === undefined || on === parent.name ? parent : schema.getType(on);
    if (!isCompositeType(type)) return;
    const asked = [...rules.ofType(type)];
    if (isInterfaceType(type) && selectsFields(definition.selectionSet)) asked.push(...rules.ofImplementations(type));
    visit(node, asked);
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      if (seen.has(node.name.value)) return;
      seen.add(node.name.value);
    }
    walk(definition.selectionSet, type);
  };

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root);
}

const selectsFields = ({ selections }: SelectionSetNode): boolean =>
  selections.some((selection) => selection.kind === Kind.FIELD && !selection.name.value.startsWith('__'));

export interface FilteredOperation {
  /** What may be executed; null when nothing of it may. */
  readonly document: DocumentNode | null;
  /** The selection sets of the operation as asked that have a refused field, at whatever depth. */
  readonly touched: ReadonlySet<SelectionSetNode>;
}

/** Takes the refused selections out of an operation. Fragments stay fragments, so that it never grows. */
export function filterOperation(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  refusals: Refusals,
): FilteredOperation {
  const touched = new Set<SelectionSetNode>();
  const kept = new Map<string, FragmentDefinitionNode>();
  const whole = new Set<string>();

  const filterSet = (set: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode => {
    const selections = set.selections.flatMap((selection) => filterSelection(selection, parent));
    const same =
      selections.length === set.selections.length && selections.every((one, at) => one === set.selections[at]);
    if (same && !set.selections.some((one) => one.kind === Kind.FRAGMENT_SPREAD && !whole.has(one.name.value)))
      return set;
    touched.add(set);
    // Where the answer's type is not known from the operation, completion has to know it.
    if (isAbstractType(parent) || selections.length === 0) selections.push(TYPENAME_FIELD);
    return { ...set, selections };
  };

  const filterSelection = (node: SelectionNode, parent: GraphQLCompositeType): SelectionNode[] => {
    if (refusals.has(node)) return [];
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      filterFragment(node.name.value);
      return [node];
    }
    if (!node.selectionSet) return [node];
    const type =
      node.kind === Kind.FIELD
        ? 'getFields' in parent && getNamedType(parent.getFields()[node.name.value]?.type)
        : node.typeCondition
          ? schema.getType(node.typeCondition.name.value)
          : parent;
    if (!type || !isCompositeType(type)) return [node];
    const selectionSet = filterSet(node.selectionSet, type);
    return [selectionSet === node.selectionSet ? node : ({ ...node, selectionSet } as SelectionNode)];
  };

  const filterFragment = (name: string): void => {
    const definition = fragments.get(name);
    if (!definition || kept.has(name)) return;
    kept.set(name, definition);
    const type = schema.getType(definition.typeCondition.name.value);
    if (!isCompositeType(type)) return;
    const selectionSet = filterSet(definition.selectionSet, type);
    if (selectionSet === definition.selectionSet) whole.add(name);
    else kept.set(name, { ...definition, selectionSet });
  };

  const root = schema.getRootType(operation.operation);
  if (!root || !isObjectType(root)) return { document: null, touched };
  const { selections } = operation.selectionSet;
  const rest = selections.flatMap((selection) => filterSelection(selection, root));
  touched.add(operation.selectionSet);
  if (rest.length === 0) return { document: null, touched };
  const selectionSet = { ...operation.selectionSet, selections: rest };
  return {
    document: { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }, ...kept.values()] },
    touched,
  };
}

const TYPENAME_FIELD: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: TYPENAME },
  name: { kind: Kind.NAME, value: '__typename' },
};
