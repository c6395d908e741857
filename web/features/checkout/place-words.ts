import type { OrderErrorCode } from '#generated/graphql.ts';

interface PlaceRefusal {
  readonly code: OrderErrorCode;
  readonly message: string;
  readonly available?: number | null;
}

const WORDS: Partial<Record<OrderErrorCode, string>> = {
  PRICE_CHANGED: 'A price changed while you were here. This is the new total; look it over, then place the order.',
  CART_CHANGED: 'Your cart was changed somewhere else. Look it over, then place the order.',
  CART_NOT_FOUND: 'This cart has expired. Put the goods in again; nothing was charged.',
  CART_EMPTY: 'There is nothing in your cart. Put something in, then come back.',
  VARIANT_UNAVAILABLE: 'One of these is no longer sold. Remove it from your cart to go on.',
  PAYMENT_DECLINED: 'Your bank declined this card. Nothing was charged. Choose another card.',
  PAYMENT_PENDING: 'Your bank has not answered yet. Wait a moment, then press again; you pay once.',
  PAYMENT_REQUIRED: 'Choose a card to pay with.',
  IDEMPOTENCY_CONFLICT: 'This order is being placed with another card already. Wait a moment, then try again.',
  BUSY: 'Many people are buying just now. Try again in a moment; you pay once.',
  EMAIL_REQUIRED: 'Your e-mail is missing. Go back to the first step.',
  DELIVERY_REQUIRED: 'The delivery is not chosen yet. Go back one step.',
};

/** Why an order was not placed and what to do. A code this storefront does not know keeps the API's own sentence. */
export function placeWords({ code, message, available }: PlaceRefusal): string {
  if (code !== 'INSUFFICIENT_STOCK') return WORDS[code] ?? message;
  return available
    ? `Only ${available} ${available === 1 ? 'is' : 'are'} left of something in your cart. Lower its quantity there; nothing was charged.`
    : 'Something in your cart has just sold out. Remove it there; nothing was charged.';
}
