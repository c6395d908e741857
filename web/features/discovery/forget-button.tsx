'use client';

import { useActionState } from 'react';
import { forgetBrowsing } from './forget.action.ts';

export function ForgetButton() {
  const [{ refusal }, act, pending] = useActionState(forgetBrowsing, {});
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
