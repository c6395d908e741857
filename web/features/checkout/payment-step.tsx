'use client';

import { useEffect } from 'react';
import { type Amount, formatMoney, isZero } from '#design/money.ts';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { BusyWait } from '#features/payment/busy-wait.tsx';
import { HiddenFields } from '#features/payment/hidden-fields.tsx';
import { PaymentForm } from '#features/payment/payment-form.tsx';
import type { StripeSettings } from '#features/payment/stripe-settings.ts';
import type { BillingDetails } from '#features/payment/use-card-fields.ts';
import { usePatientPay } from '#features/payment/use-patient-pay.ts';
import { placeOrder } from './checkout.actions.ts';
import type { giftCardParts } from './gift-card-parts.ts';
import { GiftCards } from './gift-cards.tsx';

interface PaymentStepProps {
  readonly stripe: StripeSettings | null;
  readonly total: Amount;
  /** What gift cards pay, and what is left. */
  readonly giftCards: ReturnType<typeof giftCardParts>;
  /** False where gift cards alone are bought, which no gift card buys. */
  readonly takesGiftCards: boolean;
  readonly billing: BillingDetails;
  readonly idempotencyKey: string;
}

export function PaymentStep(props: PaymentStepProps) {
  const { stripe, total, takesGiftCards, billing, idempotencyKey } = props;
  const { parts, rest } = props.giftCards;
  // A redirect after an action keeps the scroll position: what comes next starts at its top.
  useEffect(() => () => window.scrollTo(0, 0), []);
  const fields = { idempotencyKey, expectedTotal: total.amount, expectedPayment: rest.amount };
  return (
    <>
      {takesGiftCards ? (
        <GiftCards parts={parts} currency={total.currency} />
      ) : (
        <p className="mb-6 text-muted text-small">A gift card cannot buy another one.</p>
      )}
      {parts.length > 0 && isZero(rest) ? (
        <PaidByGiftCards fields={fields} />
      ) : (
        <PaymentForm
          key={rest.amount}
          stripe={stripe}
          send={placeOrder}
          fields={fields}
          total={rest}
          billing={billing}
          label={`Place order, ${formatMoney(rest)}`}
          pendingLabel="Placing your order"
        />
      )}
    </>
  );
}

/** Nothing is left to pay. */
function PaidByGiftCards({ fields }: { fields: Readonly<Record<string, string>> }) {
  const { message, secondsLeft, pay } = usePatientPay(placeOrder);
  return (
    <form action={pay} className="space-y-5">
      <HiddenFields fields={{ ...fields, paidByGiftCards: 'yes' }} />
      {message && secondsLeft === null && <Notice tone="refusal">{message}</Notice>}
      <BusyWait secondsLeft={secondsLeft} />
      <SubmitButton pendingLabel="Placing your order">Place order, nothing left to pay</SubmitButton>
    </form>
  );
}
