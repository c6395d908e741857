'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { chosenCurrency } from '#features/currency/chosen-currency.ts';
import {
  CartCreateDocument,
  type CartErrorCode,
  CartLinesAddDocument,
  CartLinesUpdateDocument,
  VariantByOptionsDocument,
} from '#generated/graphql.ts';
import { wordsForApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { forgetCartId, keepCartId, readCartId } from './cart-cookie.ts';
import { cartWords, loweredWords } from './cart-words.ts';

export interface AddToCartState {
  /** Names the next press of the button; a repeated one adds once. */
  readonly attempt: string;
  readonly added?: boolean;
  readonly refusal?: string;
}

/** Puts one of the chosen variant into the cart, making the cart if there is none. */
export async function addToCart(state: AddToCartState, form: FormData): Promise<AddToCartState> {
  try {
    const variantId = text(form, 'variantId') || (await variantOfOptions(form));
    if (!variantId) return { attempt: state.attempt, refusal: 'It is not made like this. Choose another combination.' };
    const error = await addLine(variantId, text(form, 'attempt'));
    if (error) return { attempt: crypto.randomUUID(), refusal: cartWords(error) };
  } catch (error) {
    return { attempt: state.attempt, refusal: wordsForApiError(error) };
  }
  if (!form.has('scripted')) redirect('/cart');
  refresh();
  return { attempt: crypto.randomUUID(), added: true };
}

export interface CartState {
  readonly lineId?: string;
  readonly refusal?: string;
}

/** Sets how many of a line there are; 0 removes it, and more than there are becomes all there are. */
export async function setLineQuantity(_: CartState, form: FormData): Promise<CartState> {
  const lineId = text(form, 'lineId');
  try {
    const refusal = await updateLine(lineId, Number(text(form, 'quantity')));
    refresh();
    return { lineId, ...(refusal && { refusal }) };
  } catch (error) {
    return { lineId, refusal: wordsForApiError(error) };
  }
}

const GONE: ReadonlySet<CartErrorCode> = new Set(['CART_NOT_FOUND', 'CART_CLOSED']);

async function addLine(variantId: string, idempotencyKey: string) {
  const lines = [{ variantId, quantity: 1 }];
  const cartId = await readCartId();
  if (cartId) {
    const { cartLinesAdd } = await request(CartLinesAddDocument, { input: { cartId, lines, idempotencyKey } });
    const error = cartLinesAdd.userErrors[0];
    if (!error || !GONE.has(error.code)) return error;
  }
  const { cartCreate } = await request(CartCreateDocument, { input: { lines, currency: await chosenCurrency() } });
  if (cartCreate.cart) await keepCartId(cartCreate.cart.id);
  return cartCreate.userErrors[0];
}

async function updateLine(lineId: string, quantity: number): Promise<string | undefined> {
  const cartId = await readCartId();
  if (!cartId) return undefined;
  const { cartLinesUpdate } = await request(CartLinesUpdateDocument, {
    input: { cartId, lines: [{ lineId, quantity }] },
  });
  const error = cartLinesUpdate.userErrors[0];
  if (!error) return undefined;
  if (GONE.has(error.code)) await forgetCartId();
  if (error.code !== 'INSUFFICIENT_STOCK' || !error.available) return cartWords(error);
  const lines = [{ lineId, quantity: error.available }];
  const lowered = await request(CartLinesUpdateDocument, { input: { cartId, lines } });
  return lowered.cartLinesUpdate.userErrors.length > 0 ? cartWords(error) : loweredWords(error.available);
}

/** Without scripts the form knows the chosen options, but not which variant they make. */
async function variantOfOptions(form: FormData): Promise<string | undefined> {
  const options = [...form.entries()]
    .filter(([name]) => name.startsWith('option:'))
    .map(([name, value]) => ({ name: name.slice('option:'.length), value: String(value) }));
  const { product } = await request(VariantByOptionsDocument, { productId: text(form, 'productId'), options });
  return product?.variant?.id;
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? '');
}
