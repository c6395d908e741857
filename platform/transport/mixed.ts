import type { SubgraphTransport } from './transport.ts';

/** Subgraphs of this process locally, all others over the network. */
export function mixedTransport(
  here: ReadonlySet<string>,
  local: SubgraphTransport,
  remote: SubgraphTransport,
): SubgraphTransport {
  const by = (subgraph: string) => (here.has(subgraph) ? local : remote);
  return {
    isLocal: (subgraph) => here.has(subgraph),
    query: (subgraph, request, identity) => by(subgraph).query(subgraph, request, identity),
    subscribe: (subgraph, request, identity, sink) => by(subgraph).subscribe(subgraph, request, identity, sink),
    async close() {
      await Promise.all([local.close(), remote.close()]);
    },
  };
}
