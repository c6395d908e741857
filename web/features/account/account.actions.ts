'use server';

import { refresh } from 'next/cache';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { forgetCartId } from '#features/cart/cart-cookie.ts';
import { claimCart } from '#features/cart/claim-cart.ts';
import {
  type AccountErrorCode,
  AddressCreateDocument,
  AddressDeleteDocument,
  AddressUpdateDocument,
  CustomerCreateDocument,
  SessionCreateDocument,
  SessionEndDocument,
  type SessionTokensFragment,
} from '#generated/graphql.ts';
import { wordsForApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { isSecure } from '#security/cookie-options.ts';
import { localPath } from '#security/local-path.ts';
import { type FieldErrors, fieldOf, readAddress } from './address-form-data.ts';
import { ACCESS_COOKIE, REFRESH_COOKIE, sessionCookies } from './session-cookies.ts';

export interface AccountState {
  readonly message?: string;
  readonly fieldErrors?: FieldErrors;
  /** What was typed, so that a refusal does not empty the form. Never a password. */
  readonly values?: Readonly<Record<string, string>>;
  readonly saved?: boolean;
}

/** Signs in and brings the guest's cart along. */
export async function signIn(_: AccountState, form: FormData): Promise<AccountState> {
  const input = { email: text(form, 'email'), password: String(form.get('password') ?? '') };
  const refusal = await begin(form, async () => (await request(SessionCreateDocument, { input })).sessionCreate);
  return refusal ?? redirect(localPath(text(form, 'next'), '/account'));
}

/** Makes an account, signs in and brings the guest's cart along. */
export async function register(_: AccountState, form: FormData): Promise<AccountState> {
  const name = text(form, 'name') || null;
  const input = { name, email: text(form, 'email'), password: String(form.get('password') ?? '') };
  const refusal = await begin(form, async () => (await request(CustomerCreateDocument, { input })).customerCreate);
  return refusal ?? redirect(localPath(text(form, 'next'), '/account'));
}

/** Ends the session here and at the API; the cart stays with the account. */
export async function signOut(): Promise<void> {
  // A session that cannot be ended there just now is still forgotten here.
  await request(SessionEndDocument).catch(() => undefined);
  const jar = await cookies();
  jar.delete(ACCESS_COOKIE);
  jar.delete(REFRESH_COOKIE);
  await forgetCartId();
  redirect('/');
}

export async function saveAddress(_: AccountState, form: FormData): Promise<AccountState> {
  const { address, fieldErrors } = readAddress(form);
  if (Object.keys(fieldErrors).length > 0) return { fieldErrors, values: typed(form) };
  const id = text(form, 'id');
  const isDefault = form.has('isDefault');
  return answer(form, async () =>
    id
      ? (await request(AddressUpdateDocument, { input: { id, ...address, isDefault } })).addressUpdate.userErrors
      : (await request(AddressCreateDocument, { input: { ...address, isDefault } })).addressCreate.userErrors,
  );
}

export async function deleteAddress(_: AccountState, form: FormData): Promise<AccountState> {
  const input = { id: text(form, 'id') };
  return answer(form, async () => (await request(AddressDeleteDocument, { input })).addressDelete.userErrors);
}

interface Refused {
  readonly code: AccountErrorCode;
  readonly message: string;
  readonly path?: readonly string[] | null;
}

interface SessionAnswer {
  readonly session: SessionTokensFragment | null;
  readonly userErrors: readonly Refused[];
}

async function begin(form: FormData, ask: () => Promise<SessionAnswer>): Promise<AccountState | undefined> {
  try {
    const { session, userErrors } = await ask();
    if (!session) return refused(userErrors, form);
    const jar = await cookies();
    for (const { name, value, options } of sessionCookies(session, isSecure(await headers())))
      jar.set(name, value, options);
    // Whoever is signed in stays so: a cart that cannot be moved just now is still there under its own id.
    await claimCart().catch(wordsForApiError);
    return undefined;
  } catch (error) {
    return { message: wordsForApiError(error), values: typed(form) };
  }
}

async function answer(form: FormData, ask: () => Promise<readonly Refused[]>): Promise<AccountState> {
  try {
    const errors = await ask();
    refresh();
    return errors.length > 0 ? refused(errors, form) : { saved: true };
  } catch (error) {
    return { message: wordsForApiError(error), values: typed(form) };
  }
}

const WORDS: Partial<Record<AccountErrorCode, string>> = {
  CREDENTIALS_INVALID: 'E-mail and password do not go together. Check both and try again.',
  EMAIL_TAKEN: 'There is an account with this e-mail already. Sign in instead.',
  EMAIL_INVALID: 'This does not look like an e-mail address. Check it for a typing error.',
  ADDRESS_NOT_FOUND: 'This address was removed already.',
};

function refused(errors: readonly Refused[], form: FormData): AccountState {
  const told = errors.map(({ code, message, path }) => ({ field: fieldOf(path), words: WORDS[code] ?? message }));
  const atFields = told.filter(({ field }) => field && form.has(field)).map(({ field, words }) => [field, words]);
  const message = told.find(({ field }) => !field || !form.has(field))?.words;
  return { fieldErrors: Object.fromEntries(atFields), values: typed(form), ...(message && { message }) };
}

function typed(form: FormData): Record<string, string> {
  const kept = [...form.entries()].filter(([name]) => name !== 'password' && !name.startsWith('$'));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

function text(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}
