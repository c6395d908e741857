import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HttpHandler, pathOf } from '#platform/graphql/http-routes.ts';

export const CARRIER_WEBHOOKS = '/webhooks/carriers';

/** A tracker with years of scans is far smaller. */
const MOST_BYTES = 1_000_000;

export interface ReceivedWebhook {
  carrier: string;
  method: string;
  headers: { name: string; value: string }[];
  /** Base64: signatures are over bytes. */
  body: string;
}

/**
 * `POST /webhooks/carriers/<carrier>`: 204 for what was taken, 400 for what its carrier did not send just now, 503 for
 * what could not be written down, so that the carrier sends it again.
 */
export function carrierWebhooks(take: (received: ReceivedWebhook) => Promise<boolean>): HttpHandler {
  return async (request, response) => {
    if (request.method !== 'POST') return answer(response, 405, { allow: 'POST' });
    const body = await bodyOf(request);
    if (!body) return answer(response, 413, { connection: 'close' });
    const carrier = pathOf(request).slice(CARRIER_WEBHOOKS.length + 1);
    try {
      const taken = await take({
        ...{ carrier, method: request.method, body: body.toString('base64') },
        headers: Object.entries(request.headers)
          .filter((header): header is [string, string] => header[0].startsWith('x-') && typeof header[1] === 'string')
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
