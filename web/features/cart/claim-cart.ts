import { CartClaimDocument, CustomerCartDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { forgetCartId, keepCartId, readCartId } from './cart-cookie.ts';

/** After signing in: the guest's lines move into the customer's cart, and this browser goes on with that one. */
export async function claimCart(): Promise<void> {
  const guestCartId = await readCartId();
  const claimed = guestCartId
    ? (await request(CartClaimDocument, { input: { cartId: guestCartId } })).cartClaim.cart
    : null;
  const cart = claimed ?? (await request(CustomerCartDocument)).me?.cart;
  if (cart) await keepCartId(cart.id);
  else await forgetCartId();
}
