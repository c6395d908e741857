import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { Identity } from '#platform/auth/viewer.ts';
import type { ExecutableSubgraph } from '#platform/graphql/subgraph-executor.ts';
import { localTransport } from '#platform/transport/local.ts';
import { type Router, type RouterOptions, startRouter } from '../router.ts';
import { testSupergraph } from './shapes.ts';

export interface SmallSubgraph {
  readonly sdl: string;
  readonly resolvers: object;
}

export interface SmallGraph {
  readonly url: string;
  readonly router: Router;
  /** Texts of what subgraphs were asked, each with its name before it. */
  readonly asked: string[];
  close(): Promise<void>;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable",
  "@external", "@requires", "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize"])`;

/** A router over subgraphs of a few lines each, in this process. `Bearer a b` has the scopes a and b; `Bearer -` none. */
export async function runSmallGraph(
  subgraphs: Readonly<Record<string, SmallSubgraph>>,
  options: Partial<RouterOptions> = {},
  edited: (supergraphSdl: string) => string = (sdl) => sdl,
): Promise<SmallGraph> {
  const asked: string[] = [];
  const sdl = Object.fromEntries(Object.entries(subgraphs).map(([name, { sdl }]) => [name, `${LINK}\n${sdl}`]));
  const executable = Object.entries(subgraphs).map(([name, { resolvers }]): [string, ExecutableSubgraph] => [
    name,
    {
      schema: buildSubgraphSchema([{ typeDefs: parse(sdl[name] ?? ''), resolvers: resolvers as never }]),
      contextFor: (identity: Identity) => ({ identity }),
      formatError: ({ message, path, extensions }) => ({ message, ...(path ? { path } : {}), extensions }),
    },
  ]);
  const local = localTransport(Object.fromEntries(executable));
  const router = await startRouter({
    supergraphSdl: edited(testSupergraph(sdl)),
    transport: {
      ...local,
      query: (subgraph, request, identity) => {
        asked.push(`${subgraph}: ${request.query}`);
        return local.query(subgraph, request, identity);
      },
      subscribe: (subgraph, request, identity, sink) => {
        asked.push(`${subgraph}: ${request.query}`);
        return local.subscribe(subgraph, request, identity, sink);
      },
    },
    port: 0,
    host: '127.0.0.1',
    verifyViewer: async (authorization) => ({
      customerId: 'cus_1',
      sessionId: 'ses_1',
      scopes: authorization
        .replace('Bearer ', '')
        .split(' ')
        .filter((scope) => scope !== '-'),
    }),
    corsOrigins: [],
    playground: null,
    isReady: () => true,
    ...options,
  });
  return {
    url: `http://127.0.0.1:${router.port}`,
    router,
    asked,
    async close() {
      await router.close();
      await local.close();
    },
  };
}
