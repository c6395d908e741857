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

/** A line of an order whose units are gift cards. */
export interface GiftCardLine {
  lineId: string;
  /** How many of them the order bought. */
  quantity: number;
  /** What one is worth, in minor units of the order's currency. */
  unitMinor: string;
}

export interface GiftCardsTakeInput {
  orderId: string;
  /** The refund, or the order that is cancelled: a repetition changes nothing. */
  takeId: string;
  currency: string;
  /** `take` of each line's cards go, those with the most on them first. */
  lines: readonly (GiftCardLine & { take: number })[];
  /** What must be on them, in minor units: neither less nor more goes back. */
  expectedMinor: string;
  /** Whether no card of the order may have been spent, not even one that was taken back before. */
  untouched: boolean;
}

/**
 * Takes back cards that an order bought, all or none; those that were not issued yet never will be. `leftMinor` is what
 * is on the chosen ones where that is not what was expected, and nothing was taken.
 */
export const giftCardsTake = operation<
  { giftCardsTake: { taken: boolean; leftMinor: string } },
  { input: GiftCardsTakeInput }
>('payments', 'mutation($input: GiftCardsTakeInput!) { giftCardsTake(input: $input) { taken leftMinor } }');

/** The undo: they are worth again what they were, and are mailed where that had to wait. */
export const giftCardsReturn = operation<
  { giftCardsReturn: boolean },
  { input: { orderId: string; takeId: string; number: string; email: string } }
>('payments', 'mutation($input: GiftCardsReturnInput!) { giftCardsReturn(input: $input) }');

/** All cards that an order bought exist and are on their way by mail. */
export const orderGiftCardsIssued = defineEvent<{ orderId: string }>('payments.order-gift-cards-issued.v1');

/** What the cards that an order bought were worth, less what was taken back of them, in minor units of its currency. */
export const giftCardsOwed = operation<{ giftCardsOwed: string }, { orderId: string }>(
  'payments',
  'query($orderId: ID!) { giftCardsOwed(orderId: $orderId) }',
);

/** For the auditor: how many cards of each line of these orders stand, neither taken back nor waiting. At most 200 orders. */
export const giftCardsSold = operation<
  { giftCardsSold: { orderId: string; lineId: string; units: number }[] },
  { orderIds: readonly string[] }
>('payments', 'query($orderIds: [ID!]!) { giftCardsSold(orderIds: $orderIds) { orderId lineId units } }');

/** For the auditor: the lines whose cards were made in the window of RFC 3339 times, at most 500. */
export const giftCardsMade = operation<
  { giftCardsMade: { orderId: string; lineId: string; units: number }[] },
  { since: string; until: string }
>(
  'payments',
  'query($since: DateTime!, $until: DateTime!) { giftCardsMade(since: $since, until: $until) { orderId lineId units } }',
);

/** A card is to be delivered by mail. Its code is in no event: who writes the mail asks for it. */
export const giftCardIssued = defineEvent<{ giftCardId: string; email: string; message: string | null }>(
  'payments.gift-card-issued.v1',
);

export const giftCardForMail = operation<
  { giftCardForMail: { code: string; amount: { amount: string; currency: string } } | null },
  { id: string }
>('payments', 'query($id: ID!) { giftCardForMail(id: $id) { code amount { amount currency } } }');
