'use client';

import { useActionState } from 'react';
import { formatMoney, isZero } from '#design/money.ts';
import { Notice } from '#design/notice.tsx';
import { RadioCard } from '#design/radio-card.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import type { CheckoutQuery } from '#generated/graphql.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { saveDelivery } from './checkout.actions.ts';
import { daysWords } from './days-words.ts';

type Option = NonNullable<NonNullable<CheckoutQuery['cart']>['deliveryOptions']>[number];

const save = orLost(saveDelivery, () => ({ message: LOST }));

export function DeliveryStep({ options, chosenId }: { options: readonly Option[]; chosenId: string | undefined }) {
  const [{ message }, act] = useActionState(save, {});
  return (
    <form action={act} className="space-y-5">
      {message && <Notice tone="refusal">{message}</Notice>}
      <fieldset className="space-y-2.5">
        <legend className="sr-only">How should it get to you?</legend>
        {options.map((option, position) => (
          <RadioCard
            key={option.id}
            name="deliveryOptionId"
            value={option.id}
            defaultChecked={chosenId ? option.id === chosenId : position === 0}
            title={option.title}
            note={daysWords(option.estimatedDays)}
            aside={isZero(option.price) ? 'Free' : formatMoney(option.price)}
          />
        ))}
      </fieldset>
      <SubmitButton pendingLabel="Saving">Continue to payment</SubmitButton>
    </form>
  );
}
