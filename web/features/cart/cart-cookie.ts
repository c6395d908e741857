import { cookies, headers } from 'next/headers';
import { cookieOptions, isSecure } from '#security/cookie-options.ts';

// A cart's id is a secret: it lives here and nowhere in a page, an address or a log.
const CART_COOKIE = 'souk_cart';
const KEPT_FOR_SECONDS = 30 * 24 * 60 * 60;

export async function readCartId(): Promise<string | null> {
  return (await cookies()).get(CART_COOKIE)?.value ?? null;
}

export async function keepCartId(cartId: string): Promise<void> {
  const secure = isSecure(await headers());
  (await cookies()).set(CART_COOKIE, cartId, { ...cookieOptions(secure), maxAge: KEPT_FOR_SECONDS });
}

export async function forgetCartId(): Promise<void> {
  (await cookies()).delete(CART_COOKIE);
}
