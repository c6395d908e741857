import { operation } from '#platform/graphql/operation.ts';

/** What came to `/webhooks/payments/<provider>`; false when it is to be refused. Rejects when it is to be sent again. */
export const paymentWebhook = operation<
  { paymentWebhook: boolean },
  {
    input: {
      provider: string;
      headers: { name: string; value: string }[];
      /** Base64. */
      body: string;
    };
  }
>('payments', 'mutation($input: PaymentWebhookInput!) { paymentWebhook(input: $input) }');
