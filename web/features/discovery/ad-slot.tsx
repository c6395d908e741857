import Link from 'next/link';
import { Suspense } from 'react';
import { Picture } from '#design/picture.tsx';
import { chosenLanguage } from '#features/language/chosen-language.ts';
import { inLanguage } from '#features/language/in-language.ts';
import { AdsDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

interface AdSlotProps {
  /** Where it stands, the nearest first: `category:teapots`, `cart`. */
  readonly context: readonly string[];
  readonly className?: string;
}

/** Room for one ad, which says that it is one; nothing where there is none. */
export function AdSlot(props: AdSlotProps) {
  return (
    <Suspense fallback={null}>
      <Ad {...props} />
    </Suspense>
  );
}

/** The ad itself, for a page that waits for more than it. */
export async function Ad({ context, className = '' }: AdSlotProps) {
  const variables = { context: [...context], locale: await chosenLanguage() };
  const ad = (await request(AdsDocument, variables).catch(() => null))?.ads?.[0];
  if (!ad) return null;
  const { text, product } = ad;
  return (
    <aside
      aria-label="Ad"
      className={`group relative flex items-center gap-4 rounded-card border border-line bg-card p-4 ${className}`}
    >
      {product?.images[0] && (
        <span className="w-20 shrink-0 overflow-hidden rounded-control">
          <Picture image={product.images[0]} alt="" sizes="80px" />
        </span>
      )}
      <div className="min-w-0">
        <p className="text-note text-muted">Ad</p>
        <p className="mt-0.5 max-w-[46ch] break-words">{text}</p>
        {product && (
          <Link
            href={`/products/${product.handle}`}
            className="mt-1 inline-block max-w-full break-words text-indigo text-small group-hover:text-indigo-deep after:absolute after:inset-0 after:rounded-card"
          >
            <span {...inLanguage(product.titleLocale)}>{product.title}</span>
          </Link>
        )}
      </div>
    </aside>
  );
}
