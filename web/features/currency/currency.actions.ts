'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readCartId } from '#features/cart/cart-cookie.ts';
import { pageBefore } from '#features/shop/page-before.ts';
import { CartCurrencyUpdateDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { cookieOptions, isSecure } from '#security/cookie-options.ts';
import { CURRENCY_COOKIE, currencies } from './chosen-currency.ts';

const KEPT_FOR_SECONDS = 365 * 24 * 60 * 60;

/** Prices and the cart are in this currency from now on. */
export async function chooseCurrency(form: FormData): Promise<void> {
  const currency = String(form.get('currency'));
  if ((await currencies()).some(({ code }) => code === currency)) {
    const cartId = await readCartId();
    // A cart that was ordered or cannot be asked keeps its currency; the goods show the new one all the same.
    if (cartId) await request(CartCurrencyUpdateDocument, { input: { cartId, currency } }).catch(() => null);
    const options = { ...cookieOptions(isSecure(await headers())), maxAge: KEPT_FOR_SECONDS };
    (await cookies()).set(CURRENCY_COOKIE, currency, options);
  }
  redirect(await pageBefore());
}
