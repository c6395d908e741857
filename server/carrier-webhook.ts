import type { HttpHandler } from '#platform/graphql/http-routes.ts';
import { webhookPage } from './webhook-page.ts';

export const CARRIER_WEBHOOKS = '/webhooks/carriers';

export interface ReceivedWebhook {
  carrier: string;
  method: string;
  headers: { name: string; value: string }[];
  /** Base64: signatures are over bytes. */
  body: string;
}

/** What carriers tell of their parcels. */
export const carrierWebhooks = (take: (received: ReceivedWebhook) => Promise<boolean>): HttpHandler =>
  webhookPage(
    CARRIER_WEBHOOKS,
    (header) => header.startsWith('x-'),
    ({ from, method, headers, body }) => take({ carrier: from, method, headers: [...headers], body }),
  );
