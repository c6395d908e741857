import { createHash } from 'node:crypto';

/**
 * Names the intent to buy this cart as it stands. Derived, so that a double click, a reload and a lost answer all name the
 * same intent without anything being kept; one way, so that the page does not give the cart's id away.
 */
export function intentKey(cartId: string, version: number): string {
  return createHash('sha256').update(`souk order intent ${cartId} ${version}`).digest('base64url');
}
