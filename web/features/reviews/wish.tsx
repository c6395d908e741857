import Link from 'next/link';
import { HeartIcon } from '#design/icons.tsx';
import { currentViewer } from '#features/account/current-viewer.ts';
import { WishedDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { WishButton } from './wish-button.tsx';

/** The wishlist beside the cart; guests are asked to sign in and come back. */
export async function Wish({ productId, path }: { productId: string; path: string }) {
  if (!(await currentViewer())) {
    return (
      <Link
        href={`/sign-in?next=${encodeURIComponent(path)}`}
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
