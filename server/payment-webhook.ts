import type { HttpHandler } from '#platform/graphql/http-routes.ts';
import { webhookPage } from './webhook-page.ts';

export const PAYMENT_WEBHOOKS = '/webhooks/payments';

export interface ReceivedPaymentWebhook {
  provider: string;
  headers: { name: string; value: string }[];
  /** Base64: signatures are over bytes. */
  body: string;
}

/** What payment providers tell; of the headers only the signature goes further. */
export const paymentWebhooks = (take: (received: ReceivedPaymentWebhook) => Promise<boolean>): HttpHandler =>
  webhookPage(
    PAYMENT_WEBHOOKS,
    (header) => header.endsWith('-signature'),
    ({ from, headers, body }) => take({ provider: from, headers: [...headers], body }),
  );
