import type { SubgraphTransport } from '#platform/transport/transport.ts';
import type { LoadedSupergraph } from '../supergraph.ts';
import { remoteTransport } from '../upstream/remote-transport.ts';
import type { Settings } from './settings.ts';

export interface RemoteSubgraphs {
  /** Where the supergraph says that its subgraphs are; those that stay where they were keep their connections. */
  transportFor(supergraph: LoadedSupergraph): SubgraphTransport;
  close(): Promise<void>;
}

/** Longer than any request takes: so long the connections of a former supergraph serve those that came to it. */
const RETIRE_MS = 120_000;

/** Subgraphs that know nothing of this router, each at its address. */
export function remoteSubgraphs({ subgraphs: addresses, upstream, subscriptions }: Settings): RemoteSubgraphs {
  const open = new Map<string, SubgraphTransport>();
  let wanted = new Set<string>();

  const openAt = (name: string, url: string): readonly [key: string, SubgraphTransport] => {
    const { url: instead, subscriptionUrl } = addresses[name] ?? {};
    const at = instead ?? url;
    const key = `${name} ${at}`;
    const transport =
      open.get(key) ??
      remoteTransport({ [name]: at }, upstream, {
        socketUrls: subscriptionUrl ? { [name]: subscriptionUrl } : {},
        reconnections: subscriptions.reconnections,
      });
    open.set(key, transport);
    return [key, transport];
  };
  const retire = (): void => {
    for (const [key, transport] of open) {
      if (wanted.has(key)) continue;
      open.delete(key);
      void transport.close();
    }
  };

  return {
    transportFor({ subgraphs }) {
      const opened = subgraphs.map(({ name, url }) => [name, ...openAt(name, url)] as const);
      wanted = new Set(opened.map(([, key]) => key));
      setTimeout(retire, RETIRE_MS).unref();
      return together(new Map(opened.map(([name, , transport]) => [name, transport])));
    },
    async close() {
      await Promise.all([...open.values()].map((transport) => transport.close()));
    },
  };
}

function together(transports: ReadonlyMap<string, SubgraphTransport>): SubgraphTransport {
  const of = (subgraph: string): SubgraphTransport => {
    const transport = transports.get(subgraph);
    if (!transport) throw new Error(`The supergraph has no subgraph ${subgraph}.`);
    return transport;
  };
  return {
    query: (subgraph, request, identity) => of(subgraph).query(subgraph, request, identity),
    subscribe: (subgraph, request, identity, sink) => of(subgraph).subscribe(subgraph, request, identity, sink),
    // Its parts may serve the next supergraph too.
    close: async () => undefined,
  };
}
