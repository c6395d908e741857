import type { CartErrorCode, CartProblemCode } from '#generated/graphql.ts';

interface CartRefusal {
  readonly code: CartErrorCode;
  readonly message: string;
  readonly available?: number | null;
}

/** What happened and what to do. A code this storefront does not know keeps the API's own sentence. */
export function cartWords({ code, message, available }: CartRefusal): string {
  switch (code) {
    case 'INSUFFICIENT_STOCK':
      return available ? `${leftWords(available)} Some may be in your cart already.` : 'This one is sold out for now.';
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
  return `${leftWords(available)} We set the quantity to ${available}.`;
}

interface LineProblem {
  readonly code: CartProblemCode;
  readonly available: number | null;
}

/** What keeps a line from being ordered; undefined when nothing does. */
export function problemWords(problem: LineProblem | null): string | undefined {
  if (problem?.code === 'VARIANT_UNAVAILABLE') return 'This is no longer sold. Remove it to go on.';
  if (problem?.code !== 'INSUFFICIENT_STOCK') return undefined;
  return problem.available
    ? `${leftWords(problem.available)} Lower the quantity to go on.`
    : 'This is sold out now. Remove it to go on.';
}

function leftWords(available: number): string {
  return available === 1 ? 'Only 1 of these is left.' : `Only ${available} of these are left.`;
}
