'use client';

import { useActionState } from 'react';
import { TextField } from '#design/field.tsx';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { askForStock } from './notification.actions.ts';

const ask = orLost(askForStock, (_, form) => ({ refusal: LOST, email: String(form.get('email')) }));

/** Below the button of what is sold out: where to write when it is back. */
export function StockAlert({ variantId }: { variantId: string }) {
  const [{ done, refusal, email }, act] = useActionState(ask, {});
  if (done) {
    return (
      <div className="mt-4">
        <Notice tone="success">{done}</Notice>
      </div>
    );
  }
  return (
    <form action={act} className="mt-5 space-y-3 border-t border-line pt-5">
      <input type="hidden" name="variantId" value={variantId} />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        defaultValue={email}
        error={refusal}
        hint="One mail when it is back, and no other."
      />
      <SubmitButton weight="quiet" pendingLabel="Noting it down">
        Tell me when it is back
      </SubmitButton>
    </form>
  );
}
