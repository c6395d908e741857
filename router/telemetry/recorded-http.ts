import type { IncomingMessage } from 'node:http';
import type { Span } from '@opentelemetry/api';
import type { HttpHandler } from '#platform/graphql/http-routes.ts';
import { fail, inServerSpan, traceIdOf } from '#platform/telemetry/traces.ts';
import type { RouterLog } from '../log.ts';
import { levelOf, newRecord, type RequestRecord } from './request-record.ts';
import { countRequest, type Outcome } from './router-metrics.ts';

/** Of a client that went away before it was answered; nginx's number. */
const GONE = 499;

const records = new WeakMap<IncomingMessage, RequestRecord>();

/** The record of a request that `recordedHttp` let in. */
export const recordOf = (request: IncomingMessage): RequestRecord => records.get(request) ?? newRecord('http');

/** Each request gets its span, its line in the log and its place in the metrics, however it ends. */
export function recordedHttp(log: RouterLog, handle: HttpHandler): HttpHandler {
  return (request, response) => {
    const record = newRecord('http');
    records.set(request, record);
    return inServerSpan(`${request.method} /graphql`, request.headers, true, async (span) => {
      span?.setAttributes({ 'http.request.method': request.method ?? '', 'url.path': '/graphql' });
      const closed = new Promise<void>((resolve) => {
        response.once('close', () => {
          report(log, record, span, response.writableFinished ? response.statusCode : GONE);
          resolve();
        });
      });
      await handle(request, response);
      await closed;
    });
  };
}

/** What has been answered, in the log, the metrics and on its span. */
export function report(log: RouterLog, record: RequestRecord, span: Span | null, status: number): void {
  const ms = performance.now() - record.startedMs;
  const { operation, hash, protocol, fetches, codes } = record;
  countRequest(record, outcomeOf(record, status), ms / 1_000);
  describe(span, record, status);
  log[levelOf(record, status)](
    {
      operation: operation?.name ?? null,
      kind: operation?.kind ?? null,
      hash,
      protocol,
      status,
      ms: Math.round(ms * 10) / 10,
      subgraphs: Object.fromEntries(fetches),
      ...(record.cached ? { cached: true } : {}),
      ...(record.joined ? { joined: true } : {}),
      ...(codes.size > 0 ? { codes: [...codes] } : {}),
      trace: traceIdOf(span),
    },
    'request',
  );
}

/** After the OpenTelemetry conventions for GraphQL servers, its document left out: literals in it may be secrets. */
function describe(span: Span | null, { operation, hash, codes }: RequestRecord, status: number): void {
  if (!span) return;
  if (operation) {
    span.updateName(operation.name ? `${operation.kind} ${operation.name}` : operation.kind);
    span.setAttribute('graphql.operation.type', operation.kind);
    if (operation.name) span.setAttribute('graphql.operation.name', operation.name);
  }
  if (hash) span.setAttribute('graphql.document.hash', hash);
  span.setAttribute('http.response.status_code', status);
  if (codes.size > 0) span.setAttribute('graphql.error.codes', [...codes]);
  if (status >= 500 || codes.has('INTERNAL')) fail(span, 'failed');
}

function outcomeOf({ codes }: RequestRecord, status: number): Outcome {
  if (status >= 500 || codes.has('INTERNAL')) return 'failed';
  if (status >= 400) return 'refused';
  return codes.size > 0 ? 'partial' : 'ok';
}
