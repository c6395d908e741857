import { type DocumentNode, type ExecutionResult, type FormattedExecutionResult, GraphQLError } from 'graphql';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import type { Admitted } from '../admission.ts';
import { networkOf } from '../client-address.ts';
import { type ConnectionLimits, type Holder, Places } from '../connection-limits.ts';
import { type Asker, contextOf } from '../context.ts';
import { subgraphUnavailable } from '../data-source.ts';
import type { Generation } from '../generation.ts';
import type { RouterLog } from '../log.ts';
import { type FormatError, plain } from '../public-error.ts';
import { noteSubscription, reportEnded, reportRefused } from '../telemetry/recorded-subscription.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import { countRefusedPlace } from '../telemetry/router-metrics.ts';
import type { ResponseHeaders } from '../upstream/response-headers.ts';
import { BoundedQueue } from './bounded-queue.ts';
import { type ClientOperation, executeEvent } from './event-execution.ts';
import { planSubscription, type SubscriptionPlan } from './plan.ts';
import { SharedTopics } from './sharing.ts';
import type { Listener, TopicSource } from './topic.ts';

export interface SubscribeRequest {
  readonly generation: Generation;
  readonly query: string;
  /** `query`, parsed and validated by that generation. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly asker: Asker;
  /** Told when the subscription has ended. */
  readonly record?: RequestRecord | null;
}

export interface FederatedSubscriptionsOptions {
  /** What is served now. */
  generation(): Generation;
  readonly formatError: FormatError;
  /** Null where no header of a subgraph goes to clients. */
  readonly responseHeaders: ResponseHeaders | null;
  readonly log: RouterLog;
  /** Events that one subscriber may be behind. */
  readonly queueLength: number;
  readonly connections: Pick<ConnectionLimits, 'subscriptionsPerAddress' | 'subscriptionsPerViewer'>;
}

/** What ends or keeps a live subscription when the supergraph changes. */
type Revise = (next: Generation) => Promise<void>;

/** Subscriptions to fields of any subgraph, with fields of all others: what `@apollo/gateway` does not execute. */
export class FederatedSubscriptions {
  readonly #options: FederatedSubscriptionsOptions;
  readonly #topics = new SharedTopics();
  readonly #live = new Set<Revise>();
  readonly #places: Places;
  #subscribers = 0;

  constructor(options: FederatedSubscriptionsOptions) {
    const { subscriptionsPerAddress, subscriptionsPerViewer } = options.connections;
    this.#options = options;
    this.#places = new Places({ address: subscriptionsPerAddress, viewer: subscriptionsPerViewer });
  }

  /** Clients' subscriptions that are open, for the metrics. */
  get subscribers(): number {
    return this.#subscribers;
  }

  /** Open upstreams, for the metrics. */
  get upstreams(): number {
    return this.#topics.size;
  }

  /** Like graphql-js' `subscribe`: a result with errors, or the events. */
  async subscribe(
    request: SubscribeRequest,
  ): Promise<FormattedExecutionResult | AsyncIterableIterator<FormattedExecutionResult>> {
    const { record } = request;
    if (record) noteSubscription(record, request);
    const opened = await this.#open(request);
    if (record && !(Symbol.asyncIterator in opened)) reportRefused(this.#options.log, record, opened);
    return opened;
  }

  async #open(request: SubscribeRequest) {
    const { formatError } = this.#options;
    const place = this.#takePlace(request.asker);
    if (typeof place === 'string') return publicResult({ errors: [this.#tooMany(place)] }, formatError);
    let followed = false;
    try {
      const decision = await request.generation.admission.admit(request, request.asker);
      if (decision.kind === 'answered') return publicResult(decision.answer, formatError);
      if (decision.kind === 'refused') return publicResult({ errors: decision.errors }, formatError);
      followed = true;
      return this.#follow(request, decision, place);
    } finally {
      if (!followed) place();
    }
  }

  /** What gives it back, or whose places are all taken. */
  #takePlace({ address, identity }: Asker): (() => void) | Holder {
    const ofAddress = this.#places.take('address', networkOf(address));
    if (!ofAddress) return 'address';
    const ofViewer = this.#places.take('viewer', identity.viewer?.customerId);
    if (!ofViewer) {
      ofAddress();
      return 'viewer';
    }
    return () => {
      ofAddress();
      ofViewer();
    };
  }

  #tooMany(holder: Holder): GraphQLError {
    countRefusedPlace('subscriptions', holder);
    return new GraphQLError(`At most ${this.#places.most(holder)} subscriptions of one ${holder} at once.`, {
      extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 5 },
    });
  }

  #follow(request: SubscribeRequest, admitted: Admitted, leave: () => void) {
    const { query, operationName, variables, asker, generation } = request;
    const { viewer } = asker.identity;
    const forwarded = forwardedTo(generation, asker);
    const key = JSON.stringify([viewer, forwarded, admitted.without, query, operationName, variables]);
    let joined = false;
    const queue = new BoundedQueue<FormattedExecutionResult>(this.#options.queueLength, (reason) => {
      listener.topic?.remove(listener);
      leave();
      this.#subscribers -= 1;
      if (request.record && joined) reportEnded(this.#options.log, request.record, reason);
    });
    this.#subscribers += 1;
    const listener: Listener = {
      topic: undefined,
      next: (answer) => queue.push(answer),
      error: (reason) => queue.fail(reason),
      complete: () => queue.complete(),
    };
    try {
      const source = this.#sourceOf(request, admitted);
      joined = true;
      this.#topics.join(key, source, listener);
    } catch (error) {
      joined = false;
      queue.complete();
      return { errors: [this.#publicFailure(error).toJSON()] };
    }
    return queue;
  }

  /** After a swap: those whose upstream operation stays the same go on, the others end with a code. */
  revise(): void {
    const generation = this.#options.generation();
    for (const revise of [...this.#live]) void revise(generation);
  }

  #sourceOf(request: SubscribeRequest, admitted: Admitted): TopicSource {
    const { formatError } = this.#options;
    const { operationName, variables, asker } = request;
    const operation = (): ClientOperation => ({ document: allowed.document, operationName, variables });
    let allowed = admitted;
    let { generation } = request;
    let plan = planSubscription(generation.supergraph, allowed.document, operationName);
    // Its answers have no headers of their own: what the rules say without any is told.
    if (request.record) this.#options.responseHeaders?.collect(plan.subgraph, request.record, {});

    return {
      open: (sink) => {
        const revise: Revise = async (next) => {
          const revised = await this.#replanned(next, request);
          // A later change has overtaken this one, or the subscription has ended.
          if (next !== this.#options.generation() || !this.#live.has(revise)) return;
          if (revised && isSameUpstream([generation, plan], [next, revised.plan])) {
            generation = next;
            ({ plan, allowed } = revised);
          } else {
            stop();
            sink.error(schemaChanged());
          }
        };
        const close = generation.transport.subscribe(
          plan.subgraph,
          {
            ...plan.upstream,
            variables: pick(variables, plan.variables),
            headers: generation.headersFor(plan.subgraph, asker.headers),
          },
          asker.identity,
          sink,
        );
        const stop = () => {
          this.#live.delete(revise);
          close();
        };
        this.#live.add(revise);
        const present = this.#options.generation();
        // The supergraph has changed while this one was admitted.
        if (generation !== present) void revise(present);
        return stop;
      },
      execute: async (event) => {
        const { complete } = allowed;
        const { supergraph, services } = generation;
        const result = await executeEvent(supergraph, operation(), event, services, contextOf(asker));
        return publicResult(complete(result), formatError);
      },
      explain: (reason) => this.#publicFailure(reason),
    };
  }

  /** What is followed from now on; null when the new supergraph does not allow or know it. */
  async #replanned({ supergraph, admission }: Generation, request: SubscribeRequest) {
    try {
      const allowed = await admission.authorize(request, request.asker);
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

type Planned = readonly [Generation, SubscriptionPlan];

/** Whether the events go on as they are: the same subgraph at the same place is asked for the same. */
function isSameUpstream([before, had]: Planned, [after, has]: Planned): boolean {
  if (had.subgraph !== has.subgraph || had.upstream.query !== has.upstream.query) return false;
  return before.transport === after.transport || addressOf(before, had.subgraph) === addressOf(after, has.subgraph);
}

const addressOf = ({ supergraph }: Generation, subgraph: string) =>
  supergraph.subgraphs.find(({ name }) => name === subgraph)?.url;

/** The headers that any subgraph is sent for somebody; who shares a subscription must have the same. */
const forwardedTo = ({ supergraph, headersFor }: Generation, { headers }: Asker) =>
  supergraph.subgraphs.map(({ name }) => headersFor(name, headers) ?? null);

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
