'use client';

import { useActionState } from 'react';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { cancelOrder } from './order.actions.ts';

const cancel = orLost(cancelOrder, () => ({ refusal: LOST }));

/** While nothing has left the house; asks once more before it does it. */
export function CancelOrder({ orderId }: { orderId: string }) {
  const [{ refusal }, act] = useActionState(cancel, {});
  return (
    <details className="group">
      <summary className="link inline-flex min-h-11 items-center text-small group-open:hidden">
        Cancel this order
      </summary>
      <form action={act} className="space-y-3">
        <input type="hidden" name="orderId" value={orderId} />
        <p className="text-muted text-small">All of it is called off, and you get back whatever you paid.</p>
        <SubmitButton weight="quiet" pendingLabel="Cancelling">
          Yes, cancel the order
        </SubmitButton>
        {refusal && <Notice tone="refusal">{refusal}</Notice>}
      </form>
    </details>
  );
}
