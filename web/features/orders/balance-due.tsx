'use client';

import { LocalTime } from '#design/local-time.tsx';
import { formatMoney, isZero } from '#design/money.ts';
import { PaymentForm } from '#features/payment/payment-form.tsx';
import type { StripeSettings } from '#features/payment/stripe-settings.ts';
import type { OrderViewFragment } from '#generated/graphql.ts';
import { payBalance } from './pay-balance.actions.ts';
import { balanceKey } from './payment-words.ts';

/** The shop changed the order and it costs more: what is owed, until when, and the form to pay it. */
export function BalanceDue({ order, stripe }: { order: OrderViewFragment; stripe: StripeSettings | null }) {
  const { id, balance, paymentDueAt, email, deliveryAddress } = order;
  if (isZero(balance)) return null;
  return (
    <section className="mt-6 rounded-card border border-saffron bg-card p-5" aria-labelledby="balance">
      <h2 id="balance" className="text-lead">
        {formatMoney(balance)} to pay for the changed order
      </h2>
      <p className="mt-1 mb-5 text-muted text-small">
        We changed your order and it costs more now. It goes on as soon as the difference is paid.
        {paymentDueAt && (
          <>
            {' '}
            We wait until <LocalTime at={paymentDueAt} as="moment" />; after that the order stays as it was.
          </>
        )}
      </p>
      <PaymentForm
        stripe={stripe}
        send={payBalance}
        fields={{ orderId: id, idempotencyKey: balanceKey(order) }}
        total={balance}
        billing={{ email, name: deliveryAddress.name }}
        label={`Pay ${formatMoney(balance)}`}
        pendingLabel="Paying"
      />
    </section>
  );
}
