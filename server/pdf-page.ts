import { type HttpHandler, pathOf } from '#platform/graphql/http-routes.ts';

/**
 * `GET <at>/<id>.pdf?grant=…`: what `read` has for that grant, in base64, and 404 without one that holds. `what` is
 * missed then, e.g. `label`.
 */
export function pdfPage(
  at: string,
  what: string,
  read: (id: string, grant: string) => Promise<string | null>,
): HttpHandler {
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const id = /^\/([\w-]{1,64})\.pdf$/.exec(pathOf(request).slice(at.length))?.[1];
    const grant = new URL(request.url ?? '/', 'http://pdf').searchParams.get('grant');
    const found = id && grant ? await read(id, grant) : null;
    if (!found) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
      response.end(`There is no such ${what}, or its link has expired: ask for a new one.\n`);
      return;
    }
    const pdf = Buffer.from(found, 'base64');
    response.writeHead(200, {
      ...HEADERS,
      'content-disposition': `inline; filename="${id}.pdf"`,
      'content-length': pdf.length,
    });
    response.end(request.method === 'HEAD' ? undefined : pdf);
  };
}

const HEADERS = {
  'content-type': 'application/pdf',
  // It bears an address.
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
