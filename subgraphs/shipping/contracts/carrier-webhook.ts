import { operation } from '#platform/graphql/operation.ts';

interface Received {
  /** As in the path, e.g. `easypost`. */
  carrier: string;
  method: string;
  headers: { name: string; value: string }[];
  /** Base64. */
  body: string;
}

/** What came to `/webhooks/carriers/<carrier>`; false when it is to be refused. Rejects when it is to be sent again. */
export const carrierWebhook = operation<{ carrierWebhook: boolean }, { input: Received }>(
  'shipping',
  'mutation($input: CarrierWebhookInput!) { carrierWebhook(input: $input) }',
);
