import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Attributes,
  type Context,
  INVALID_TRACEID,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

/** What a span says of itself; never variables, operations' texts or tokens. */
export type SpanAttributes = Attributes | (() => Attributes);

/** Headers as node:http has them. */
type Headers = Readonly<Record<string, string | string[] | undefined>>;

const w3c = new W3CTraceContextPropagator();
let tracer: Tracer | null = null;
const active = new AsyncLocalStorage<Context>();
/** Spans that are open in it. Until Node 24 an async context costs every promise of the process, so it is off without. */
let open = 0;

/** From here on spans are made with it; null makes none. `startTraces` in `otlp-traces.ts` calls it. */
export function traceWith(next: Tracer | null): void {
  tracer = next;
}

/** Whether spans are made at all. */
export const isTracing = (): boolean => tracer !== null;

/**
 * Runs a deed inside a span below the present one. Where there is none, or it is not kept, this is a bare call: a trace
 * begins with a request from outside, and what is not sampled costs no more spans.
 */
export function inSpan<Result>(
  name: string,
  attributes: SpanAttributes,
  deed: (span: Span | null) => Promise<Result>,
  kind: SpanKind = SpanKind.INTERNAL,
): Promise<Result> {
  const parent = tracer && recording();
  if (!tracer || !parent) return deed(null);
  return runIn(tracer, name, attributes, kind, parent, deed);
}

/** A span of something that does not wait. */
export function inSpanSync<Result>(name: string, deed: () => Result): Result {
  const parent = tracer && recording();
  if (!tracer || !parent) return deed();
  const span = tracer.startSpan(name, {}, parent);
  try {
    return deed();
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** The present context, where its span is kept. */
function recording(): Context | undefined {
  const present = active.getStore();
  return present && trace.getSpan(present)?.isRecording() ? present : undefined;
}

/**
 * The span of a request, below the one that its `traceparent` names. One without begins a trace at the door; behind it,
 * where jobs and sweepers ask too, only what is part of a trace has spans.
 */
export function inServerSpan<Result>(
  name: string,
  headers: Headers,
  begins: boolean,
  deed: (span: Span | null) => Promise<Result>,
): Promise<Result> {
  if (!tracer || (!begins && headers.traceparent === undefined)) return deed(null);
  return runIn(tracer, name, {}, SpanKind.SERVER, contextIn(headers), deed);
}

/**
 * A job, below the span that announced its event; of many events, below the first, with links to the others (OpenTelemetry's
 * conventions for messaging). `announced` holds their `traceparent`s; where there is none this is a bare call.
 */
export function inJobSpan<Result>(
  name: string,
  announced: readonly (string | undefined)[],
  deed: () => Promise<Result>,
): Promise<Result> {
  if (!tracer) return deed();
  const parents = announced.filter((each) => each !== undefined).map((traceparent) => contextIn({ traceparent }));
  const [parent, ...others] = parents;
  if (!parent) return deed();
  const links = others.map((other) => trace.getSpanContext(other)).filter((context) => context !== undefined);
  return runIn(tracer, name, {}, SpanKind.CONSUMER, parent, deed, links);
}

/** `traceparent` of the present span where that is kept, for what is done later. */
export function presentTraceparent(): string | undefined {
  if (!tracer || !recording()) return undefined;
  const headers: Record<string, string> = {};
  addTraceHeaders(headers);
  return headers.traceparent;
}

const contextIn = (headers: Headers): Context =>
  w3c.extract(ROOT_CONTEXT, headers, {
    get: (carrier: Headers, key) => carrier[key],
    keys: (carrier: Headers) => Object.keys(carrier),
  });

/** `traceparent` and `tracestate` of the present span, for another process. */
export function addTraceHeaders(headers: Record<string, string>): void {
  const present = tracer && active.getStore();
  if (!present) return;
  const set = (carrier: Record<string, string>, key: string, value: string) => {
    carrier[key] = value;
  };
  w3c.inject(present, headers, { set });
}

/** Of the present span, for logs. */
export function traceIdOf(span: Span | null): string | undefined {
  const id = span?.spanContext().traceId;
  return id === INVALID_TRACEID ? undefined : id;
}

/** Marks what failed without an exception. */
export function fail(span: Span | null, reason: unknown): void {
  // The sentence may carry what a client sent: only the class of the error leaves.
  const message = typeof reason === 'string' ? reason : reason instanceof Error ? reason.name : 'failed';
  span?.setStatus({ code: SpanStatusCode.ERROR, message });
}

async function runIn<Result>(
  by: Tracer,
  name: string,
  attributes: SpanAttributes,
  kind: SpanKind,
  parent: Context,
  deed: (span: Span) => Promise<Result>,
  links: readonly SpanContext[] = [],
): Promise<Result> {
  const span = by.startSpan(name, { kind, links: links.map((context) => ({ context })) }, parent);
  if (span.isRecording()) span.setAttributes(typeof attributes === 'function' ? attributes() : attributes);
  // Nobody below or before has to hear that it is not kept.
  if (!span.isRecording() && parent === ROOT_CONTEXT) return deed(span);
  open += 1;
  try {
    return await active.run(trace.setSpan(parent, span), deed, span);
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.end();
    open -= 1;
    if (open === 0) active.disable();
  }
}
