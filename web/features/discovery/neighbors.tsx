import { Suspense } from 'react';
import { shownIn } from '#features/language/chosen-language.ts';
import { ProductNeighborsDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { Shelf } from './shelf.tsx';

/** What goes with a product. It follows the page when it is there; without it the page is whole. */
export function Neighbors({ productId }: { productId: string }) {
  return (
    <Suspense fallback={null}>
      <NeighborShelves productId={productId} />
    </Suspense>
  );
}

async function NeighborShelves({ productId }: { productId: string }) {
  const variables = { productId, ...(await shownIn()) };
  const product = (await request(ProductNeighborsDocument, variables).catch(() => null))?.product;
  const together = product?.boughtTogether ?? [];
  const shown = new Set(together.map((each) => each?.id));
  const related = product?.relatedProducts?.filter((each) => !shown.has(each?.id)) ?? [];
  return (
    <>
      <Shelf title="Often bought with it" products={together} />
      <Shelf title="More like this" products={related.slice(0, 4)} />
    </>
  );
}
