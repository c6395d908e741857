import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HttpHandler, pathOf } from '#platform/graphql/http-routes.ts';

/** The largest that providers send are far smaller. */
const MOST_BYTES = 1_000_000;

export interface Webhook {
  /** The last part of its path. */
  readonly from: string;
  readonly method: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** Base64: signatures are over bytes. */
  readonly body: string;
}

/**
 * `POST <path>/<from>`: 204 for what was taken, 400 for what its sender did not send just now, 503 for what could not be
 * written down, so that it is sent again. Of its headers only the `wanted` are handed on.
 */
export function webhookPage(
  path: string,
  wanted: (header: string) => boolean,
  take: (webhook: Webhook) => Promise<boolean>,
): HttpHandler {
  return async (request, response) => {
    if (request.method !== 'POST') return answer(response, 405, { allow: 'POST' });
    const body = await bodyOf(request);
    if (!body) return answer(response, 413, { connection: 'close' });
    try {
      const taken = await take({
        ...{ from: pathOf(request).slice(path.length + 1), method: request.method, body: body.toString('base64') },
        headers: Object.entries(request.headers)
          .filter((header): header is [string, string] => wanted(header[0]) && typeof header[1] === 'string')
          .map(([name, value]) => ({ name, value })),
      });
      answer(response, taken ? 204 : 400);
    } catch {
      answer(response, 503, { 'retry-after': '5' });
    }
  };
}

function answer(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, 'cache-control': 'no-store' }).end();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > MOST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
