'use client';

import { startTransition, useActionState, useEffect, useRef } from 'react';
import { LocalTime } from '#design/local-time.tsx';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { loadStripe } from '#features/payment/load-stripe.ts';
import type { StripeSettings } from '#features/payment/stripe-settings.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { confirmPayment, type OrderActionState } from './order.actions.ts';

const confirm = orLost(confirmPayment, () => ({ refusal: LOST }));

interface StripeBankProps {
  readonly orderId: string;
  readonly clientSecret: string;
  readonly settings: StripeSettings;
  readonly dueAt: string | null;
}

/** 3-D Secure with Stripe: the bank's dialog opens by itself over the order, and again at the press of a button. */
export function StripeBank({ orderId, clientSecret, settings, dueAt }: StripeBankProps) {
  const [{ refusal }, act, pending] = useActionState(approve, {});
  const asked = useRef(false);

  async function approve(before: OrderActionState, form: FormData): Promise<OrderActionState> {
    const heard = await askBank(settings, clientSecret);
    // Whatever Stripe told the browser, the shop asks Stripe itself; and what it learned there counts more.
    const { refusal } = await confirm(before, form);
    return refusal ? { refusal: heard ?? refusal } : {};
  }

  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    const form = new FormData();
    form.set('orderId', orderId);
    startTransition(() => act(form));
  }, [act, orderId]);

  return (
    <section className="mt-6 rounded-card border border-saffron bg-card p-5" aria-labelledby="bank">
      <h2 id="bank" className="text-lead">
        Your bank asks you to approve
      </h2>
      <p className="mt-1 text-muted text-small" role="status">
        {pending ? 'Waiting for your bank’s answer.' : 'Approve the payment in your bank’s window.'}
        {dueAt && (
          <>
            {' '}
            We hold the goods until <LocalTime at={dueAt} as="time" />.
          </>
        )}
      </p>
      <form action={act} className="mt-4">
        <input type="hidden" name="orderId" value={orderId} />
        <SubmitButton weight="quiet" pendingLabel="Waiting for your bank" disabled={pending}>
          Ask my bank again
        </SubmitButton>
      </form>
      {refusal && (
        <div className="mt-3">
          <Notice tone="refusal">{refusal}</Notice>
        </div>
      )}
    </section>
  );
}

/** Opens the bank's dialog; a sentence when it could not be shown or said no. */
async function askBank(settings: StripeSettings, clientSecret: string): Promise<string | null> {
  try {
    const stripe = await loadStripe(settings);
    const { error } = await stripe.handleNextAction({ clientSecret });
    return error ? 'Your bank did not approve the payment. Ask it again, or use another card.' : null;
  } catch {
    return 'Your bank’s window could not be opened. Check your connection, then ask again.';
  }
}
