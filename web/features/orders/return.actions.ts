'use server';

import { refresh } from 'next/cache';
import { cookies } from 'next/headers';
import { typed } from '#design/typed.ts';
import { type OrderErrorCode, ReturnRequestDocument } from '#generated/graphql.ts';
import { wordsForApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { orderCookieName } from './order-cookies.ts';

const UNITS = /^units (.+)$/;

const WORDS: Partial<Record<OrderErrorCode, string>> = {
  INVALID_TRANSITION: 'This order cannot be sent back as it stands now. Reload the page to see how it stands.',
  IDEMPOTENCY_CONFLICT: 'You asked for another return of this order meanwhile. Look it over, then send this one again.',
  ORDER_NOT_FOUND: 'This order can no longer be found. Open it again from the link in your mail.',
};

export interface ReturnState {
  readonly refusal?: string;
  /** What was chosen and typed, so that a refusal does not undo it. */
  readonly values?: Readonly<Record<string, string>>;
}

/** Asks to send some of an order back, once, however often the form is sent. */
export async function requestReturn(_: ReturnState, form: FormData): Promise<ReturnState> {
  const orderId = text(form, 'orderId');
  const lines = chosen(form);
  const values = typed(form);
  if (lines.length === 0) return { refusal: 'Choose at least one thing to send back.', values };
  const reason = [text(form, 'reason'), text(form, 'more')].filter(Boolean).join('. ');
  const accessToken = (await cookies()).get(orderCookieName(orderId))?.value ?? null;
  try {
    const { returnRequest } = await request(ReturnRequestDocument, {
      input: { orderId, accessToken, lines, reason, idempotencyKey: text(form, 'idempotencyKey') },
    });
    refresh();
    const [refusal] = returnRequest.userErrors;
    return refusal ? { refusal: WORDS[refusal.code] ?? refusal.message, values } : {};
  } catch (error) {
    return { refusal: wordsForApiError(error), values };
  }
}

function chosen(form: FormData): { lineId: string; quantity: number }[] {
  return [...form.entries()].flatMap(([name, value]) => {
    const lineId = UNITS.exec(name)?.[1];
    const quantity = Number(value);
    return lineId && Number.isInteger(quantity) && quantity > 0 ? [{ lineId, quantity }] : [];
  });
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}
