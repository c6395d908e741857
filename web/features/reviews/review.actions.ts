'use server';

import { refresh } from 'next/cache';
import { typed } from '#design/typed.ts';
import {
  ReviewCreateDocument,
  type ReviewErrorCode,
  WishlistAddDocument,
  WishlistRemoveDocument,
} from '#generated/graphql.ts';
import { ApiError, wordsForApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';

export interface ReviewState {
  readonly refusal?: string;
  /** The field that is to be mended. */
  readonly field?: string | undefined;
  readonly thanks?: string;
  /** What was typed, so that a refusal does not empty the form. */
  readonly values?: Readonly<Record<string, string>>;
}

const WORDS: Partial<Record<ReviewErrorCode, string>> = {
  ALREADY_REVIEWED: 'You have told us about this one already. Thank you.',
  PRODUCT_NOT_FOUND: 'This is no longer on sale, so it cannot be reviewed.',
  RATING_INVALID: 'Choose one to five stars.',
};

const SIGN_IN = 'Your session has ended. Sign in again, then send this once more.';

export async function writeReview(_: ReviewState, form: FormData): Promise<ReviewState> {
  const input = {
    productId: text(form, 'productId'),
    rating: Number(form.get('rating') ?? 0),
    title: text(form, 'title') || null,
    body: text(form, 'body'),
  };
  try {
    const { reviewCreate } = await request(ReviewCreateDocument, { input });
    const [refusal] = reviewCreate.userErrors;
    if (refusal)
      return { refusal: WORDS[refusal.code] ?? refusal.message, field: refusal.path?.at(-1), values: typed(form) };
    refresh();
    const shown = reviewCreate.review?.state === 'PUBLISHED';
    return { thanks: shown ? 'Thank you. Others can read it now.' : 'Thank you. It is shown once we have read it.' };
  } catch (error) {
    return { refusal: isSignedOut(error) ? SIGN_IN : wordsForApiError(error), values: typed(form) };
  }
}

export interface WishState {
  readonly refusal?: string;
}

/** Puts a product onto the wishlist, or takes it off. */
export async function wish(_: WishState, form: FormData): Promise<WishState> {
  const input = { productId: text(form, 'productId') };
  try {
    const { userErrors } =
      form.get('wished') === 'yes'
        ? (await request(WishlistRemoveDocument, { input })).wishlistRemove
        : (await request(WishlistAddDocument, { input })).wishlistAdd;
    refresh();
    return userErrors[0] ? { refusal: userErrors[0].message } : {};
  } catch (error) {
    return { refusal: isSignedOut(error) ? 'Your session has ended. Sign in again.' : wordsForApiError(error) };
  }
}

const isSignedOut = (error: unknown): boolean => error instanceof ApiError && error.code === 'UNAUTHENTICATED';

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}
