'use server';

import { refresh } from 'next/cache';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { typed } from '#design/typed.ts';
import { type FieldErrors, fieldOf, readAddress } from '#features/account/address-form-data.ts';
import { forgetCartId, readCartId } from '#features/cart/cart-cookie.ts';
import { orderCookieName, orderCookieOptions, orderPath } from '#features/orders/order-cookies.ts';
import { type PayState, whatNext } from '#features/payment/pay-state.ts';
import { CartDeliveryUpdateDocument, type CartDeliveryUpdateInput, OrderPlaceDocument } from '#generated/graphql.ts';
import { wordsForApiError, wordsForUnansweredPayment } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { isSecure } from '#security/cookie-options.ts';
import { keepGiftCodes, readGiftCodes } from './gift-card-cookie.ts';
import { placeWords } from './place-words.ts';

export interface CheckoutState extends PayState {
  readonly fieldErrors?: FieldErrors;
  /** What was typed, so that a refusal does not empty the form. */
  readonly values?: Readonly<Record<string, string>>;
}

/** Step one: who and where to. */
export async function saveAddress(_: CheckoutState, form: FormData): Promise<CheckoutState> {
  const { address, fieldErrors } = readAddress(form);
  const email = text(form, 'email');
  const errors = {
    ...(email === '' && { email: 'Write your e-mail, so that we can tell you how it goes.' }),
    ...fieldErrors,
  };
  if (Object.keys(errors).length > 0) return { fieldErrors: errors, values: typed(form) };
  const refusal = await updateDelivery(form, { email, address });
  if (refusal) return refusal;
  redirect('/checkout?step=delivery');
}

/** Step two: how it gets there. */
export async function saveDelivery(_: CheckoutState, form: FormData): Promise<CheckoutState> {
  const deliveryOptionId = text(form, 'deliveryOptionId');
  if (!deliveryOptionId) return { message: 'Choose how it should get to you.' };
  const refusal = await updateDelivery(form, { deliveryOptionId });
  if (refusal) return refusal;
  redirect('/checkout');
}

/** Step three: turns the cart into an order, once, however often it is sent. */
export async function placeOrder(_: PayState, form: FormData): Promise<PayState> {
  const cartId = await readCartId();
  if (!cartId) redirect('/cart');
  const orderId = await place(cartId, form);
  if (typeof orderId === 'object') {
    // A busy shop, and one that was not heard, is asked again with the form as it is.
    if (!orderId.busyForSeconds && !orderId.unanswered) refresh();
    return orderId;
  }
  redirect(orderPath(orderId));
}

async function place(cartId: string, form: FormData): Promise<string | PayState> {
  const input = {
    cartId,
    idempotencyKey: text(form, 'idempotencyKey'),
    expectedTotal: text(form, 'expectedTotal'),
    payment: text(form, 'token') ? { token: text(form, 'token') } : null,
    ...(await giftCardsOf(form)),
  };
  if (!input.payment && !form.has('paidByGiftCards')) return { message: 'Choose a card to pay with.' };
  try {
    const { orderPlace } = await request(OrderPlaceDocument, { input });
    const { order, accessToken, userErrors } = orderPlace;
    if (!order) {
      const [refusal] = userErrors;
      if (!refusal) return { message: 'The order could not be placed. Try again.' };
      return { message: placeWords(refusal), ...whatNext(refusal) };
    }
    // CART_CLOSED comes with the order that exists: that is the one the shopper wants to see.
    if (accessToken) await keepOrderAccess(order.id, accessToken);
    await forgetCartId();
    await keepGiftCodes([]);
    return order.id;
  } catch (error) {
    return { message: wordsForUnansweredPayment(error), unanswered: true };
  }
}

async function giftCardsOf(form: FormData): Promise<{ giftCards?: string[]; expectedPayment?: string }> {
  const giftCards = await readGiftCodes();
  return giftCards.length > 0 ? { giftCards, expectedPayment: text(form, 'expectedPayment') } : {};
}

async function keepOrderAccess(orderId: string, accessToken: string): Promise<void> {
  const options = orderCookieOptions(orderId, isSecure(await headers()));
  (await cookies()).set(orderCookieName(orderId), accessToken, options);
}

async function updateDelivery(
  form: FormData,
  change: Omit<CartDeliveryUpdateInput, 'cartId'>,
): Promise<CheckoutState | undefined> {
  const cartId = await readCartId();
  if (!cartId) redirect('/cart');
  try {
    const { cartDeliveryUpdate } = await request(CartDeliveryUpdateDocument, { input: { cartId, ...change } });
    const errors = cartDeliveryUpdate.userErrors;
    if (errors.length === 0) return undefined;
    const placed = errors.map(({ path, message }) => [fieldOf(path) ?? '', message] as const);
    const fieldErrors = Object.fromEntries(placed);
    const message = errors.find(({ path }) => !form.has(fieldOf(path) ?? ''))?.message;
    return { fieldErrors, values: typed(form), ...(message && { message }) };
  } catch (error) {
    return { message: wordsForApiError(error), values: typed(form) };
  }
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}
