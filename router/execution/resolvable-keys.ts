import { type DirectiveNode, parse, print, type TypeDefinitionNode, visit } from 'graphql';

/**
 * A supergraph whose types name the keys that a subgraph resolves before those that it does not. To ask a subgraph again
 * about what it answered itself, for what `@requires` or `@fromContext` has made known, the planner takes the first key
 * whose fields that subgraph has, be it `resolvable: false`.
 */
export function resolvableKeysFirst(sdl: string): string {
  if (!/resolvable:\s*false/.test(sdl)) return sdl;
  let changed = false;
  const inOrder = (type: TypeDefinitionNode) => {
    const { directives = [] } = type;
    const sorted = sortedKeys(directives);
    if (sorted.every((directive, index) => directive === directives[index])) return undefined;
    changed = true;
    return { ...type, directives: sorted };
  };
  const document = visit(parse(sdl, { noLocation: true }), {
    ObjectTypeDefinition: inOrder,
    InterfaceTypeDefinition: inOrder,
  });
  return changed ? print(document) : sdl;
}

/** Those of each subgraph stay at its places. */
function sortedKeys(directives: readonly DirectiveNode[]): DirectiveNode[] {
  const sorted = [...directives];
  const places = new Map<string, number[]>();
  for (const [index, directive] of directives.entries())
    if (directive.name.value === 'join__type') {
      const graph = argument(directive, 'graph');
      places.set(graph, [...(places.get(graph) ?? []), index]);
    }
  for (const ofGraph of places.values()) {
    const keys = ofGraph.map((index) => directives[index] as DirectiveNode);
    const first = keys.filter((key) => argument(key, 'resolvable') !== 'false');
    const last = keys.filter((key) => !first.includes(key));
    for (const [nth, key] of [...first, ...last].entries()) sorted[ofGraph[nth] as number] = key;
  }
  return sorted;
}

function argument(directive: DirectiveNode, name: string): string {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value ? print(value) : '';
}
