import type { ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from '#platform/graphql/http-body.ts';
import { type HttpHandler, pathOf } from '#platform/graphql/http-routes.ts';

export const PAYMENT_WEBHOOKS = '/webhooks/payments';

/** An event with all that a payment can have is far smaller. */
const MOST_BYTES = 1_000_000;

/** What no provider signs, and nobody behind this needs to see. */
const KEPT_BACK = ['cookie', 'authorization'];

export interface PaymentWebhook {
  provider: string;
  headers: { name: string; value: string }[];
  /** Base64. */
  body: string;
}

/**
 * `POST /webhooks/payments/<provider>`: 204 for what was taken, also again; 400 for what its provider did not sign just now;
 * 503 for what could not be written down, so that the provider sends it again.
 */
export function paymentWebhooks(take: (webhook: PaymentWebhook) => Promise<boolean>): HttpHandler {
  return async (request, response) => {
    if (request.method !== 'POST') return answer(response, 405, { allow: 'POST' });
    try {
      // As text: a signature is over UTF-8 JSON, and what is not that fails its check.
      const body = Buffer.from(await readBody(request, MOST_BYTES)).toString('base64');
      const headers = Object.entries(request.headers)
        .filter((header): header is [string, string] => typeof header[1] === 'string' && !KEPT_BACK.includes(header[0]))
        .map(([name, value]) => ({ name, value }));
      const provider = pathOf(request).slice(PAYMENT_WEBHOOKS.length + 1);
      answer(response, (await take({ provider, headers, body })) ? 204 : 400);
    } catch (error) {
      if (error instanceof BodyTooLarge) answer(response, 413, { connection: 'close' });
      else answer(response, 503, { 'retry-after': '5' });
    }
  };
}

function answer(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { ...headers, 'cache-control': 'no-store' }).end();
}
