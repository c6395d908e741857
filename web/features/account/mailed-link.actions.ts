'use server';

import { redirect } from 'next/navigation';
import { EmailVerifyDocument, PasswordResetDocument, PasswordResetRequestDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { type AccountState, refused, text, unanswered } from './account-answer.ts';
import { beginSession } from './begin-session.ts';

/** Answers the same whether or not the address is known. */
export async function requestReset(_: AccountState, form: FormData): Promise<AccountState> {
  try {
    const { passwordResetRequest } = await request(PasswordResetRequestDocument, {
      input: { email: text(form, 'email') },
    });
    const { userErrors } = passwordResetRequest;
    return userErrors.length > 0 ? refused(userErrors, form) : { saved: true };
  } catch (error) {
    return unanswered(error, form);
  }
}

/** Sets the new password, which ends every other session, and signs in. */
export async function resetPassword(_: AccountState, form: FormData): Promise<AccountState> {
  const input = { token: text(form, 'token'), newPassword: String(form.get('newPassword') ?? '') };
  const refusal = await beginSession(form, async () => (await request(PasswordResetDocument, { input })).passwordReset);
  return refusal ?? redirect('/account');
}

/** Behind a button and not done by the link itself, which mail programs open to look at it. */
export async function verifyEmail(_: AccountState, form: FormData): Promise<AccountState> {
  try {
    const { emailVerify } = await request(EmailVerifyDocument, { input: { token: text(form, 'token') } });
    return emailVerify.userErrors.length > 0 ? refused(emailVerify.userErrors, form) : { saved: true };
  } catch (error) {
    return unanswered(error, form);
  }
}
