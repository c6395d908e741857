import { SpanKind } from '@opentelemetry/api';
import DataLoader from 'dataloader';
import { GraphQLError } from 'graphql';
import type { Identity, Viewer } from '#platform/auth/viewer.ts';
import { fromHeaders } from '#platform/cache/cache-policy.ts';
import { Denied } from '#platform/errors/denied.ts';
import { inSpan } from '#platform/telemetry/traces.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import type { Operation } from './operation.ts';

/** What every resolver gets: who asks, and the way to the other subgraphs on behalf of the same viewer. */
export class Context {
  readonly #identity: Identity;
  #isPersonal = false;
  readonly #self: string;
  readonly #transport: SubgraphTransport;
  readonly #loaders = new Map<unknown, DataLoader<never, unknown>>();

  constructor(self: string, transport: SubgraphTransport, identity: Identity) {
    this.#self = self;
    this.#transport = transport;
    this.#identity = identity;
  }

  /** Whoever looks at it makes the answer one for this viewer alone. */
  get identity(): Identity {
    this.#isPersonal = true;
    return this.#identity;
  }

  /** Whether anything of the answer may depend on who asks. */
  get isPersonal(): boolean {
    return this.#isPersonal;
  }

  get viewer(): Viewer | null {
    return this.identity.viewer;
  }

  /** The signed-in customer; guests are answered UNAUTHENTICATED. */
  signedIn(): Viewer {
    if (this.viewer) return this.viewer;
    throw new Denied('UNAUTHENTICATED', 'Sign in first: send Authorization: Bearer <accessToken of sessionCreate>.');
  }

  has(scope: string): boolean {
    return this.viewer?.scopes.includes(scope) ?? false;
  }

  /**
   * Asks another subgraph. Rejects with `SubgraphUnavailable` when it cannot be reached, and with its own error
   * otherwise; there are no partial answers between subgraphs.
   */
  async ask<Result, Variables extends object>(
    operation: Operation<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const { subgraph, query } = operation;
    const identity = { viewer: this.#identity.viewer, caller: this.#self };
    const result = await inSpan(
      `ask ${subgraph}`,
      { 'subgraph.name': subgraph },
      () => this.#transport.query(subgraph, { query, variables: variables as Record<string, unknown> }, identity),
      SpanKind.CLIENT,
    );
    if ((result.cachePolicy ?? fromHeaders(result.headers)).scope === 'PRIVATE') this.#isPersonal = true;
    const [error] = result.errors ?? [];
    if (error) throw new GraphQLError(`${subgraph}: ${error.message}`, { extensions: { ...error.extensions } });
    return result.data as Result;
  }

  /** One loader a request and key (any constant, usually the batch function itself). */
  loader<Key, Value>(
    batch: (keys: readonly Key[], context: Context) => Promise<ArrayLike<Value | Error>>,
  ): DataLoader<Key, Value> {
    let loader = this.#loaders.get(batch) as DataLoader<Key, Value> | undefined;
    if (!loader) {
      loader = new DataLoader<Key, Value>((keys) => batch(keys, this));
      this.#loaders.set(batch, loader as unknown as DataLoader<never, unknown>);
    }
    return loader;
  }
}
