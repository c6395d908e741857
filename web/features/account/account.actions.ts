'use server';

import { refresh } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { typed } from '#design/typed.ts';
import { forgetCartId } from '#features/cart/cart-cookie.ts';
import {
  AddressCreateDocument,
  AddressDeleteDocument,
  AddressUpdateDocument,
  CustomerCreateDocument,
  SessionCreateDocument,
  SessionEndDocument,
} from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { localPath } from '#security/local-path.ts';
import { type AccountState, type Refused, refused, text, unanswered } from './account-answer.ts';
import { readAddress } from './address-form-data.ts';
import { beginSession } from './begin-session.ts';
import { ACCESS_COOKIE, REFRESH_COOKIE } from './session-cookies.ts';

/** Signs in and brings the guest's cart along. */
export async function signIn(_: AccountState, form: FormData): Promise<AccountState> {
  const input = { email: text(form, 'email'), password: String(form.get('password') ?? '') };
  const refusal = await beginSession(form, async () => (await request(SessionCreateDocument, { input })).sessionCreate);
  return refusal ?? redirect(localPath(text(form, 'next'), '/account'));
}

/** Makes an account, signs in and brings the guest's cart along. */
export async function register(_: AccountState, form: FormData): Promise<AccountState> {
  const name = text(form, 'name') || null;
  const input = { name, email: text(form, 'email'), password: String(form.get('password') ?? '') };
  const refusal = await beginSession(
    form,
    async () => (await request(CustomerCreateDocument, { input })).customerCreate,
  );
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

async function answer(form: FormData, ask: () => Promise<readonly Refused[]>): Promise<AccountState> {
  try {
    const errors = await ask();
    refresh();
    return errors.length > 0 ? refused(errors, form) : { saved: true };
  } catch (error) {
    return unanswered(error, form);
  }
}
