import { Pool } from 'undici';
import { counter } from '#platform/telemetry/metrics.ts';
import { addTraceHeaders } from '#platform/telemetry/traces.ts';
import { Breaker, type BreakerState } from './breaker.ts';
import { Bulkhead } from './bulkhead.ts';
import { TooLong, UNPACKABLE } from './content-coding.ts';
import { Deadline } from './deadline.ts';
import { exchange, type HttpAnswer } from './http-exchange.ts';
import { PersistedTexts } from './persisted-texts.ts';
import { RetryBudget } from './retry-budget.ts';
import { isQuery, type SubgraphRequest, type SubgraphResult, SubgraphUnavailable } from './transport.ts';
import type { UpstreamPolicy } from './upstream-policy.ts';
import { resultFromWire, type WireResult } from './wire-result.ts';

/** Queries and mutations of one subgraph over HTTP. */
export interface HttpQueries {
  /** `token` is the internal one; null for a subgraph that knows nothing of it. */
  send(request: SubgraphRequest, token: string | null): Promise<SubgraphResult>;
  /** For the metrics. */
  state(): { readonly breaker: BreakerState; readonly running: number; readonly waiting: number };
  /** Takes no more, and waits for what is under way; each has its deadline. */
  close(): Promise<void>;
}

/** The wait before a retry is random up to this, doubled each time. */
const JITTER_MS = 50;
/** Of a server that does not say how long it keeps idle connections; those that do are believed. */
const KEEP_ALIVE_MS = 4_000;

/** Worth another attempt: the subgraph did not answer, or said that it cannot just now. */
class NoAnswer extends SubgraphUnavailable {}

const retries = counter('souk_upstream_retries', 'Queries that a subgraph was asked again, by subgraph');
const turnedAway = counter('souk_upstream_turned_away', 'Operations that were not sent, by subgraph and reason');

export function httpQueries(subgraph: string, url: URL, policy: UpstreamPolicy): HttpQueries {
  const pool = new Pool(url.origin, {
    connections: policy.connections,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectTimeout: policy.deadlineMs,
    // The deadline covers both, and with the precision of a millisecond.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const breaker = new Breaker(policy);
  const bulkhead = new Bulkhead(policy.connections, policy.waiting);
  const budget = new RetryBudget(policy.retryShare);
  const ask = asker(subgraph, pool, url.pathname + url.search, policy);
  const underWay = new UnderWay();
  let closed = false;

  const refuse = (reason: string, sentence: string): SubgraphUnavailable => {
    turnedAway.add(1, { subgraph, reason });
    return new SubgraphUnavailable(subgraph, sentence);
  };
  const late = () => new SubgraphUnavailable(subgraph, `no answer within ${policy.deadlineMs} ms`);
  const broken = () => refuse('breaker', 'its circuit breaker is open');

  const attempt = async (request: SubgraphRequest, token: string | null, deadline: Deadline) => {
    if (breaker.state === 'open') throw broken();
    const place = bulkhead.enter(deadline);
    if (place === 'full') throw refuse('bulkhead', 'too many requests wait for it');
    if (place !== 'in' && (await place) === 'late') {
      turnedAway.add(1, { subgraph, reason: 'deadline' });
      throw late();
    }
    try {
      if (!breaker.admits()) throw broken();
      const sinceMs = performance.now();
      try {
        const result = await ask(request, token, deadline);
        breaker.succeeded();
        return result;
      } catch (error) {
        // What spent most of its time in the queue says little about the subgraph.
        const hurried = deadline.passed && performance.now() - sinceMs < policy.deadlineMs / 2;
        if (error instanceof TooLong) breaker.succeeded();
        else if (!hurried || breaker.state !== 'closed') breaker.failed();
        throw deadline.passed ? late() : asUnavailable(subgraph, error, policy);
      }
    } finally {
      bulkhead.leave();
    }
  };

  /** Retries end where the breaker opens or the budget is spent: many callers that each try thrice are a storm. */
  const isWorthRetrying = (error: unknown, request: SubgraphRequest, made: number): boolean =>
    error instanceof NoAnswer &&
    made < policy.retries &&
    isQuery(request) &&
    breaker.state === 'closed' &&
    budget.spend();

  const send = async (request: SubgraphRequest, token: string | null): Promise<SubgraphResult> => {
    budget.save();
    const deadline = new Deadline(policy.deadlineMs);
    try {
      for (let made = 0; ; made += 1) {
        try {
          return await attempt(request, token, deadline);
        } catch (error) {
          if (!isWorthRetrying(error, request, made)) throw error;
          retries.add(1, { subgraph });
          await deadline.wait(Math.random() * JITTER_MS * 2 ** made);
          if (deadline.passed) throw late();
        }
      }
    } finally {
      deadline.clear();
    }
  };

  return {
    async send(request, token) {
      if (closed) throw new SubgraphUnavailable(subgraph, 'this process is stopping');
      return underWay.of(send(request, token));
    },
    state: () => ({ breaker: breaker.state, running: bulkhead.running, waiting: bulkhead.waiting }),
    async close() {
      closed = true;
      await underWay.end();
      await pool.destroy();
    },
  };
}

/** One question to the subgraph, its text or its hash. */
function asker(subgraph: string, pool: Pool, path: string, policy: UpstreamPolicy) {
  const persisted = new PersistedTexts(policy.persistedQueries);
  const accepted = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
    ...(policy.compression ? { 'accept-encoding': UNPACKABLE } : {}),
  };

  return async (request: SubgraphRequest, token: string | null, deadline: Deadline): Promise<SubgraphResult> => {
    const { query, operationName } = request;
    const headers: Record<string, string> = { ...request.headers, ...accepted };
    if (token !== null) headers.authorization = `Bearer ${token}`;
    addTraceHeaders(headers);
    const post = async (body: string) => {
      const answer = await exchange(pool, { path, headers, body }, policy.responseLimitBytes, deadline);
      return resultFrom(subgraph, answer, token !== null);
    };
    const whole = () => request.body ?? JSON.stringify({ query, variables: request.variables, operationName });
    if (!persisted.on) return post(whole());
    const byHash = { variables: request.variables, operationName, extensions: persisted.extensionsFor(query) };
    const result = await post(JSON.stringify(byHash));
    if (!persisted.wantsText(result)) return result;
    return post(persisted.on ? JSON.stringify({ query, ...byHash }) : whole());
  };
}

function resultFrom(subgraph: string, { status, headers, text }: HttpAnswer, isOurs: boolean): SubgraphResult {
  if (status === 502 || status === 503 || status === 504) throw new NoAnswer(subgraph, `it answered ${status}`);
  // One of our own that does not take the token is a fault, and no matter of the client's.
  const result = status === 401 && isOurs ? null : graphqlIn(text);
  if (result) return { ...resultFromWire(result), headers };
  const what = status === 200 ? 'something that is not a GraphQL answer' : String(status);
  throw new SubgraphUnavailable(subgraph, `it answered ${what}`);
}

/** A well-formed GraphQL answer, whatever the status: servers say by 4xx and 5xx what stands in `errors` too. */
function graphqlIn(text: string): WireResult | null {
  try {
    const result = JSON.parse(text);
    return Array.isArray(result?.errors) || typeof result?.data === 'object' ? result : null;
  } catch {
    return null;
  }
}

/** Faults of the connection. */
function asUnavailable(subgraph: string, error: unknown, { responseLimitBytes }: UpstreamPolicy): Error {
  if (error instanceof SubgraphUnavailable) return error;
  if (error instanceof TooLong)
    return new SubgraphUnavailable(subgraph, `its answer is longer than ${responseLimitBytes} bytes`);
  if (!(error instanceof Error)) return new SubgraphUnavailable(subgraph, String(error));
  return new NoAnswer(subgraph, 'code' in error ? String(error.code) : error.message);
}

/** Counts what is under way, and tells when nothing is. */
class UnderWay {
  #count = 0;
  #onEnd: (() => void) | undefined;

  async of<Result>(work: Promise<Result>): Promise<Result> {
    this.#count += 1;
    try {
      return await work;
    } finally {
      this.#count -= 1;
      if (this.#count === 0) this.#onEnd?.();
    }
  }

  async end(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => (this.#onEnd = resolve));
  }
}
