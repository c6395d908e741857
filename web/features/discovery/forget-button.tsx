'use client';

import { useActionState } from 'react';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { forgetBrowsing } from './forget.action.ts';

const forget = orLost(forgetBrowsing, () => ({ refusal: LOST }));

export function ForgetButton() {
  const [{ refusal }, act, pending] = useActionState(forget, {});
  return (
    <form action={act} className="flex items-center gap-4">
      {refusal && (
        <p role="alert" className="text-small text-clay">
          {refusal}
        </p>
      )}
      <button type="submit" disabled={pending} className="link min-h-11 text-small disabled:opacity-55">
        {pending ? 'Forgetting' : 'Forget these'}
      </button>
    </form>
  );
}
