import { type DocumentNode, type ExecutionResult, type FormattedExecutionResult, GraphQLError } from 'graphql';
import { type SubgraphTransport, SubgraphUnavailable } from '#platform/transport/transport.ts';
import type { Admission, Admitted, Decision } from '../admission.ts';
import { type Asker, contextOf } from '../context.ts';
import { type DataSource, subgraphUnavailable } from '../data-source.ts';
import type { RouterLog } from '../log.ts';
import { type FormatError, plain } from '../public-error.ts';
import type { LoadedSupergraph } from '../supergraph.ts';
import { BoundedQueue } from './bounded-queue.ts';
import { type ClientOperation, executeEvent } from './event-execution.ts';
import { planSubscription } from './plan.ts';
import { SharedTopics } from './sharing.ts';
import type { Listener, TopicSource } from './topic.ts';

export interface SubscribeRequest {
  readonly query: string;
  /** `query`, parsed and validated against the present supergraph. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly asker: Asker;
}

export interface FederatedSubscriptionsOptions {
  readonly supergraph: LoadedSupergraph;
  /** For the supergraph that is served now. */
  admission(): Admission;
  readonly services: Readonly<Record<string, DataSource>>;
  readonly transport: SubgraphTransport;
  readonly formatError: FormatError;
  readonly log: RouterLog;
  /** Events that one subscriber may be behind. */
  readonly queueLength: number;
}

/** What ends or keeps a live subscription when the supergraph changes. */
type Revise = (supergraph: LoadedSupergraph) => Promise<void>;

/** Subscriptions to fields of any subgraph, with fields of all others: what `@apollo/gateway` does not execute. */
export class FederatedSubscriptions {
  readonly #options: FederatedSubscriptionsOptions;
  readonly #topics = new SharedTopics();
  readonly #live = new Set<Revise>();
  #supergraph: LoadedSupergraph;

  constructor(options: FederatedSubscriptionsOptions) {
    this.#options = options;
    this.#supergraph = options.supergraph;
  }

  /** Open upstreams, for the metrics. */
  get upstreams(): number {
    return this.#topics.size;
  }

  /** Like graphql-js' `subscribe`: a result with errors, or the events. */
  async subscribe(
    request: SubscribeRequest,
  ): Promise<FormattedExecutionResult | AsyncIterableIterator<FormattedExecutionResult>> {
    const { formatError } = this.#options;
    const decision = await this.#admit(request);
    if (decision.kind === 'answered') return publicResult(decision.answer, formatError);
    if (decision.kind === 'refused') return publicResult({ errors: decision.errors }, formatError);
    return this.#follow(request, decision);
  }

  /** By what is served when it has been decided; the supergraph may change in the meantime. */
  async #admit(request: SubscribeRequest): Promise<Decision> {
    for (;;) {
      const admission = this.#options.admission();
      const decision = await admission.admit(request, request.asker);
      if (admission === this.#options.admission()) return decision;
    }
  }

  #follow(request: SubscribeRequest, admitted: Admitted) {
    const { query, operationName, variables, asker } = request;
    const key = JSON.stringify([asker.identity.viewer, admitted.without, query, operationName, variables]);
    const queue = new BoundedQueue<FormattedExecutionResult>(this.#options.queueLength, () => {
      listener.topic?.remove(listener);
    });
    const listener: Listener = {
      topic: undefined,
      next: (answer) => queue.push(answer),
      error: (reason) => queue.fail(reason),
      complete: () => queue.complete(),
    };
    try {
      this.#topics.join(key, this.#sourceOf(request, admitted), listener);
    } catch (error) {
      return { errors: [this.#publicFailure(error).toJSON()] };
    }
    return queue;
  }

  /** After a swap: those whose upstream operation stays the same go on, the others end with a code. */
  update(supergraph: LoadedSupergraph): void {
    this.#supergraph = supergraph;
    for (const revise of [...this.#live]) void revise(supergraph);
  }

  #sourceOf(request: SubscribeRequest, admitted: Admitted): TopicSource {
    const { transport, services, formatError } = this.#options;
    const { operationName, variables, asker } = request;
    const operation = (): ClientOperation => ({ document: allowed.document, operationName, variables });
    let allowed = admitted;
    let supergraph = this.#supergraph;
    let plan = planSubscription(supergraph, allowed.document, operationName);

    return {
      open: (sink) => {
        const revise: Revise = async (next) => {
          const revised = await this.#replanned(next, request);
          // A later change has overtaken this one, or the subscription has ended.
          if (next !== this.#supergraph || !this.#live.has(revise)) return;
          if (revised?.plan.subgraph === plan.subgraph && revised.plan.upstream.query === plan.upstream.query) {
            supergraph = next;
            ({ plan, allowed } = revised);
          } else {
            stop();
            sink.error(schemaChanged());
          }
        };
        const close = transport.subscribe(
          plan.subgraph,
          { ...plan.upstream, variables: pick(variables, plan.variables) },
          asker.identity,
          sink,
        );
        const stop = () => {
          this.#live.delete(revise);
          close();
        };
        this.#live.add(revise);
        return stop;
      },
      execute: async (event) => {
        const { complete } = allowed;
        const result = await executeEvent(supergraph, operation(), event, services, contextOf(asker));
        return publicResult(complete(result), formatError);
      },
      explain: (reason) => this.#publicFailure(reason),
    };
  }

  /** What is followed from now on; null when the new supergraph does not allow or know it. */
  async #replanned(supergraph: LoadedSupergraph, request: SubscribeRequest) {
    try {
      const allowed = await this.#options.admission().authorize(request, request.asker);
      if (allowed.kind !== 'admitted') return null;
      return { allowed, plan: planSubscription(supergraph, allowed.document, request.operationName) };
    } catch {
      return null;
    }
  }

  #publicFailure(reason: unknown): GraphQLError {
    if (reason instanceof SubgraphUnavailable)
      this.#options.log.warn({ subgraph: reason.subgraph, reason: reason.message }, 'subscription lost');
    const error = reason instanceof SubgraphUnavailable ? subgraphUnavailable() : reason;
    const formatted = this.#options.formatError(error instanceof GraphQLError ? plain(error) : { message: '' }, error);
    return new GraphQLError(formatted.message, { extensions: formatted.extensions ?? {} });
  }
}

function pick(variables: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of names) if (variables[name] !== undefined) picked[name] = variables[name];
  return picked;
}

function publicResult({ data, errors }: ExecutionResult, formatError: FormatError): FormattedExecutionResult {
  if (!errors?.length) return { data: data ?? null };
  const formatted = errors.map((error) => formatError(plain(error), error));
  return data === undefined ? { errors: formatted } : { data, errors: formatted };
}

const schemaChanged = () =>
  new GraphQLError('The API has changed; subscribe again.', { extensions: { code: 'SUBSCRIPTION_SCHEMA_RELOAD' } });
