import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import { BodyTooLarge, readBody, sendError } from '#platform/graphql/http-body.ts';
import type { HttpHandler } from '#platform/graphql/http-routes.ts';
import { endWith } from './compression.ts';
import { contextOf } from './context.ts';
import type { Generation } from './generation.ts';
import { recordOf } from './telemetry/recorded-http.ts';
import type { Verified } from './viewers.ts';

export interface GraphqlHttpOptions {
  /** What is served now. */
  generation(): Generation;
  verified(authorization: string | undefined): Promise<Verified>;
  readonly bodyLimitBytes: number;
  readonly compressAboveBytes: number;
}

/** GraphQL over HTTP on bare node:http; the protocol's rules are Apollo Server's. */
export function graphqlOverHttp({
  generation,
  verified,
  bodyLimitBytes,
  compressAboveBytes,
}: GraphqlHttpOptions): HttpHandler {
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
    const answer = await generation().apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? 'GET',
        headers: headersOf(request),
        search: url.includes('?') ? url.slice(url.indexOf('?')) : '',
        body,
      },
      context: async () =>
        contextOf({ ...viewer, address: request.socket.remoteAddress, headers: request.headers }, recordOf(request)),
    });
    await send(response, answer, compressAboveBytes);
  };
}

type Answer = Awaited<ReturnType<ApolloServer['executeHTTPGraphQLRequest']>>;

async function send(response: ServerResponse, { status, headers, body }: Answer, compressAboveBytes: number) {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.statusCode = status ?? 200;
  if (body.kind === 'complete') {
    // Apollo counts characters of the text as it is.
    response.removeHeader('content-length');
    return endWith(response, body.string, compressAboveBytes);
  }
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}

const isJson = ({ headers }: IncomingMessage): boolean =>
  /^application\/(?:[\w.+-]+\+)?json\b/i.test(headers['content-type'] ?? '');

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
