import type { ExecutionResult } from 'graphql';
import type { Identity } from '#platform/auth/viewer.ts';
import type { CachePolicy } from '#platform/cache/cache-policy.ts';

/** One operation for one subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown> | undefined;
  readonly operationName?: string | null | undefined;
  /** The JSON of all these, where the caller has it already. */
  readonly body?: string | undefined;
  /** Further headers for a subgraph that is asked over HTTP, as the router's rules have it; lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An answer, with the headers that it came with over HTTP, or with what they would say of its age in this process. */
export interface SubgraphResult extends ExecutionResult {
  readonly cachePolicy?: CachePolicy;
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
}

/** Any mention of a mutation makes it none: a field of that name costs only its retries. */
export const isQuery = ({ query }: SubgraphRequest): boolean => !/\bmutation\b/.test(query);

/** Where a subscription's answers go. After `error` or `complete` nothing follows. */
export interface Sink<T> {
  next(value: T): void;
  error(reason: unknown): void;
  complete(): void;
}

/**
 * The only seam between parts. `local` executes in this process, `http` over the network; nothing else in Souk
 * knows which. A subgraph that cannot be reached rejects with `SubgraphUnavailable`.
 */
export interface SubgraphTransport {
  /** Whether it is asked in this process, where an answer costs no way. Default false. */
  isLocal?(subgraph: string): boolean;
  /** Runs a query or a mutation. The result is the caller's own to change. */
  query(subgraph: string, request: SubgraphRequest, identity: Identity): Promise<SubgraphResult>;
  /** Opens a subscription; the returned function ends it. */
  subscribe(subgraph: string, request: SubgraphRequest, identity: Identity, sink: Sink<ExecutionResult>): () => void;
  close(): Promise<void>;
}

/** The subgraph is down, too slow, or kept away by the breaker. */
export class SubgraphUnavailable extends Error {
  override readonly name = 'SubgraphUnavailable';
  readonly subgraph: string;
  constructor(subgraph: string, reason: string) {
    super(`${subgraph} is unavailable: ${reason}`);
    this.subgraph = subgraph;
  }
}
