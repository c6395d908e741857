'use client';

import { useActionState } from 'react';
import { AddressFields } from '#design/address-fields.tsx';
import { countryName } from '#design/countries.ts';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { typed } from '#design/typed.ts';
import { useFocusOnRefusal } from '#design/use-focus-on-refusal.ts';
import type { AddressViewFragment } from '#generated/graphql.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { deleteAddress, saveAddress } from './account.actions.ts';

interface AddressBookProps {
  readonly addresses: readonly AddressViewFragment[];
  readonly countries: readonly string[];
}

const save = orLost(saveAddress, (_, form) => ({ message: LOST, values: typed(form) }));
const removeOrLost = orLost(deleteAddress, () => ({ message: LOST }));

/** The places a customer has things sent to. */
export function AddressBook({ addresses, countries }: AddressBookProps) {
  return (
    <div className="space-y-3">
      {addresses.length === 0 && (
        <p className="text-muted text-small">None yet. Add one and checkout fills itself in.</p>
      )}
      {addresses.map((address) => (
        <AddressCard key={address.id} address={address} countries={countries} />
      ))}
      <details
        key={addresses.length}
        className="rounded-card border border-line border-dashed open:border-solid open:bg-card"
      >
        <summary className="link px-4 py-3 text-small">Add an address</summary>
        <div className="px-4 pb-4">
          <AddressForm countries={countries} />
        </div>
      </details>
    </div>
  );
}

function AddressCard({ address, countries }: { address: AddressViewFragment; countries: readonly string[] }) {
  const [{ message }, remove] = useActionState(removeOrLost, {});
  return (
    <article className="rounded-card border border-line bg-card p-4 text-small">
      <div className="flex items-start justify-between gap-4">
        <address className="not-italic">
          <span className="block font-medium">{address.name}</span>
          {[address.line1, address.line2, `${address.postalCode} ${address.city}`, countryName(address.country)]
            .filter(Boolean)
            .map((line) => (
              <span key={line} className="block text-muted">
                {line}
              </span>
            ))}
        </address>
        {address.isDefault && <span className="text-leaf text-note">Used first</span>}
      </div>
      <div className="mt-2 flex flex-wrap items-start gap-x-5">
        <details className="group open:w-full">
          <summary className="link inline-block py-1.5 group-open:mb-3">Change</summary>
          <AddressForm address={address} countries={countries} />
        </details>
        <form action={remove}>
          <input type="hidden" name="id" value={address.id} />
          <button type="submit" className="link py-1.5" aria-label={`Remove ${address.line1}`}>
            Remove
          </button>
        </form>
      </div>
      {message && <Notice tone="refusal">{message}</Notice>}
    </article>
  );
}

function AddressForm({ address, countries }: { address?: AddressViewFragment; countries: readonly string[] }) {
  const [state, act] = useActionState(save, {});
  const { message, fieldErrors = {}, values, saved } = state;
  const form = useFocusOnRefusal(state);
  const scope = address?.id ?? 'new';
  return (
    <form ref={form} action={act} className="space-y-5">
      <input type="hidden" name="id" value={address?.id ?? ''} />
      <AddressFields scope={scope} values={values ?? address ?? {}} errors={fieldErrors} countries={countries} />
      <label className="flex min-h-11 items-center gap-3">
        <input type="checkbox" name="isDefault" defaultChecked={address?.isDefault ?? false} className="size-4.5" />
        Use this one first
      </label>
      {message && <Notice tone="refusal">{message}</Notice>}
      {saved && address && <Notice tone="success">Saved.</Notice>}
      <SubmitButton weight="quiet" pendingLabel="Saving">
        Save address
      </SubmitButton>
    </form>
  );
}
