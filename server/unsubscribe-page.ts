import type { HttpHandler } from '#platform/graphql/http-routes.ts';

export const UNSUBSCRIBE = '/unsubscribe';

/**
 * The address of `List-Unsubscribe` in mails: a mail program's POST ends them at once (RFC 8058), a person who opens it is sent
 * to the page of the storefront, since what only looks at links must end nothing.
 */
export const unsubscribePage = (
  storefrontUrl: string,
  unsubscribe: (token: string) => Promise<boolean>,
): HttpHandler => {
  return async (request, response) => {
    const { searchParams, search } = new URL(request.url ?? '/', 'http://router');
    request.resume();
    const answer = (status: number, headers: Record<string, string> = {}) =>
      response.writeHead(status, { ...headers, 'cache-control': 'no-store' }).end();
    if (request.method === 'GET' || request.method === 'HEAD')
      return void answer(303, { location: `${storefrontUrl}${UNSUBSCRIBE}${search}` });
    if (request.method !== 'POST') return void answer(405, { allow: 'GET, HEAD, POST' });
    try {
      answer((await unsubscribe(searchParams.get('token') ?? '')) ? 200 : 400);
    } catch {
      answer(503, { 'retry-after': '5' });
    }
  };
};
