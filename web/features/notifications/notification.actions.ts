'use server';

import { refresh } from 'next/cache';
import {
  type NotificationChannel,
  type NotificationErrorCode,
  type NotificationKind,
  NotificationPreferenceSetDocument,
  NotificationsMarkReadDocument,
  NotificationsPageDocument,
  NotificationsUnsubscribeDocument,
  StockAlertCreateDocument,
} from '#generated/graphql.ts';
import { ApiError, wordsForApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { ENDED } from './notice-words.ts';

export interface Told {
  readonly done?: string;
  readonly refusal?: string;
  /** What was typed, so that a refusal does not empty the field. */
  readonly email?: string;
}

const WORDS: Partial<Record<NotificationErrorCode, string>> = {
  EMAIL_INVALID: 'This does not look like an e-mail address. Check it for a typing error.',
  IN_STOCK: 'It has just come back: you can order it now.',
  VARIANT_NOT_FOUND: 'This is no longer on sale.',
  TOKEN_INVALID: 'This link is not whole. Open it from the mail once more.',
};

/** Writes once when it is there again. */
export async function askForStock(_: Told, form: FormData): Promise<Told> {
  const [variantId, email] = [text(form, 'variantId'), text(form, 'email')];
  try {
    const { stockAlertCreate } = await request(StockAlertCreateDocument, { input: { variantId, email } });
    const [refusal] = stockAlertCreate.userErrors;
    if (refusal) return { refusal: WORDS[refusal.code] ?? refusal.message, email };
    return { done: `We write to ${email} when it is back, once.` };
  } catch (error) {
    return { refusal: wordsForApiError(error), email };
  }
}

/** Behind a button and not done by the link itself, which mail programs open to look at it. */
export async function unsubscribe(_: Told, form: FormData): Promise<Told> {
  try {
    const { notificationsUnsubscribe } = await request(NotificationsUnsubscribeDocument, {
      input: { token: text(form, 'token') },
    });
    const [refusal] = notificationsUnsubscribe.userErrors;
    if (refusal) return { refusal: WORDS[refusal.code] ?? refusal.message };
    return { done: ENDED[notificationsUnsubscribe.kind ?? 'ORDER_UPDATES'] };
  } catch (error) {
    return { refusal: wordsForApiError(error) };
  }
}

/** Sets what differs from what is set; each box is named by what it is for, e.g. `CART_REMINDERS EMAIL`. */
export async function savePreferences(_: Told, form: FormData): Promise<Told> {
  try {
    const { me } = await request(NotificationsPageDocument);
    for (const { kind, channel, wanted, changeable } of me?.notificationPreferences ?? []) {
      const name = `${kind} ${channel}`;
      if (!changeable || !form.has(`shown ${name}`) || form.has(name) === wanted) continue;
      await set(kind, channel, form.has(name));
    }
    refresh();
    return { done: 'Saved.' };
  } catch (error) {
    return { refusal: isSignedOut(error) ? 'Your session has ended. Sign in again.' : wordsForApiError(error) };
  }
}

async function set(kind: NotificationKind, channel: NotificationChannel, wanted: boolean): Promise<void> {
  await request(NotificationPreferenceSetDocument, { input: { kind, channel, wanted } });
}

export async function markAllRead(): Promise<void> {
  await request(NotificationsMarkReadDocument).catch(() => undefined);
  refresh();
}

const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.code === 'UNAUTHENTICATED';

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}
