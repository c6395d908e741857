'use client';

import type { Amount } from '#design/money.ts';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { BusyWait } from './busy-wait.tsx';
import { HiddenFields } from './hidden-fields.tsx';
import { StripePaymentForm } from './stripe-payment-form.tsx';
import type { StripeSettings } from './stripe-settings.ts';
import { TestCards } from './test-cards.tsx';
import type { BillingDetails } from './use-card-fields.ts';
import { type Pay, usePatientPay } from './use-patient-pay.ts';

export interface PaymentFormProps {
  /** The server action that takes the card's `token` with the fields below. */
  readonly send: Pay;
  readonly fields: Readonly<Record<string, string>>;
  readonly total: Amount;
  readonly billing: BillingDetails;
  readonly label: string;
  readonly pendingLabel: string;
}

/** One payment, at checkout or of what an order still costs: by Stripe's fields where the shop has them, else by a test card. */
export function PaymentForm({ stripe, ...form }: PaymentFormProps & { readonly stripe: StripeSettings | null }) {
  return stripe ? <StripePaymentForm settings={stripe} {...form} /> : <TestCardForm {...form} />;
}

function TestCardForm({ send, fields, label, pendingLabel }: PaymentFormProps) {
  const { message, secondsLeft, pay } = usePatientPay(send);
  return (
    <form action={pay} className="space-y-5">
      <HiddenFields fields={fields} />
      <TestCards />
      {message && secondsLeft === null && <Notice tone="refusal">{message}</Notice>}
      <BusyWait secondsLeft={secondsLeft} />
      <SubmitButton pendingLabel={pendingLabel}>{label}</SubmitButton>
    </form>
  );
}
