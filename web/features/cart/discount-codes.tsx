'use client';

import { useActionState } from 'react';
import { button } from '#design/button.ts';
import { CloseIcon } from '#design/icons.tsx';
import { Notice } from '#design/notice.tsx';
import { LOST, orLost } from '#graphql/or-lost.ts';
import type { CartView } from './current-cart.ts';
import { addDiscountCode, removeDiscountCode } from './discount-code.actions.ts';

const tryCode = orLost(addDiscountCode, (_, form) => ({ refusal: LOST, typed: String(form.get('code')) }));
const dropCode = orLost(removeDiscountCode, () => ({ refusal: LOST }));

/** The codes of a cart, and a place to type another. */
export function DiscountCodes({ cart: { discountCodes } }: { cart: Pick<CartView, 'discountCodes'> }) {
  const [added, add, isAdding] = useActionState(tryCode, {});
  const [removed, remove, isRemoving] = useActionState(dropCode, {});
  const kept = discountCodes.map(({ code }) => <input key={code} type="hidden" name="kept" value={code} />);
  const refusal = added.refusal ?? removed.refusal;
  return (
    <div className="mt-4 space-y-3">
      {discountCodes.length > 0 && (
        <ul className="space-y-1.5">
          {discountCodes.map(({ code, applicable, reason }) => (
            <li key={code}>
              <form action={remove} className="flex items-center justify-between gap-3">
                {kept}
                <input type="hidden" name="code" value={code} />
                <span className="font-medium text-small">{code}</span>
                <button
                  type="submit"
                  disabled={isRemoving}
                  className="inline-flex size-11 items-center justify-center text-muted hover:text-ink disabled:opacity-55"
                >
                  <span className="sr-only">Remove the code {code}</span>
                  <CloseIcon />
                </button>
              </form>
              {!applicable && <p className="text-clay text-small">{reason}</p>}
            </li>
          ))}
        </ul>
      )}
      <form action={add} className="flex gap-2">
        {kept}
        <input
          name="code"
          required
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          aria-label="Discount code"
          placeholder="Discount code"
          defaultValue={added.typed}
          key={added.typed ?? discountCodes.length}
          className="min-h-12 w-full min-w-0 rounded-control border border-line bg-card px-3 text-body placeholder:text-muted hover:border-muted"
        />
        <button type="submit" disabled={isAdding} className={button('quiet')}>
          {isAdding ? 'Trying' : 'Apply'}
        </button>
      </form>
      {refusal && <Notice tone="refusal">{refusal}</Notice>}
    </div>
  );
}
