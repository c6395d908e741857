import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import type { Data } from './data.ts';
import type { Introspect } from './shape-answer.ts';

/** Answers `__schema` and `__type` out of the API's schema, which no subgraph knows. */
export function introspection(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): (variables: Data | undefined) => Introspect {
  const known = new Map<FieldNode, unknown>();
  return (variables) => (field) => {
    const kept = known.get(field);
    if (kept !== undefined) return kept;
    const document = documentOf(operation, field, fragments);
    const { data, errors } = execute({ schema, document, variableValues: variables ?? {} }) as ExecutionResult;
    if (errors) throw errors[0];
    const answer = data?.[(field.alias ?? field.name).value] ?? null;
    const [asked] = document.definitions as readonly OperationDefinitionNode[];
    if (asked?.variableDefinitions?.length === 0) known.set(field, answer);
    return answer;
  };
}

function documentOf(
  { variableDefinitions = [], selectionSet: all }: OperationDefinitionNode,
  field: FieldNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): DocumentNode {
  const used = new Set<string>();
  const spread = new Set<string>();
  const collect = (node: FieldNode | FragmentDefinitionNode): void => {
    visit(node, {
      Variable: ({ name }) => void used.add(name.value),
      FragmentSpread: ({ name }) => {
        if (spread.has(name.value)) return;
        spread.add(name.value);
        const fragment = fragments[name.value];
        if (fragment) collect(fragment);
      },
    });
  };
  collect(field);
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        variableDefinitions: variableDefinitions.filter(({ variable }) => used.has(variable.name.value)),
        selectionSet: { ...all, selections: [field] },
      },
      ...[...spread].map((name) => fragments[name]).filter((each) => each !== undefined),
    ],
  };
}
