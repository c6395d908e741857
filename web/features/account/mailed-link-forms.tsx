'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { button } from '#design/button.ts';
import { TextField } from '#design/field.tsx';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { typed } from '#design/typed.ts';
import { useFocusOnRefusal } from '#design/use-focus-on-refusal.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import type { AccountState } from './account-answer.ts';
import { requestReset, resetPassword, verifyEmail } from './mailed-link.actions.ts';

const lost = (_: AccountState, form: FormData): AccountState => ({ message: LOST, values: typed(form) });
const request = orLost(requestReset, lost);
const reset = orLost(resetPassword, lost);
const verify = orLost(verifyEmail, lost);

export function RequestResetForm() {
  const [state, act] = useActionState(request, {});
  const form = useFocusOnRefusal(state);
  if (state.saved) {
    return <Notice tone="success">If there is an account with this e-mail, a link is on its way to it.</Notice>;
  }
  return (
    <form ref={form} action={act} className="space-y-5">
      {state.message && <Notice tone="refusal">{state.message}</Notice>}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        defaultValue={state.values?.email}
        error={state.fieldErrors?.email}
      />
      <SubmitButton pendingLabel="Sending">Send me a link</SubmitButton>
    </form>
  );
}

export function ResetForm({ token }: { token: string }) {
  const [state, act] = useActionState(reset, {});
  const form = useFocusOnRefusal(state);
  return (
    <form ref={form} action={act} className="space-y-5">
      {state.message && <Notice tone="refusal">{state.message}</Notice>}
      <input type="hidden" name="token" value={token} />
      <TextField
        label="New password"
        name="newPassword"
        type="password"
        autoComplete="new-password"
        hint="A few words in a row are easy to keep and hard to guess."
        error={state.fieldErrors?.newPassword}
      />
      <SubmitButton pendingLabel="Saving">Save and sign in</SubmitButton>
    </form>
  );
}

export function VerifyForm({ token }: { token: string }) {
  const [{ saved, message }, act] = useActionState(verify, {});
  if (saved) {
    return (
      <div className="space-y-5">
        <Notice tone="success">Your address is confirmed.</Notice>
        <Link href="/account" className={button('primary', 'w-full')}>
          Go to your account
        </Link>
      </div>
    );
  }
  return (
    <form action={act} className="space-y-5">
      {message && <Notice tone="refusal">{message}</Notice>}
      <input type="hidden" name="token" value={token} />
      <SubmitButton pendingLabel="Confirming">Confirm my address</SubmitButton>
    </form>
  );
}
