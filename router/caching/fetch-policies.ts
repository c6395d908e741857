import type { DocumentNode, ExecutionResult } from 'graphql';
import { type CachePolicy, NOT_CACHEABLE, restricted } from '#platform/cache/cache-policy.ts';
import { type AnswerTags, subgraphTag } from './answer-tags.ts';

/** What is known of an answer that may be kept. */
export interface Keepable {
  readonly policy: CachePolicy;
  readonly tags: readonly string[];
}

/** What the fetches of one request say of how long its answer may be kept: the least of all counts. */
export class FetchPolicies {
  /** When the request came, by the log of changes. */
  readonly since: number;
  /** Of the request itself: `no-cache` has everything asked anew. */
  readonly fresh: boolean;
  readonly #subgraphs = new Set<string>();
  #policy: CachePolicy | null = null;
  #entities = false;
  #conclusion: { readonly policy: CachePolicy; tags(): Set<string> } | null = null;

  constructor(since: number, fresh: boolean) {
    this.since = since;
    this.fresh = fresh;
  }

  /** Entities come out of the cache for queries alone: what follows a mutation reads what it wrote. */
  begin(isQuery: boolean, isGuarded: boolean): void {
    this.#entities = isQuery && !isGuarded;
    if (!isQuery) this.#policy = NOT_CACHEABLE;
    else if (isGuarded) this.#policy = { maxAgeSeconds: Number.POSITIVE_INFINITY, scope: 'PRIVATE', explicit: true };
  }

  get usesEntities(): boolean {
    return this.#entities;
  }

  add(subgraph: string, policy: CachePolicy): void {
    this.#subgraphs.add(subgraph);
    this.#policy = this.#policy ? restricted(this.#policy, policy) : policy;
  }

  /** The answer as the client gets it; what has an error is not kept, nor what nobody was asked for. */
  conclude(
    tags: AnswerTags,
    document: DocumentNode,
    name: string | undefined,
    { data, errors }: ExecutionResult,
  ): void {
    const policy = this.#subgraphs.size === 0 || errors?.length || !data ? null : this.#policy;
    if (!policy || policy.maxAgeSeconds < 1) return;
    this.#conclusion = { policy, tags: () => tags.ofOperation(document, name, data as Record<string, unknown>) };
  }

  /** For the header. */
  get policy(): CachePolicy {
    return this.#conclusion?.policy ?? NOT_CACHEABLE;
  }

  /** For the cache that all share: null for what is not for everybody. */
  keepable(isSignedIn: boolean): Keepable | null {
    const { policy } = this;
    if (!this.#conclusion || policy.maxAgeSeconds < 1 || policy.scope === 'PRIVATE') return null;
    if (isSignedIn && !policy.explicit) return null;
    return { policy, tags: [...this.#conclusion.tags(), ...[...this.#subgraphs].map(subgraphTag)] };
  }
}
