'use client';

import { useActionState, useEffect } from 'react';
import { type Amount, formatMoney } from '#design/money.ts';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import type { StripeSettings } from '#features/payment/stripe-settings.ts';
import { type BillingDetails, useCardFields } from '#features/payment/use-card-fields.ts';
import { type CheckoutState, placeOrder } from './checkout.actions.ts';

interface StripePaymentStepProps {
  readonly settings: StripeSettings;
  readonly total: Amount;
  readonly billing: BillingDetails;
  readonly idempotencyKey: string;
}

/** The payment with Stripe's own fields: the card goes to Stripe, and a token for it comes here. */
export function StripePaymentStep({ settings, total, billing, idempotencyKey }: StripePaymentStepProps) {
  const { state, place, createToken, forgetToken } = useCardFields(settings, total);
  const [placed, pay] = useActionState(async (before: CheckoutState, form: FormData): Promise<CheckoutState> => {
    // Where a bank's page leads back to, unless the shop names the order's.
    const answer = await createToken(billing, `${window.location.origin}/checkout`);
    if ('message' in answer) return answer;
    form.set('token', answer.token);
    const placed = await placeOrder(before, form);
    if (placed.declined) forgetToken();
    return placed;
  }, {});
  // A redirect after an action keeps the scroll position: what comes next starts at its top.
  useEffect(() => () => window.scrollTo(0, 0), []);

  const message = state === 'broken' ? BROKEN : placed.message;
  return (
    <form action={pay} className="space-y-5">
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      <input type="hidden" name="expectedTotal" value={total.amount} />
      <div ref={place} className="min-h-52" aria-busy={state === 'loading'} data-testid="card-fields" />
      <noscript>
        <Notice tone="refusal">The card form needs scripts. Allow them for this page, then reload it.</Notice>
      </noscript>
      {message && <Notice tone="refusal">{message}</Notice>}
      <SubmitButton pendingLabel="Placing your order" disabled={state !== 'ready'}>
        Place order, {formatMoney(total)}
      </SubmitButton>
    </form>
  );
}

const BROKEN = 'The card form could not be loaded. Check your connection, then reload this page.';
