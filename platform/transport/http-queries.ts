import {
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import type { ExecutionResult } from 'graphql';
import { Pool } from 'undici';
import { addTraceHeaders } from '#platform/telemetry/traces.ts';
import { type SubgraphRequest, SubgraphUnavailable } from './transport.ts';
import { resultFromWire, type WireResult } from './wire-result.ts';

/** Queries and mutations of one subgraph over HTTP. */
export interface HttpQueries {
  send(request: SubgraphRequest, token: string): Promise<ExecutionResult>;
  close(): Promise<void>;
}

const WAITING_PER_RUNNING = 4;
const FAULTS_TO_OPEN = 8;
const OPEN_MS = 1_000;
const RETRIES = 2;
/** The wait before a retry is random up to this, doubled each time. */
const JITTER_MS = 50;

/** Worth another attempt: the subgraph did not answer, or said that it cannot just now. */
class NoAnswer extends SubgraphUnavailable {}

export function httpQueries(
  subgraph: string,
  url: URL,
  { deadlineMs, concurrency }: { deadlineMs: number; concurrency: number },
): HttpQueries {
  const pool = new Pool(url.origin, {
    connections: concurrency,
    pipelining: 1,
    // Below the 65 seconds after which our servers close an idle connection, or requests would meet closed ones.
    keepAliveTimeout: 30_000,
    connectTimeout: deadlineMs,
    // The deadline below covers both, and with the precision of a millisecond.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const path = url.pathname;

  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof SubgraphUnavailable),
    { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(FAULTS_TO_OPEN) },
  );
  const once = wrap(breaker, bulkhead(concurrency, concurrency * WAITING_PER_RUNNING));
  const repeated = wrap(retryWhileClosed(breaker), once);

  const attempt = async (body: string, token: string, signal: AbortSignal): Promise<ExecutionResult> => {
    const response = await pool.request({
      path,
      method: 'POST',
      headers: withTrace({
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${token}`,
      }),
      body,
      signal,
    });
    const text = await response.body.text();
    const { statusCode } = response;
    if (statusCode === 502 || statusCode === 503 || statusCode === 504)
      throw new NoAnswer(subgraph, `it answered ${statusCode}`);
    if (statusCode !== 200 && statusCode !== 400) throw new SubgraphUnavailable(subgraph, `it answered ${statusCode}`);
    return resultFrom(subgraph, text);
  };

  return {
    async send(request, token) {
      const {
        query,
        body = JSON.stringify({ query, variables: request.variables, operationName: request.operationName }),
      } = request;
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), deadlineMs);
      const run = () =>
        attempt(body, token, deadline.signal).catch((error: unknown) => {
          throw deadline.signal.aborted ? tooLate(subgraph, deadlineMs) : asUnavailable(subgraph, error);
        });
      try {
        const policy = mayRepeat(request) ? repeated : once;
        return await raced(policy.execute(run, deadline.signal), deadline.signal, () => tooLate(subgraph, deadlineMs));
      } catch (error) {
        throw asUnavailable(subgraph, error);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => pool.destroy(),
  };
}

function withTrace(headers: Record<string, string>): Record<string, string> {
  addTraceHeaders(headers);
  return headers;
}

/** Retries end where a breaker opens: many callers that each try thrice are a storm. */
function retryWhileClosed(breaker: CircuitBreakerPolicy) {
  return retry(
    handleWhen((error) => error instanceof NoAnswer && breaker.state === CircuitState.Closed),
    {
      maxAttempts: RETRIES,
      backoff: new DelegateBackoff(({ attempt }) => Math.random() * JITTER_MS * 2 ** (attempt - 1)),
    },
  );
}

/** Any mention of a mutation forbids it: a field of that name costs only its retries. */
const mayRepeat = ({ query }: SubgraphRequest): boolean => !/\bmutation\b/.test(query);

const tooLate = (subgraph: string, deadlineMs: number) =>
  new SubgraphUnavailable(subgraph, `no answer within ${deadlineMs} ms`);

/** Ends with the deadline even where the work waits in the bulkhead's queue or before a retry. */
function raced<T>(work: Promise<T>, signal: AbortSignal, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(late());
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Faults of the connection, of the bulkhead and of the breaker. */
function asUnavailable(subgraph: string, error: unknown): Error {
  if (error instanceof SubgraphUnavailable) return error;
  if (!(error instanceof Error)) return new SubgraphUnavailable(subgraph, String(error));
  if ('isBrokenCircuitError' in error) return new SubgraphUnavailable(subgraph, 'its circuit breaker is open');
  if ('isBulkheadRejectedError' in error) return new SubgraphUnavailable(subgraph, 'too many requests wait for it');
  const reason = 'code' in error ? String(error.code) : error.message;
  return new NoAnswer(subgraph, reason);
}

function resultFrom(subgraph: string, text: string): ExecutionResult {
  let result: WireResult;
  try {
    result = JSON.parse(text);
  } catch {
    throw new SubgraphUnavailable(subgraph, 'it answered something that is not JSON');
  }
  return resultFromWire(result);
}
