'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { OrderLookupDocument, OrderLookupRedeemDocument } from '#generated/graphql.ts';
import { wordsForApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { isSecure } from '#security/cookie-options.ts';
import { orderCookieName, orderCookieOptions, orderPath } from './order-cookies.ts';

export interface LookupState {
  readonly sent?: true;
  readonly refusal?: string;
  readonly values?: { readonly number: string; readonly email: string };
}

/** Has a link mailed. The answer is the same whether or not there is such an order. */
export async function findOrder(_: LookupState, form: FormData): Promise<LookupState> {
  const values = { number: text(form, 'number').toUpperCase(), email: text(form, 'email') };
  try {
    const { orderLookup } = await request(OrderLookupDocument, { input: values });
    const [refusal] = orderLookup.userErrors;
    return refusal ? { refusal: refusal.message, values } : { sent: true };
  } catch (error) {
    return { refusal: wordsForApiError(error), values };
  }
}

/** Uses the mailed link up, keeps the order's token in its cookie and goes to its page. */
export async function openFoundOrder(_: LookupState, form: FormData): Promise<LookupState> {
  let orderId: string;
  try {
    const { orderLookupRedeem } = await request(OrderLookupRedeemDocument, { input: { token: text(form, 'token') } });
    const { order, accessToken, userErrors } = orderLookupRedeem;
    if (!order || !accessToken) return { refusal: userErrors[0]?.message ?? 'This link does not work any more.' };
    orderId = order.id;
    const options = orderCookieOptions(orderId, isSecure(await headers()));
    (await cookies()).set(orderCookieName(orderId), accessToken, options);
  } catch (error) {
    return { refusal: wordsForApiError(error) };
  }
  redirect(orderPath(orderId));
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();
