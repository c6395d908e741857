import { cache } from 'react';
import { chosenLanguage } from '#features/language/chosen-language.ts';
import { type CartViewFragment, CurrentCartDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { readCartId } from './cart-cookie.ts';

export type CartView = CartViewFragment;

/** The cart of this browser, once per request; null when it has none or it was ordered. */
export const currentCart = cache(async (): Promise<CartView | null> => {
  const id = await readCartId();
  return id ? (await request(CurrentCartDocument, { id, locale: await chosenLanguage() })).cart : null;
});
