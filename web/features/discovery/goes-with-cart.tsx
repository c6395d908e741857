import { readCartId } from '#features/cart/cart-cookie.ts';
import { shownIn } from '#features/language/chosen-language.ts';
import { CartSuggestionsDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { Shelf } from './shelf.tsx';

/** What goes with what lies in the cart. */
export async function GoesWithCart() {
  const [id, shown] = await Promise.all([readCartId(), shownIn()]);
  const answer = id ? await request(CartSuggestionsDocument, { id, ...shown }).catch(() => null) : null;
  return <Shelf title="Goes well with these" products={answer?.cart?.suggestions} />;
}
