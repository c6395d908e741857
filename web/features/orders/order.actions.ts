'use server';

import { refresh } from 'next/cache';
import { cookies } from 'next/headers';
import { OrderCancelDocument, type OrderErrorCode, OrderPaymentConfirmDocument } from '#generated/graphql.ts';
import { wordsForApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { orderCookieName } from './order-cookies.ts';

export interface OrderActionState {
  readonly refusal?: string;
}

/** Calls the order off while it can be. */
export async function cancelOrder(_: OrderActionState, form: FormData): Promise<OrderActionState> {
  return settle(form, async (input) => (await request(OrderCancelDocument, { input })).orderCancel.userErrors);
}

/** After the shopper has been at the bank: asks how it went. */
export async function confirmPayment(_: OrderActionState, form: FormData): Promise<OrderActionState> {
  return settle(
    form,
    async (input) => (await request(OrderPaymentConfirmDocument, { input })).orderPaymentConfirm.userErrors,
  );
}

const WORDS: Partial<Record<OrderErrorCode, string>> = {
  INVALID_TRANSITION: 'The parcel has left already, so the order can no longer be cancelled.',
  PAYMENT_PENDING: 'Your bank has not heard from you yet. Approve the payment there, then press Continue.',
  PAYMENT_DECLINED:
    'Your bank declined this payment, and nothing was charged for it. Pay again with another card, or place the order anew.',
  ORDER_NOT_FOUND: 'This order can no longer be found. Open it again from the link in your mail.',
  BUSY: 'The order is being worked on just now. Try again in a moment.',
};

interface OrderInput {
  readonly orderId: string;
  readonly accessToken: string | null;
}

type Refusals = readonly { readonly code: OrderErrorCode; readonly message: string }[];

async function settle(form: FormData, act: (input: OrderInput) => Promise<Refusals>): Promise<OrderActionState> {
  const orderId = String(form.get('orderId') ?? '');
  try {
    const [refusal] = await act({
      orderId,
      accessToken: (await cookies()).get(orderCookieName(orderId))?.value ?? null,
    });
    refresh();
    return refusal ? { refusal: WORDS[refusal.code] ?? refusal.message } : {};
  } catch (error) {
    return { refusal: wordsForApiError(error) };
  }
}
