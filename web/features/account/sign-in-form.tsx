'use client';

import { useActionState } from 'react';
import { TextField } from '#design/field.tsx';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { typed } from '#design/typed.ts';
import { useFocusOnRefusal } from '#design/use-focus-on-refusal.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { register, signIn } from './account.actions.ts';
import type { AccountState } from './account-answer.ts';

const lost = (_: AccountState, form: FormData): AccountState => ({ message: LOST, values: typed(form) });
const signInOrLost = orLost(signIn, lost);
const registerOrLost = orLost(register, lost);

export function SignInForm({ next }: { next: string | undefined }) {
  const [state, act] = useActionState(signInOrLost, {});
  const { message, fieldErrors = {}, values } = state;
  const form = useFocusOnRefusal(state);
  return (
    <form ref={form} action={act} className="space-y-5">
      {message && <Notice tone="refusal">{message}</Notice>}
      <input type="hidden" name="next" value={next ?? ''} />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        defaultValue={values?.email}
        error={fieldErrors.email}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        error={fieldErrors.password}
      />
      <SubmitButton pendingLabel="Signing in">Sign in</SubmitButton>
    </form>
  );
}

export function RegisterForm({ next }: { next: string | undefined }) {
  const [state, act] = useActionState(registerOrLost, {});
  const { message, fieldErrors = {}, values } = state;
  const form = useFocusOnRefusal(state);
  return (
    <form ref={form} action={act} className="space-y-5">
      {message && <Notice tone="refusal">{message}</Notice>}
      <input type="hidden" name="next" value={next ?? ''} />
      <TextField
        label="Full name"
        name="name"
        autoComplete="name"
        maxLength={200}
        required={false}
        defaultValue={values?.name}
        error={fieldErrors.name}
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        maxLength={254}
        defaultValue={values?.email}
        error={fieldErrors.email}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="A few words in a row are easy to keep and hard to guess."
        error={fieldErrors.password}
      />
      <SubmitButton pendingLabel="Making your account">Create account</SubmitButton>
    </form>
  );
}
