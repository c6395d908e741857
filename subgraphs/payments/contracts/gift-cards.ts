import { operation } from '#platform/graphql/operation.ts';

/** Holds what cards can pay of an order; the rest is for a payment. Idempotent by order id, undone by paymentVoid. */
export const giftCardsSpend = operation<
  { giftCardsSpend: { covered: string; refusal: { code: string; message: string } | null } },
  { input: { orderId: string; amount: string; currency: string; codes: readonly string[] } }
>(
  'payments',
  'mutation($input: GiftCardsSpendInput!) { giftCardsSpend(input: $input) { covered refusal { code message } } }',
);
