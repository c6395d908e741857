import type { FetchNode } from '@apollo/query-planner';
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

/** A list of entities that a request asks for. */
export interface EntityList {
  /** The name of the field in the answer: `_entities`, or an alias of it where several lists go out together. */
  readonly alias: string;
  /** The variable that takes the representations. */
  readonly variable: string;
  /** What is asked of each entity, e.g. `{...on Product{name}}`; with the subgraph, a key for caches. */
  readonly selection: string;
  /** Variables of the client that the selection uses. */
  readonly variables: readonly string[];
}

/** The request of a step, but for its variables. */
export interface FetchTemplate {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly kind: FetchNode['operationKind'];
  /** Variables of the client. */
  readonly variables: readonly string[];
  /** Empty for a request of root fields. */
  readonly lists: readonly EntityList[];
  /** The JSON of the request up to its variables. */
  readonly head: string;
}

export interface Joined {
  readonly template: FetchTemplate;
  /** For each fetch, the index of its list: fetches that ask the same share one. */
  readonly listOf: readonly number[];
}

/** One request out of fetches of entities: one `_entities` field for each different selection. */
export function joinedTemplate(fetches: readonly FetchNode[]): Joined {
  const [first] = fetches as [FetchNode];
  const read = fetches.map(readFetch);
  const keys = [...new Set(read.map(({ key }) => key))];
  const listOf = read.map(({ key }) => keys.indexOf(key));
  const variables = [...new Set(fetches.flatMap(({ variableUsages = [] }) => variableUsages))];
  let prefix = '_r';
  while (variables.some((name) => name.startsWith(prefix))) prefix += '_';
  const lists = keys.map((key, index): EntityList & { readonly set: SelectionSetNode } => {
    const { set, selection, variables: used } = read.find((each) => each.key === key) as ReadFetch;
    return keys.length === 1
      ? { alias: '_entities', variable: 'representations', selection, variables: used, set }
      : { alias: `_e${index}`, variable: `${prefix}${index}`, selection, variables: used, set };
  });
  const query = keys.length === 1 ? first.operation : joinedText(read, lists);
  return { template: templateOf(first, query, variables, lists), listOf };
}

/** The request of a fetch that stands alone. */
export function rootTemplate(fetch: FetchNode): FetchTemplate {
  return templateOf(fetch, fetch.operation, fetch.variableUsages ?? [], []);
}

function templateOf(
  { operationName, operationKind }: FetchNode,
  query: string,
  variables: readonly string[],
  lists: readonly EntityList[],
): FetchTemplate {
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  const head = `{"query":${JSON.stringify(query)}${name},"variables":{`;
  return {
    query,
    operationName,
    kind: operationKind,
    variables,
    lists: lists.map(({ alias, variable, selection, variables: used }) => ({
      alias,
      variable,
      selection,
      variables: used,
    })),
    head,
  };
}

interface ReadFetch {
  readonly operation: OperationDefinitionNode;
  readonly set: SelectionSetNode;
  readonly selection: string;
  readonly variables: readonly string[];
  /** Equal for fetches that may share a list. */
  readonly key: string;
}

function readFetch({ operation: text, variableUsages = [], outputRewrites }: FetchNode): ReadFetch {
  const document = parse(text, { noLocation: true });
  const operation = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  const [entities] = operation.selectionSet.selections as readonly FieldNode[];
  const set = withoutSpreads(entities?.selectionSet as SelectionSetNode, document);
  const selection = stripIgnoredCharacters(print(set));
  return {
    operation,
    set,
    selection,
    variables: variableUsages,
    key: selection + JSON.stringify(outputRewrites ?? []),
  };
}

/** Fragments of two operations may have one name: each spread becomes what it stands for. */
function withoutSpreads(set: SelectionSetNode, { definitions }: DocumentNode): SelectionSetNode {
  const fragments = new Map(
    definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((each) => [each.name.value, each]),
  );
  if (fragments.size === 0) return set;
  return visit(set, {
    FragmentSpread({ name, directives = [] }) {
      const fragment = fragments.get(name.value) as FragmentDefinitionNode;
      const { typeCondition, selectionSet } = fragment;
      return {
        kind: Kind.INLINE_FRAGMENT as const,
        typeCondition,
        directives,
        selectionSet: withoutSpreads(selectionSet, { kind: Kind.DOCUMENT, definitions }),
      };
    },
  });
}

function joinedText(read: readonly ReadFetch[], lists: readonly (EntityList & { set: SelectionSetNode })[]): string {
  const [{ operation }] = read as [ReadFetch];
  const definitions = new Map<string, VariableDefinitionNode>();
  const directives = new Map<string, DirectiveNode>();
  for (const each of read) {
    for (const definition of each.operation.variableDefinitions ?? [])
      definitions.set(definition.variable.name.value, definition);
    for (const directive of each.operation.directives ?? []) directives.set(print(directive), directive);
  }
  const representations = definitions.get('representations') as VariableDefinitionNode;
  definitions.delete('representations');
  const joined: OperationDefinitionNode = {
    ...operation,
    directives: [...directives.values()],
    variableDefinitions: [
      ...lists.map(({ variable }) => ({ ...representations, variable: variableNode(variable) })),
      ...definitions.values(),
    ],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: lists.map(
        ({ alias, variable, set }): FieldNode => ({
          kind: Kind.FIELD,
          alias: nameNode(alias),
          name: nameNode('_entities'),
          arguments: [{ kind: Kind.ARGUMENT, name: nameNode('representations'), value: variableNode(variable) }],
          selectionSet: set,
        }),
      ),
    },
  };
  return stripIgnoredCharacters(print(joined));
}

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const;
const variableNode = (name: string) => ({ kind: Kind.VARIABLE, name: nameNode(name) }) as const;
