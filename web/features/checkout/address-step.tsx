'use client';

import { useActionState } from 'react';
import { AddressFields, type AddressValues } from '#design/address-fields.tsx';
import { TextField } from '#design/field.tsx';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { typed } from '#design/typed.ts';
import { useFocusOnRefusal } from '#design/use-focus-on-refusal.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { saveAddress } from './checkout.actions.ts';

interface AddressStepProps {
  /** Whether all that is bought comes by mail. */
  readonly isMailed: boolean;
  readonly email: string | null;
  readonly address: AddressValues;
  readonly countries: readonly string[];
}

const save = orLost(saveAddress, (_, form) => ({ message: LOST, values: typed(form) }));

export function AddressStep({ isMailed, email, address, countries }: AddressStepProps) {
  const [state, act] = useActionState(save, {});
  const { message, fieldErrors = {}, values } = state;
  const form = useFocusOnRefusal(state);
  return (
    <form ref={form} action={act} className="space-y-5" noValidate>
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        maxLength={254}
        hint={isMailed ? 'The gift cards go here.' : 'For the confirmation and news of the parcel, nothing else.'}
        defaultValue={values?.email ?? email ?? ''}
        error={fieldErrors.email}
      />
      <AddressFields values={values ?? address} errors={fieldErrors} countries={countries} />
      {message && <Notice tone="refusal">{message}</Notice>}
      <SubmitButton pendingLabel="Saving">{isMailed ? 'Continue to payment' : 'Continue to delivery'}</SubmitButton>
    </form>
  );
}
