import { Skeleton } from '#design/skeleton.tsx';
import type { ProductCardFragment } from '#generated/graphql.ts';
import { ProductCard } from './product-card.tsx';

/** Two a row on a phone, and one where the text is set so large that two would not fit. */
export const SHELF =
  'grid grid-cols-[repeat(auto-fill,minmax(min(100%,8.25rem),1fr))] gap-x-4 gap-y-8 sm:grid-cols-2 md:grid-cols-3 md:gap-x-6 md:gap-y-12 lg:grid-cols-4';

interface ProductGridProps {
  readonly products: readonly ProductCardFragment[];
  /** h2 where the shelf is the page. */
  readonly heading?: 'h2' | 'h3';
}

/** A shelf of goods; the first row is loaded at once. */
export function ProductGrid({ products, heading = 'h3' }: ProductGridProps) {
  return (
    <ul className={SHELF}>
      {products.map((product, position) => (
        <li key={product.id}>
          <ProductCard product={product} early={position < 4} heading={heading} />
        </li>
      ))}
    </ul>
  );
}

export function ProductGridSkeleton({ count = 8 }: { count?: number }) {
  return (
    <div className={SHELF} data-waiting>
      {Array.from({ length: count }, (_, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all alike, never reordered
        <div key={position}>
          <Skeleton className="aspect-square w-full rounded-card" />
          <Skeleton className="mt-3 h-5 w-4/5" />
          <Skeleton className="mt-2 h-4 w-1/3" />
        </div>
      ))}
    </div>
  );
}
