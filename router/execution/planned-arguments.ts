import type { FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import type { RequiredFields } from './required-fields.ts';

/** The plan as the subgraphs can execute it: with the true names and arguments of what `@requires` asks for. */
export function withTrueFields(node: PlanNode, required: RequiredFields): PlanNode {
  if (required.wanted.size === 0) return node;
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((each) => withTrueFields(each, required)) };
    case 'Flatten':
      return { ...node, node: withTrueFields(node.node, required) };
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause && { ifClause: withTrueFields(node.ifClause, required) }),
        ...(node.elseClause && { elseClause: withTrueFields(node.elseClause, required) }),
      };
    case 'Fetch': {
      const fetches = parted(node, required).map((each) => trueFetch(each, required));
      return fetches.length === 1 ? (fetches[0] as FetchNode) : { kind: 'Parallel', nodes: fetches };
    }
    default:
      return node;
  }
}

function trueFetch(fetch: FetchNode, { wanted }: RequiredFields): FetchNode {
  const document = visit(parse(fetch.operation, { noLocation: true }), {
    Field(field: FieldNode) {
      const known = wanted.get(field.name.value);
      if (!known) return undefined;
      const name = { kind: Kind.NAME, value: known.field } as const;
      return { ...field, alias: field.alias ?? field.name, name, arguments: known.arguments };
    },
  });
  const requires = fetch.requires && trueNames(fetch.requires, wanted);
  return { ...fetch, operation: stripIgnoredCharacters(print(document)), ...(requires && { requires }) };
}

const trueNames = (
  selections: readonly QueryPlanSelectionNode[],
  wanted: RequiredFields['wanted'],
): QueryPlanSelectionNode[] =>
  selections.map((selection) => {
    const inner = selection.selections && { selections: trueNames(selection.selections, wanted) };
    if (selection.kind === 'InlineFragment') return { ...selection, ...inner };
    const known = wanted.get(selection.name);
    return { ...selection, ...inner, ...(known && { name: known.field, alias: selection.name }) };
  });

/**
 * A representation has one value under a name: fields which require different uses of one field cannot be asked by one
 * fetch. As many fetches as it takes; they go out in one request nevertheless.
 */
function parted(fetch: FetchNode, { wanted, wantedBy }: RequiredFields): FetchNode[] {
  if (!fetch.requires) return [fetch];
  const used = new Set<string>();
  collectNames(fetch.requires, wanted, used);
  const originals = new Set([...used].map((name) => wanted.get(name)?.field));
  if (originals.size === used.size) return [fetch];

  const document = parse(fetch.operation, { noLocation: true });
  const groups: Set<string>[] = [];
  const groupOf = (type: string, field: string): number => {
    const uses = [...(wantedBy.get(`${type}.${field}`) ?? [])];
    const fits = (group: ReadonlySet<string>) =>
      uses.every((use) =>
        [...group].every((other) => other === use || wanted.get(other)?.field !== wanted.get(use)?.field),
      );
    let index = groups.findIndex(fits);
    if (index < 0) index = groups.push(new Set()) - 1;
    for (const use of uses) groups[index]?.add(use);
    return index;
  };
  const places = new Map<FieldNode, number>();
  eachEntityField(document, (type, field) => places.set(field, groupOf(type, field.name.value)));
  return groups.map((group, index) => {
    const kept = visit(document, {
      Field: (field: FieldNode) => ((places.get(field) ?? index) === index ? undefined : null),
    });
    const requires = without(fetch.requires ?? [], (name) => used.has(name) && !group.has(name));
    return { ...fetch, operation: stripIgnoredCharacters(print(withoutEmpty(kept))), requires };
  });
}

function eachEntityField(document: DocumentNode, found: (type: string, field: FieldNode) => void): void {
  const operation = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  const [entities] = operation.selectionSet.selections as readonly FieldNode[];
  for (const part of entities?.selectionSet?.selections ?? []) {
    if (part.kind !== Kind.INLINE_FRAGMENT) continue;
    for (const field of part.selectionSet.selections)
      if (field.kind === Kind.FIELD) found(part.typeCondition?.name.value ?? '', field);
  }
}

const withoutEmpty = (document: DocumentNode): DocumentNode =>
  visit(document, {
    InlineFragment: { leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined) },
  });

function collectNames(
  selections: readonly QueryPlanSelectionNode[],
  wanted: RequiredFields['wanted'],
  into: Set<string>,
): void {
  for (const selection of selections) {
    if (selection.kind === 'Field' && wanted.has(selection.name)) into.add(selection.name);
    if (selection.selections) collectNames(selection.selections, wanted, into);
  }
}

const without = (
  selections: readonly QueryPlanSelectionNode[],
  isLeft: (name: string) => boolean,
): QueryPlanSelectionNode[] =>
  selections.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === 'Field' && isLeft(selection.name)) return [];
    if (!selection.selections) return [selection];
    const inner = without(selection.selections, isLeft);
    return inner.length === 0 ? [] : [{ ...selection, selections: inner }];
  });
