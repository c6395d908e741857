'use client';

import { useActionState } from 'react';
import { button } from '#design/button.ts';
import { CloseIcon } from '#design/icons.tsx';
import { formatMoney } from '#design/money.ts';
import { Notice } from '#design/notice.tsx';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { addGiftCard, removeGiftCard } from './gift-card.actions.ts';
import type { GiftCardPart } from './gift-card-parts.ts';

const tryCard = orLost(addGiftCard, (_, form) => ({ refusal: LOST, typed: String(form.get('code')) }));
const dropCard = orLost(removeGiftCard, () => ({ refusal: LOST }));

/** The gift cards that pay for this order, and a place to type another. */
export function GiftCards({ parts, currency }: { parts: readonly GiftCardPart[]; currency: string }) {
  const [added, add, isAdding] = useActionState(tryCard, {});
  const [removed, remove, isRemoving] = useActionState(dropCard, {});
  const refusal = added.refusal ?? removed.refusal;
  return (
    <div className="mb-6 space-y-3">
      {parts.length > 0 && (
        <ul className="space-y-1.5">
          {parts.map(({ ending, pays }) => (
            <li key={ending}>
              <form action={remove} className="flex items-center justify-between gap-3">
                <input type="hidden" name="ending" value={ending} />
                <span className="text-small">
                  Gift card <span className="font-medium">…{ending}</span> pays{' '}
                  <span className="tabular-nums">{formatMoney(pays)}</span>
                </span>
                <button
                  type="submit"
                  disabled={isRemoving}
                  className="inline-flex size-11 items-center justify-center text-muted hover:text-ink disabled:opacity-55"
                >
                  <span className="sr-only">Remove the gift card that ends in {ending}</span>
                  <CloseIcon />
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form action={add} className="flex gap-2">
        <input type="hidden" name="currency" value={currency} />
        <input
          name="code"
          required
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          aria-label="Code of a gift card"
          placeholder="Gift card"
          defaultValue={added.typed}
          key={added.typed ?? parts.length}
          className="min-h-12 w-full min-w-0 rounded-control border border-line bg-card px-3 text-body placeholder:text-muted hover:border-muted"
        />
        <button type="submit" disabled={isAdding} className={button('quiet')}>
          {isAdding ? 'Looking' : 'Use'}
        </button>
      </form>
      {refusal && <Notice tone="refusal">{refusal}</Notice>}
    </div>
  );
}
