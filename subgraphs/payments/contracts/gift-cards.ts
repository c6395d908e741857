import { operation } from '#platform/graphql/operation.ts';
import { defineEvent } from '#platform/outbox/event.ts';

/** Holds what cards can pay of an order; the rest is for a payment. Idempotent by order id, undone by paymentVoid. */
export const giftCardsSpend = operation<
  { giftCardsSpend: { covered: string; refusal: { code: string; message: string } | null } },
  { input: { orderId: string; amount: string; currency: string; codes: readonly string[] } }
>(
  'payments',
  'mutation($input: GiftCardsSpendInput!) { giftCardsSpend(input: $input) { covered refusal { code message } } }',
);

/** A card is to be delivered by mail. Its code is in no event: who writes the mail asks for it. */
export const giftCardIssued = defineEvent<{ giftCardId: string; email: string; message: string | null }>(
  'payments.gift-card-issued.v1',
);

export const giftCardForMail = operation<
  { giftCardForMail: { code: string; amount: { amount: string; currency: string } } | null },
  { id: string }
>('payments', 'query($id: ID!) { giftCardForMail(id: $id) { code amount { amount currency } } }');
