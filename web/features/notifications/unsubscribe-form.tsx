'use client';

import { useActionState } from 'react';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { unsubscribe } from './notification.actions.ts';

const end = orLost(unsubscribe, () => ({ refusal: LOST }));

export function UnsubscribeForm({ token }: { token: string }) {
  const [{ done, refusal }, act] = useActionState(end, {});
  if (done) return <Notice tone="success">{done}</Notice>;
  return (
    <form action={act} className="space-y-5">
      {refusal && <Notice tone="refusal">{refusal}</Notice>}
      <input type="hidden" name="token" value={token} />
      <SubmitButton pendingLabel="Ending them">No more of these mails</SubmitButton>
    </form>
  );
}
