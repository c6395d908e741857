import { counter, duration, type Measured, observe } from '#platform/telemetry/metrics.ts';
import type { Held, Holder } from '../connection-limits.ts';
import { boundedNames } from './bounded-names.ts';
import type { RequestRecord } from './request-record.ts';

const OPERATIONS_MOST = 200;
const CODES_MOST = 50;

const requests = counter('souk_router_requests', 'Operations that were answered, by name, kind, protocol and outcome');
const requestSeconds = duration('souk_router_request_seconds', 'How long an operation took, by name and kind');
const errors = counter('souk_router_errors', 'Errors that clients were told, by code; each once a request');
const fetches = counter('souk_router_fetches', 'Questions to subgraphs, by subgraph and outcome');
const fetchSeconds = duration('souk_router_fetch_seconds', 'How long a subgraph took');
const cacheLooks = counter('souk_router_cache_looks', 'Looks into a cache, by cache and result: hit, stale or miss');
const planLooks = counter('souk_router_plan_looks', 'Looks for the plan of an operation, by result: hit or miss');
const dropped = counter('souk_router_subscribers_dropped', 'Subscribers closed because they fell behind');
const refusedPlaces = counter(
  'souk_router_refused_places',
  'Sockets and subscriptions beyond what one address or viewer may have',
);
const joined = counter('souk_router_fetches_joined', 'Questions that shared the answer to an equal one under way');

const operationName = boundedNames(OPERATIONS_MOST);
const code = boundedNames(CODES_MOST);

/** `refused` is an answer without data, `partial` one with errors and data. */
export type Outcome = 'ok' | 'partial' | 'refused' | 'failed';

export function countRequest(record: RequestRecord, outcome: Outcome, seconds: number): void {
  const { operation, protocol } = record;
  const name = operation ? operationName(operation.name ?? 'unnamed') : 'unknown';
  const kind = operation?.kind ?? 'unknown';
  requests.add(1, { operation: name, kind, protocol, outcome });
  // How long clients listen says nothing about us.
  if (kind !== 'subscription') requestSeconds.record(seconds, { operation: name, kind });
  for (const each of record.codes) errors.add(1, { code: code(each) });
}

/** `errors`: it answered, and not only with data. */
export function countFetch(subgraph: string, outcome: 'ok' | 'errors' | 'unavailable', seconds: number): void {
  fetches.add(1, { subgraph, outcome });
  fetchSeconds.record(seconds, { subgraph });
}

/** `cache` is which one, e.g. `response` or `entity`. */
export function countCacheLook(cache: string, result: 'hit' | 'stale' | 'miss', times = 1): void {
  cacheLooks.add(times, { cache, result });
}

export function countPlanLook(result: 'hit' | 'miss'): void {
  planLooks.add(1, { result });
}

export function countDroppedSubscriber(): void {
  dropped.add(1);
}

/** `held` is what there was too much of, `holder` whose it was. */
export function countRefusedPlace(held: Held, holder: Holder): void {
  refusedPlaces.add(1, { held, holder });
}

export function countJoinedFetch(subgraph: string): void {
  joined.add(1, { subgraph });
}

/** What is open now, looked at when it is scraped; the answer ends the looking. */
export function observeSubscriptions(open: {
  subscribers(): number;
  upstreams(): number;
  sockets(): number;
}): () => void {
  return observe('souk_router_open', 'Subscriptions of clients, subscriptions at subgraphs, and sockets, by kind', () =>
    (['subscribers', 'upstreams', 'sockets'] as const).map((kind): Measured => [open[kind](), { kind }]),
  );
}
