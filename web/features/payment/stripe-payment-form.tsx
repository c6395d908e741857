'use client';

import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { BusyWait } from './busy-wait.tsx';
import { HiddenFields } from './hidden-fields.tsx';
import type { PayState } from './pay-state.ts';
import type { PaymentFormProps } from './payment-form.tsx';
import type { StripeSettings } from './stripe-settings.ts';
import { useCardFields } from './use-card-fields.ts';
import { usePatientPay } from './use-patient-pay.ts';

/** The payment with Stripe's own fields: the card goes to Stripe, and a token for it comes here. */
export function StripePaymentForm(props: PaymentFormProps & { readonly settings: StripeSettings }) {
  const { settings, total, billing, send, fields, label, pendingLabel } = props;
  const { state, place, createToken, forgetToken } = useCardFields(settings, total);
  const { pay, ...paid } = usePatientPay(async (before: PayState, form: FormData): Promise<PayState> => {
    // Where a bank's page leads back to, unless the shop names the order's.
    const answer = await createToken(billing, window.location.href);
    if ('message' in answer) return answer;
    form.set('token', answer.token);
    const told = await send(before, form);
    if (told.declined) forgetToken();
    return told;
  });

  const message = state === 'broken' ? BROKEN : paid.message;
  return (
    <form action={pay} className="space-y-5">
      <HiddenFields fields={fields} />
      <div ref={place} className="min-h-52" aria-busy={state === 'loading'} data-testid="card-fields" />
      <noscript>
        <Notice tone="refusal">The card form needs scripts. Allow them for this page, then reload it.</Notice>
      </noscript>
      {message && paid.secondsLeft === null && <Notice tone="refusal">{message}</Notice>}
      <BusyWait secondsLeft={paid.secondsLeft} />
      <SubmitButton pendingLabel={pendingLabel} disabled={state !== 'ready'}>
        {label}
      </SubmitButton>
    </form>
  );
}

const BROKEN = 'The card form could not be loaded. Check your connection, then reload this page.';
