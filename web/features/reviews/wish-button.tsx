'use client';

import { useActionState } from 'react';
import { useFormStatus } from 'react-dom';
import { HeartIcon } from '#design/icons.tsx';
import { Notice } from '#design/notice.tsx';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { wish } from './review.actions.ts';

const wishOrLost = orLost(wish, () => ({ refusal: LOST }));

/** Keeps a product for later, or lets go of it. */
export function WishButton({ productId, wished }: { productId: string; wished: boolean }) {
  const [{ refusal }, act] = useActionState(wishOrLost, {});
  return (
    <form action={act} className="mt-3">
      <input type="hidden" name="productId" value={productId} />
      <input type="hidden" name="wished" value={wished ? 'yes' : 'no'} />
      <Press wished={wished} />
      {refusal && <Notice tone="refusal">{refusal}</Notice>}
    </form>
  );
}

function Press({ wished }: { wished: boolean }) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      disabled={pending}
      className="inline-flex min-h-11 items-center gap-2 text-small text-muted hover:text-ink disabled:opacity-55"
    >
      <HeartIcon className={`size-5 ${wished ? 'fill-current text-clay' : ''}`} />
      {wished ? 'On your wishlist' : 'Keep it for later'}
    </button>
  );
}
