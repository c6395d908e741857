import { cookies, headers } from 'next/headers';
import { cookieOptions, isSecure } from '#security/cookie-options.ts';

// Whoever has a code has the money: it lives here and nowhere in a page or an address.
const GIFT_CARDS_COOKIE = 'souk_gift_cards';
const KEPT_FOR_SECONDS = 24 * 60 * 60;
export const MOST_GIFT_CARDS = 5;

/** The codes that are to pay for the next order, in the order in which they were typed. */
export async function readGiftCodes(): Promise<string[]> {
  const kept = (await cookies()).get(GIFT_CARDS_COOKIE)?.value ?? '';
  return kept.split(' ').filter(Boolean).slice(0, MOST_GIFT_CARDS);
}

export async function keepGiftCodes(codes: readonly string[]): Promise<void> {
  const options = { ...cookieOptions(isSecure(await headers())), maxAge: KEPT_FOR_SECONDS };
  if (codes.length > 0) (await cookies()).set(GIFT_CARDS_COOKIE, codes.join(' '), options);
  else (await cookies()).delete(GIFT_CARDS_COOKIE);
}
