import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { BodyTooLarge, readBody, sendError, sendJson } from '#platform/graphql/http-body.ts';
import type { HttpHandler } from '#platform/graphql/http-routes.ts';
import { type Answer, type CachedHttpOptions, throughCache } from './caching/cached-http.ts';
import { endWith } from './compression.ts';
import type { Generation } from './generation.ts';
import { type HttpOperation, withText } from './persisted/persisted-http.ts';
import type { PersistedOperations } from './persisted/persisted-operations.ts';
import type { FormatError } from './public-error.ts';
import { type EventStreams, streamFormatOf } from './subscriptions/event-stream.ts';
import { recordOf } from './telemetry/recorded-http.ts';
import type { ResponseHeaders } from './upstream/response-headers.ts';
import type { Verified } from './viewers.ts';

export interface GraphqlHttpOptions extends CachedHttpOptions {
  /** What is served now. */
  generation(): Generation;
  verified(authorization: string | undefined): Promise<Verified>;
  readonly addressOf: (request: IncomingMessage) => string | undefined;
  readonly bodyLimitBytes: number;
  readonly persisted: PersistedOperations;
  readonly formatError: FormatError;
  readonly streams: EventStreams;
  /** Null where no header of a subgraph goes to clients. */
  readonly responseHeaders: ResponseHeaders | null;
}

/**
 * GraphQL over HTTP on bare node:http. The protocol's rules are Apollo Server's, but for a few that the specification has
 * otherwise; `graphql-over-http.test.ts` runs its audit.
 */
export function graphqlOverHttp(options: GraphqlHttpOptions): HttpHandler {
  const { generation, verified, addressOf, bodyLimitBytes, persisted, formatError, compressAboveBytes, streams } =
    options;
  return async (request, response) => {
    let viewer: Verified;
    try {
      viewer = await verified(request.headers.authorization);
    } catch {
      return sendError(response, 401, 'UNAUTHENTICATED', 'The access token is not valid; sign in or refresh it.', {
        'www-authenticate': 'Bearer error="invalid_token"',
      });
    }

    let body: unknown;
    try {
      const text = await readBody(request, bodyLimitBytes);
      // Apollo refuses other types of content, a form that a foreign page can send among them.
      if (text && isJson(request)) body = JSON.parse(text);
    } catch (error) {
      if (error instanceof BodyTooLarge)
        return sendError(response, 413, 'BAD_REQUEST', `The body is larger than ${bodyLimitBytes} bytes.`);
      if (error instanceof SyntaxError) return sendError(response, 400, 'BAD_REQUEST', 'The body is not valid JSON.');
      throw error;
    }

    const url = request.url ?? '/';
    const search = url.includes('?') ? url.slice(url.indexOf('?')) : '';
    const malformed = malformedIn(body);
    if (malformed) return sendError(response, 400, 'BAD_REQUEST', malformed);
    const operation = await withText({ search, body }, request.headers, persisted);
    if (operation instanceof GraphQLError)
      return sendRefusal(request, response, formatError(operation.toJSON(), operation));
    const asker = { ...viewer, address: addressOf(request), headers: request.headers };
    const format = streamFormatOf(request);
    const asked = format && operationIn(operation);
    if (asked) {
      const record = recordOf(request);
      const { expiresAtMs } = viewer;
      const streamed = { request, response, generation: generation(), ...asked, asker, record, expiresAtMs };
      if (await streams.serve(format, streamed)) return;
    }
    const exchange = { request, response, operation, asker, record: recordOf(request), generation: generation() };
    const answer = await throughCache(options, exchange, () => ({
      method: request.method ?? 'GET',
      headers: headersFor(request),
      search: operation.search,
      body: operation.body,
    }));
    options.responseHeaders?.apply(exchange.record, response);
    if (answer) await send(response, answer, compressAboveBytes);
  };
}

/** Apollo Server takes these as if they were not there. */
function malformedIn(body: unknown): string | null {
  const { extensions } = (body ?? {}) as { extensions?: unknown };
  return Array.isArray(extensions) ? 'extensions must be an object.' : null;
}

/** What is asked for, in the body or the address; null where Apollo Server is to say what is wrong with it. */
function operationIn({ search, body }: HttpOperation) {
  const given = body === undefined ? inSearch(search) : body;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
  const { query, operationName, variables } = given as Record<string, unknown>;
  if (typeof query !== 'string') return null;
  if (operationName != null && typeof operationName !== 'string') return null;
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) return null;
  return {
    query,
    operationName: operationName ?? undefined,
    variables: (variables ?? {}) as Record<string, unknown>,
  };
}

function inSearch(search: string): unknown {
  const { variables, ...asked } = Object.fromEntries(new URLSearchParams(search));
  try {
    return { ...asked, ...(variables ? { variables: JSON.parse(variables) } : {}) };
  } catch {
    return null;
  }
}

/** Apollo's clients send the text after a 200 that says that it is not known. */
function sendRefusal(request: IncomingMessage, response: ServerResponse, error: GraphQLFormattedError): void {
  const status = error.extensions?.code === 'PERSISTED_QUERY_NOT_FOUND' ? 200 : 400;
  const type = /application\/graphql-response\+json/.test(request.headers.accept ?? '')
    ? 'application/graphql-response+json'
    : 'application/json';
  sendJson(
    response,
    status,
    { errors: [error] },
    {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'private, no-cache, must-revalidate',
    },
  );
}

async function send(response: ServerResponse, { status, headers, body }: Answer, compressAboveBytes: number) {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.statusCode = status ?? 200;
  if (body.kind === 'complete') {
    if (status === 400 && isOlderType(headers) && NOT_EXECUTED.test(body.string)) response.statusCode = 200;
    // Apollo counts characters of the text as it is.
    response.removeHeader('content-length');
    return endWith(response, body.string, compressAboveBytes);
  }
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}

/** Under application/json a well-formed request is answered with 200, whatever is wrong with its document or variables. */
const NOT_EXECUTED = /"code":"(?:GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT)"/;
const isOlderType = (headers: HeaderMap) => headers.get('content-type')?.startsWith('application/json') ?? false;

const isJson = ({ headers }: IncomingMessage): boolean =>
  /^application\/(?:[\w.+-]+\+)?json\b/i.test(headers['content-type'] ?? '');

/**
 * As they came. Of a GET Apollo Server wants a header that foreign pages cannot send; the specification has none. It changes
 * nothing, since mutations are refused, and what it answers no foreign page can read.
 */
function headersFor(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  if (request.method === 'GET') headers.set('apollo-require-preflight', 'get');
  return headers;
}
