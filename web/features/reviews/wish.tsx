import Link from 'next/link';
import { HeartIcon } from '#design/icons.tsx';
import { currentViewer } from '#features/account/current-viewer.ts';
import { withNext } from '#features/account/next-page.ts';
import { WishedDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { WishButton } from './wish-button.tsx';

/** The wishlist beside the cart; guests are asked to sign in and come back. */
export async function Wish({ productId, path }: { productId: string; path: string }) {
  // Who it is cannot be told just now: neither the heart nor an invitation to sign in would be right.
  const viewer = await currentViewer().catch(() => undefined);
  if (viewer === undefined) return null;
  if (viewer === null) {
    return (
      <Link
        href={withNext('/sign-in', path)}
        className="mt-3 inline-flex min-h-11 items-center gap-2 text-small text-muted hover:text-ink"
      >
        <HeartIcon />
        Sign in to keep it for later
      </Link>
    );
  }
  const wished = (await request(WishedDocument, { productId }).catch(() => null))?.product?.wished;
  return wished == null ? null : <WishButton productId={productId} wished={wished} />;
}
