'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { TextField } from '#design/field.tsx';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { findOrder, openFoundOrder } from './lookup.actions.ts';

const find = orLost(findOrder, (_, form) => ({
  refusal: LOST,
  values: { number: String(form.get('number')), email: String(form.get('email')) },
}));
const openFound = orLost(openFoundOrder, () => ({ refusal: LOST }));

export function FindOrderForm() {
  const [{ sent, refusal, values }, act] = useActionState(find, {});
  if (sent) {
    return (
      <Notice tone="success">
        If there is an order with this number and e-mail, a link to it is on its way there. It works once.
      </Notice>
    );
  }
  return (
    <form action={act} className="space-y-5">
      {refusal && <Notice tone="refusal">{refusal}</Notice>}
      <TextField
        label="Order number"
        name="number"
        placeholder="S-100042"
        autoComplete="off"
        maxLength={40}
        defaultValue={values?.number}
        hint="It is in the subject of your confirmation mail."
      />
      <TextField label="E-mail" name="email" type="email" autoComplete="email" defaultValue={values?.email} />
      <SubmitButton pendingLabel="Looking">Send me a link</SubmitButton>
    </form>
  );
}

/** Behind a button and not done by the link itself, which mail programs open to look at it. */
export function OpenOrderForm({ token }: { token: string }) {
  const [{ refusal }, act] = useActionState(openFound, {});
  return (
    <form action={act} className="space-y-5">
      {refusal && (
        <Notice tone="refusal">
          {refusal}{' '}
          <Link href="/orders/find" className="link">
            Find your order again
          </Link>
        </Notice>
      )}
      <input type="hidden" name="token" value={token} />
      <SubmitButton pendingLabel="Opening">Show my order</SubmitButton>
    </form>
  );
}
