import Link from 'next/link';
import { formatRange } from '#design/money.ts';
import { Picture } from '#design/picture.tsx';
import { inLanguage } from '#features/language/in-language.ts';
import { Stars } from '#features/reviews/stars.tsx';
import type { ProductCardFragment } from '#generated/graphql.ts';
import { SWATCHES } from './swatches.ts';
import { isBuyable } from './variant-choice.ts';

interface ProductCardProps {
  readonly product: ProductCardFragment;
  readonly early?: boolean;
  /** One below the heading that the shelf stands under. */
  readonly heading?: 'h2' | 'h3';
}

const IN_A_GRID = '(min-width: 1200px) 270px, (min-width: 768px) 30vw, 46vw';

/** One of the goods on a shelf; the whole card is the link, its name the title. */
export function ProductCard({ product, early = false, heading: Heading = 'h3' }: ProductCardProps) {
  const variants = product.variants.nodes;
  const soldOut = variants.length > 0 && !variants.some(isBuyable);
  const reduced = variants.some((variant) => variant.compareAtPrice);
  return (
    <article className="group relative flex flex-col">
      <div className="relative overflow-hidden rounded-card">
        <Picture
          image={product.images[0]}
          alt=""
          sizes={IN_A_GRID}
          early={early}
          className={`transition-transform duration-200 ease-out group-hover:scale-[1.025] ${soldOut ? 'opacity-60' : ''}`}
        />
        {soldOut ? (
          <Tag className="bg-card text-ink">Sold out</Tag>
        ) : (
          reduced && <Tag className="bg-saffron text-on-saffron">Reduced</Tag>
        )}
      </div>
      <Heading className="mt-3 font-sans text-small font-medium tracking-normal md:text-body">
        <Link href={`/products/${product.handle}`} className="after:absolute after:inset-0 after:rounded-card">
          <span {...inLanguage(product.titleLocale)}>{product.title}</span>
        </Link>
      </Heading>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <p className="money text-small">{formatRange(product.priceRange)}</p>
        <Colors product={product} />
      </div>
      {product.rating && (
        <p className="mt-1 flex items-center gap-1.5 text-note text-muted">
          <Stars rating={product.rating.average} className="h-3.5" />
          <span className="tabular-nums">({product.rating.count})</span>
        </p>
      )}
    </article>
  );
}

function Tag({ children, className }: { children: string; className: string }) {
  return (
    <p className={`absolute top-2.5 left-2.5 rounded-control px-2 py-0.5 text-note font-medium ${className}`}>
      {children}
    </p>
  );
}

function Colors({ product }: { product: ProductCardFragment }) {
  const colors = product.options.find((option) => option.name === 'Color')?.values ?? [];
  if (colors.length < 2) return null;
  return (
    <p className="flex items-center gap-1" title={colors.join(', ')}>
      <span className="sr-only">{colors.length} colors</span>
      {colors.slice(0, 5).map((color) => (
        <span
          key={color}
          className="size-2.5 rounded-full ring-1 ring-ink/15 ring-inset"
          style={{ background: SWATCHES[color] ?? 'var(--color-line)' }}
        />
      ))}
    </p>
  );
}
