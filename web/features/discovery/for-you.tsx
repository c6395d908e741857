import { cookies } from 'next/headers';
import { Suspense } from 'react';
import { readCartId } from '#features/cart/cart-cookie.ts';
import { shownIn } from '#features/language/chosen-language.ts';
import { ForYouDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { ForgetButton } from './forget-button.tsx';
import { Shelf } from './shelf.tsx';
import { VISITOR_COOKIE } from './visitor-cookie.ts';

/** What somebody looked at lately, and what they may want. It follows the page when it is there. */
export function ForYou() {
  return (
    <Suspense fallback={null}>
      <ForYouShelves />
    </Suspense>
  );
}

async function ForYouShelves() {
  const visitor = (await cookies()).get(VISITOR_COOKIE)?.value ?? null;
  const [cart, shown] = await Promise.all([readCartId(), shownIn()]);
  const answer = await request(ForYouDocument, { visitor, cart, ...shown }).catch(() => null);
  const lately = answer?.recentlyViewedProducts ?? [];
  return (
    <>
      <Shelf title="You looked at these" products={lately}>
        <ForgetButton />
      </Shelf>
      <Shelf
        title={lately.length > 0 ? 'And may like these' : 'What others take home'}
        products={answer?.recommendedProducts}
      />
    </>
  );
}
