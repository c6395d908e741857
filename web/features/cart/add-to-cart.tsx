'use client';

import { useActionState, useEffect } from 'react';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { useHydrated } from '#design/use-hydrated.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { addToCart } from './cart.actions.ts';
import { useCartDrawer } from './cart-drawer-state.tsx';

interface AddToCartProps {
  readonly productId: string;
  readonly variantId: string | undefined;
  readonly disabled: boolean;
  readonly attempt: string;
}

const add = orLost(addToCart, ({ attempt }) => ({ attempt, refusal: LOST }));

/** The one button of a product page. */
export function AddToCart({ productId, variantId, disabled, attempt }: AddToCartProps) {
  const hydrated = useHydrated();
  const { setOpen } = useCartDrawer();
  const [state, act] = useActionState(add, { attempt });

  useEffect(() => {
    if (state.added) setOpen(true);
  }, [state, setOpen]);

  return (
    <form id="add-to-cart" action={act} className="space-y-3">
      <input type="hidden" name="productId" value={productId} />
      <input type="hidden" name="attempt" value={state.attempt} />
      {hydrated && <input type="hidden" name="scripted" value="yes" />}
      {hydrated && variantId && <input type="hidden" name="variantId" value={variantId} />}
      <SubmitButton pendingLabel="Adding" disabled={hydrated && disabled}>
        {hydrated && disabled ? 'Sold out' : 'Add to cart'}
      </SubmitButton>
      {state.refusal && <Notice tone="refusal">{state.refusal}</Notice>}
    </form>
  );
}
