'use server';

import { refresh } from 'next/cache';
import { formatMoney, isZero } from '#design/money.ts';
import { GiftCardDocument } from '#generated/graphql.ts';
import { wordsForApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { keepGiftCodes, MOST_GIFT_CARDS, readGiftCodes } from './gift-card-cookie.ts';

export interface GiftCardState {
  readonly refusal?: string;
  /** What was typed, so that it can be mended. */
  readonly typed?: string;
}

/** Puts a card beside those that pay already, where it can pay anything of this cart. */
export async function addGiftCard(_: GiftCardState, form: FormData): Promise<GiftCardState> {
  const typed = String(form.get('code') ?? '').trim();
  const code = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const before = await readGiftCodes();
  if (!code || before.includes(code)) return {};
  if (before.length >= MOST_GIFT_CARDS) return { refusal: 'Five gift cards are as many as an order takes.', typed };
  try {
    const { giftCard } = await request(GiftCardDocument, { code });
    if (!giftCard) return { refusal: 'We do not know this gift card. Check how its code is written.', typed };
    if (giftCard.balance.currency !== form.get('currency'))
      return { refusal: `This gift card has ${formatMoney(giftCard.balance)}. Choose that currency first.`, typed };
    if (isZero(giftCard.balance)) return { refusal: 'Nothing is left on this gift card.', typed };
  } catch (error) {
    return { refusal: wordsForApiError(error), typed };
  }
  await keepGiftCodes([...before, code]);
  refresh();
  return {};
}

export async function removeGiftCard(_: GiftCardState, form: FormData): Promise<GiftCardState> {
  const ending = String(form.get('ending'));
  await keepGiftCodes((await readGiftCodes()).filter((code) => !code.endsWith(ending)));
  refresh();
  return {};
}
