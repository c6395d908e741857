import Link from 'next/link';
import { formatRange } from '#design/money.ts';
import { Picture } from '#design/picture.tsx';
import { inLanguage } from '#features/language/in-language.ts';
import type { ProductCardFragment } from '#generated/graphql.ts';

interface MarketStallProps {
  readonly goods: readonly ProductCardFragment[];
  readonly totalCount: number;
}

/** The first screen: a sentence of welcome and the goods themselves, laid out like a stall. */
export function MarketStall({ goods, totalCount }: MarketStallProps) {
  return (
    <section aria-labelledby="welcome">
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-3 md:mb-8">
        <h1 id="welcome" className="max-w-[14ch] text-display">
          Good things from small workshops
        </h1>
        <p className="max-w-[38ch] text-muted">
          {totalCount} goods, made in small runs. Order today and watch it all the way to your door.
        </p>
      </div>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-5 md:grid-cols-4 md:gap-x-6">
        {goods.map((product, position) => (
          <li key={product.id} className={position === 0 ? 'col-span-2 row-span-2' : ''}>
            <StallItem product={product} large={position === 0} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function StallItem({ product, large }: { product: ProductCardFragment; large: boolean }) {
  return (
    <article className="group relative flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-hidden rounded-card">
        <Picture
          image={product.images[0]}
          alt=""
          early
          sizes={
            large
              ? '(min-width: 1200px) 570px, (min-width: 768px) 50vw, 96vw'
              : '(min-width: 1200px) 280px, (min-width: 768px) 24vw, 46vw'
          }
          className={`transition-transform duration-200 ease-out group-hover:scale-[1.02] ${large ? 'md:aspect-auto md:h-full' : ''}`}
        />
      </div>
      <div
        className={`flex justify-between gap-x-3 gap-y-0.5 pt-2.5 text-small ${large ? 'items-baseline' : 'flex-col md:flex-row md:items-baseline'}`}
      >
        <h2 className="truncate font-medium font-sans tracking-normal max-md:whitespace-normal">
          <Link href={`/products/${product.handle}`} className="after:absolute after:inset-0 after:rounded-card">
            <span {...inLanguage(product.titleLocale)}>{product.title}</span>
          </Link>
        </h2>
        <p className="money md:whitespace-nowrap">{formatRange(product.priceRange)}</p>
      </div>
    </article>
  );
}
