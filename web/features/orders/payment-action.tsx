'use client';

import { useActionState } from 'react';
import { button } from '#design/button.ts';
import { LocalTime } from '#design/local-time.tsx';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { confirmPayment } from './order.actions.ts';

const confirm = orLost(confirmPayment, () => ({ refusal: LOST }));

interface PaymentActionProps {
  readonly orderId: string;
  readonly url: string | null;
  readonly dueAt: string | null;
}

/** What the bank still wants: its page in another tab, then a word that it is done. */
export function PaymentAction({ orderId, url, dueAt }: PaymentActionProps) {
  const [{ refusal }, act] = useActionState(confirm, {});
  return (
    <section className="mt-6 rounded-card border border-saffron bg-card p-5" aria-labelledby="bank">
      <h2 id="bank" className="text-lead">
        Your bank asks you to approve
      </h2>
      <p className="mt-1 text-muted text-small">
        Approve it on your bank’s page, then come back and press Continue.
        {dueAt && (
          <>
            {' '}
            We hold the goods until <LocalTime at={dueAt} as="time" />.
          </>
        )}
      </p>
      <div className="mt-4 grid gap-3 sm:grid-cols-2">
        {url && (
          <a href={url} target="_blank" rel="noreferrer" className={button('primary')}>
            Open the bank’s page
          </a>
        )}
        <form action={act}>
          <input type="hidden" name="orderId" value={orderId} />
          <SubmitButton weight="quiet" pendingLabel="Asking the bank">
            Continue
          </SubmitButton>
        </form>
      </div>
      {refusal && (
        <div className="mt-3">
          <Notice tone="refusal">{refusal}</Notice>
        </div>
      )}
    </section>
  );
}
