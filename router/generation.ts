import { createHash } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import type { Identity } from '#platform/auth/viewer.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { type Admission, type AdmissionOptions, admissionFor } from './admission.ts';
import type { Cache } from './caching/cache.ts';
import type { RouterContext } from './context.ts';
import type { DataSource, HeadersFor } from './data-source.ts';
import { startGateway } from './gateway.ts';
import type { RouterLog } from './log.ts';
import type { FormatError } from './public-error.ts';
import { type LoadedSupergraph, loadSupergraph } from './supergraph.ts';
import type { ResponseHeaders } from './upstream/response-headers.ts';

/**
 * All that answers operations by one supergraph. It is made whole before it serves, and an operation keeps the one that
 * it came to until it has been answered: nothing is validated against one schema and planned against another.
 */
export interface Generation {
  /** Of its supergraph: routers that share a cache may have different ones for a while. */
  readonly id: string;
  readonly supergraph: LoadedSupergraph;
  readonly admission: Admission;
  readonly apollo: ApolloServer<RouterContext>;
  /** By name, as the plans call them; subscriptions execute the rest of their plans with them. */
  readonly services: Readonly<Record<string, DataSource>>;
  readonly transport: SubgraphTransport;
  readonly headersFor: HeadersFor;
}

/** One way to all subgraphs, or one for each supergraph, where their addresses are those that it tells. */
export type TransportSource = SubgraphTransport | ((supergraph: LoadedSupergraph) => SubgraphTransport);

export interface GenerationOptions extends AdmissionOptions {
  readonly transport: TransportSource;
  readonly headersFor: HeadersFor;
  readonly responseHeaders: ResponseHeaders | null;
  readonly cache: Cache;
  /** Called after each mutation. */
  written(by: Identity): void;
  readonly formatError: FormatError;
  readonly log: RouterLog;
}

/** Throws, before anything is changed, when the supergraph is wrong. */
export async function makeGeneration(supergraphSdl: string, options: GenerationOptions): Promise<Generation> {
  const supergraph = loadSupergraph(supergraphSdl);
  const admission = admissionFor(supergraph, options);
  const transport = typeof options.transport === 'function' ? options.transport(supergraph) : options.transport;
  const { server, services } = await startGateway({
    ...options,
    transport,
    supergraph: () => supergraph,
    admission: () => admission,
  });
  const id = createHash('sha256').update(supergraphSdl).digest('base64url').slice(0, 16);
  return { id, supergraph, admission, apollo: server, services, transport, headersFor: options.headersFor };
}
