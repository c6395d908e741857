'use client';

import { useEffect } from 'react';
import { type Amount, formatMoney } from '#design/money.ts';
import { PaymentForm } from '#features/payment/payment-form.tsx';
import type { StripeSettings } from '#features/payment/stripe-settings.ts';
import type { BillingDetails } from '#features/payment/use-card-fields.ts';
import { placeOrder } from './checkout.actions.ts';

interface PaymentStepProps {
  readonly stripe: StripeSettings | null;
  readonly total: Amount;
  readonly billing: BillingDetails;
  readonly idempotencyKey: string;
}

export function PaymentStep({ stripe, total, billing, idempotencyKey }: PaymentStepProps) {
  // A redirect after an action keeps the scroll position: what comes next starts at its top.
  useEffect(() => () => window.scrollTo(0, 0), []);
  return (
    <PaymentForm
      stripe={stripe}
      send={placeOrder}
      fields={{ idempotencyKey, expectedTotal: total.amount }}
      total={total}
      billing={billing}
      label={`Place order, ${formatMoney(total)}`}
      pendingLabel="Placing your order"
    />
  );
}
