import { type ReactNode, useId } from 'react';
import { ProductCard } from '#features/products/product-card.tsx';
import { SHELF } from '#features/products/product-grid.tsx';
import type { ProductCardFragment } from '#generated/graphql.ts';

interface ShelfProps {
  readonly title: string;
  /** As the API answers it: null where it could not, and in the place of what is no longer sold. */
  readonly products: readonly (ProductCardFragment | null)[] | null | undefined;
  /** Beside the title. */
  readonly children?: ReactNode;
}

/** Goods that somebody may want beside what they came for; nothing where there are none. */
export function Shelf({ title, products, children }: ShelfProps) {
  const id = useId();
  const goods = products?.filter((product) => product !== null) ?? [];
  if (goods.length === 0) return null;
  return (
    <section className="mt-16" aria-labelledby={id}>
      <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id={id} className="text-title">
          {title}
        </h2>
        {children}
      </div>
      <ul className={SHELF}>
        {goods.map((product) => (
          <li key={product.id}>
            <ProductCard product={product} />
          </li>
        ))}
      </ul>
    </section>
  );
}
