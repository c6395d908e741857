import type { IncomingMessage, ServerResponse } from 'node:http';

const ALLOWED_HEADERS = [
  'content-type',
  'authorization',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollographql-client-name',
  'apollographql-client-version',
  'x-graphql-cost',
].join(', ');
const PREFLIGHT_SECONDS = '7200';

/**
 * Lets pages of the configured origins read answers; `*` is any. Tokens travel in a header and not in cookies, so
 * credentials are not allowed. True when the request was a preflight and is answered.
 */
export function corsFor(origins: readonly string[]): (request: IncomingMessage, response: ServerResponse) => boolean {
  const any = origins.includes('*');
  const allowed = new Set(origins);

  return (request, response) => {
    const { origin } = request.headers;
    if (!any) response.setHeader('vary', 'origin');
    if (origin && (any || allowed.has(origin))) response.setHeader('access-control-allow-origin', any ? '*' : origin);
    if (request.method !== 'OPTIONS') return false;
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', ALLOWED_HEADERS);
    response.setHeader('access-control-max-age', PREFLIGHT_SECONDS);
    response.writeHead(204).end();
    return true;
  };
}
