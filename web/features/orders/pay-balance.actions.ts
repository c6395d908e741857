'use server';

import { refresh } from 'next/cache';
import { cookies } from 'next/headers';
import { type PayState, whatNext } from '#features/payment/pay-state.ts';
import { type OrderErrorCode, OrderPayDocument } from '#generated/graphql.ts';
import { wordsForUnansweredPayment } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { orderCookieName } from './order-cookies.ts';

const WORDS: Partial<Record<OrderErrorCode, string>> = {
  PAYMENT_DECLINED: 'Your bank declined this card. Nothing more was charged. Choose another card.',
  PAYMENT_PENDING: 'This is being paid already. Finish it with your bank; you pay once.',
  INVALID_TRANSITION: 'Nothing is left to pay. The order goes on as it stands here.',
  ORDER_NOT_FOUND: 'This order can no longer be found. Open it again from the link in your mail.',
  BUSY: 'The order is being worked on just now. Nothing was charged twice; press again in a moment.',
};

/** Pays what a change of the order made due, once, however often the form is sent. */
export async function payBalance(_: PayState, form: FormData): Promise<PayState> {
  const orderId = text(form, 'orderId');
  const token = text(form, 'token');
  if (!token) return { message: 'Choose a card to pay with.' };
  const accessToken = (await cookies()).get(orderCookieName(orderId))?.value ?? null;
  const input = { orderId, accessToken, payment: { token }, idempotencyKey: text(form, 'idempotencyKey') };
  try {
    const [refusal] = (await request(OrderPayDocument, { input })).orderPay.userErrors;
    if (refusal?.code !== 'BUSY') refresh();
    return refusal ? { message: WORDS[refusal.code] ?? refusal.message, ...whatNext(refusal) } : {};
  } catch (error) {
    return { message: wordsForUnansweredPayment(error), unanswered: true };
  }
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}
