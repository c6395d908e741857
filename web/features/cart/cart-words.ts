import type { CartErrorCode } from '#generated/graphql.ts';

interface CartRefusal {
  readonly code: CartErrorCode;
  readonly message: string;
  readonly available?: number | null;
}

/** What happened and what to do. A code this storefront does not know keeps the API's own sentence. */
export function cartWords({ code, message, available }: CartRefusal): string {
  switch (code) {
    case 'INSUFFICIENT_STOCK':
      return available
        ? `Only ${available} of these are left, and your cart may hold some already.`
        : 'This one is sold out for now.';
    case 'VARIANT_NOT_FOUND':
      return 'This one is no longer sold. Choose another.';
    case 'INVALID_QUANTITY':
      return 'A cart holds 1 to 999 of a kind.';
    case 'LINE_LIMIT':
      return 'Your cart is full. Order what is in it, then go on.';
    case 'CART_CHANGED':
      return 'Your cart was changed somewhere else. Here is how it stands now.';
    default:
      return message;
  }
}

/** After a quantity was lowered to what there is. */
export function loweredWords(available: number): string {
  return available === 1
    ? 'Only 1 of these is left. We set the quantity to 1.'
    : `Only ${available} of these are left. We set the quantity to ${available}.`;
}
