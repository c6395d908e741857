import { verifyInternalToken } from '#platform/auth/internal-token.ts';
import { Context } from '#platform/graphql/context.ts';
import { formatSubgraphError } from '#platform/graphql/format-error.ts';
import { serveSubgraph } from '#platform/graphql/serve-subgraph.ts';
import type { ExecutableSubgraph } from '#platform/graphql/subgraph-executor.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import type { Running, Subgraph } from '#platform/subgraph/subgraph.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import type { PartsConfig } from './parts.config.ts';

/** A subgraph that this process can execute. */
export interface HereSubgraph {
  readonly name: string;
  readonly executable: ExecutableSubgraph;
  /** Its schema as text. */
  readonly sdl: string;
}

/** Builds a subgraph's schema; its resolvers ask the others through the transport. */
export async function buildHere(subgraph: Subgraph, transport: SubgraphTransport): Promise<HereSubgraph> {
  const { schema, sdl } = await buildSubgraph(subgraph);
  return {
    name: subgraph.name,
    sdl,
    executable: {
      schema,
      contextFor: (identity) => new Context(subgraph.name, transport, identity),
      formatError: formatSubgraphError,
    },
  };
}

/** Serves it on the port of its own address, to holders of an internal token. */
export async function serveHere({ name, executable }: HereSubgraph, config: PartsConfig): Promise<Running> {
  const served = await serveSubgraph({
    ...executable,
    name,
    port: Number(new URL(config.urls[name] ?? '').port || 80),
    ...(config.host === undefined ? {} : { host: config.host }),
    verify: verifyInternalToken,
    isReady: () => true,
  });
  return { stop: () => served.close() };
}
