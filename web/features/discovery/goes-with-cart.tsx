import { readCartId } from '#features/cart/cart-cookie.ts';
import { chosenCurrency } from '#features/currency/chosen-currency.ts';
import { CartSuggestionsDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { Shelf } from './shelf.tsx';

/** What goes with what lies in the cart. */
export async function GoesWithCart() {
  const [id, currency] = await Promise.all([readCartId(), chosenCurrency()]);
  const answer = id ? await request(CartSuggestionsDocument, { id, currency }).catch(() => null) : null;
  return <Shelf title="Goes well with these" products={answer?.cart?.suggestions} />;
}
