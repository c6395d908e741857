'use server';

import { refresh } from 'next/cache';
import { CartDiscountCodesUpdateDocument } from '#generated/graphql.ts';
import { wordsForApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { readCartId } from './cart-cookie.ts';
import { cartWords } from './cart-words.ts';

export interface CodeState {
  readonly refusal?: string;
  /** What was typed, so that it can be mended. */
  readonly typed?: string;
}

/** Tries a code: one that is of no use does not stay in the cart, where it would stand in the way of the order. */
export async function addDiscountCode(_: CodeState, form: FormData): Promise<CodeState> {
  const typed = String(form.get('code') ?? '').trim();
  const code = typed.toUpperCase();
  const before = form.getAll('kept').map(String);
  if (!code || before.includes(code)) return {};
  const tried = await setCodes([...before, code]);
  if (tried.refusal) return { refusal: tried.refusal, typed };
  const useless = tried.codes?.find((each) => each.code === code && !each.applicable);
  if (!useless) return {};
  await setCodes(before);
  return { refusal: useless.reason ?? 'This code is of no use to this cart.', typed };
}

export async function removeDiscountCode(_: CodeState, form: FormData): Promise<CodeState> {
  const gone = String(form.get('code') ?? '');
  const kept = form.getAll('kept').map(String);
  const { refusal } = await setCodes(kept.filter((code) => code !== gone));
  return refusal ? { refusal } : {};
}

async function setCodes(codes: readonly string[]) {
  const cartId = await readCartId();
  if (!cartId) return { refusal: 'Your cart is empty. Put something into it first.' };
  try {
    const { cartDiscountCodesUpdate } = await request(CartDiscountCodesUpdateDocument, {
      input: { cartId, codes: [...codes] },
    });
    refresh();
    const [error] = cartDiscountCodesUpdate.userErrors;
    return error ? { refusal: cartWords(error) } : { codes: cartDiscountCodesUpdate.cart?.discountCodes };
  } catch (error) {
    return { refusal: wordsForApiError(error) };
  }
}
