'use client';

import { useActionState, useEffect } from 'react';
import { type Amount, formatMoney } from '#design/money.ts';
import { Notice } from '#design/notice.tsx';
import { RadioCard } from '#design/radio-card.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { placeOrder } from './checkout.actions.ts';

/** The test provider's cards; a real provider's own form would give a token in the same place. */
const TEST_CARDS = [
  { token: 'pm_card_visa', title: 'Visa ending in 4242', note: 'Pays at once' },
  {
    token: 'pm_card_threeDSecure2Required',
    title: 'Visa ending in 3220',
    note: 'Asks you to approve with your bank first',
  },
  { token: 'pm_card_chargeDeclined', title: 'Visa ending in 0002', note: 'Is declined' },
];

interface PaymentStepProps {
  readonly total: Amount;
  readonly idempotencyKey: string;
}

export function PaymentStep({ total, idempotencyKey }: PaymentStepProps) {
  const [{ message }, act] = useActionState(placeOrder, {});
  // A redirect after an action keeps the scroll position: what comes next starts at its top.
  useEffect(() => () => window.scrollTo(0, 0), []);
  return (
    <form action={act} className="space-y-5">
      <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
      <input type="hidden" name="expectedTotal" value={total.amount} />
      <fieldset className="space-y-2.5">
        <legend className="mb-3 text-muted text-small">
          This is a demo: choose a test card. No card number is asked for and no money moves.
        </legend>
        {TEST_CARDS.map(({ token, title, note }, position) => (
          <RadioCard key={token} name="token" value={token} title={title} note={note} defaultChecked={position === 0} />
        ))}
      </fieldset>
      {message && <Notice tone="refusal">{message}</Notice>}
      <SubmitButton pendingLabel="Placing your order">Place order, {formatMoney(total)}</SubmitButton>
    </form>
  );
}
