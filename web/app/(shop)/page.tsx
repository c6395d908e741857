import Link from 'next/link';
import { ForYou } from '#features/discovery/for-you.tsx';
import { shownIn } from '#features/language/chosen-language.ts';
import { CategoryTiles } from '#features/products/category-tiles.tsx';
import { MarketStall } from '#features/products/market-stall.tsx';
import { ProductGrid } from '#features/products/product-grid.tsx';
import { HomeDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

const ON_THE_STALL = 5;

export default async function HomePage() {
  const { products, categories } = await request(HomeDocument, await shownIn());
  const goods = products?.nodes ?? [];
  return (
    <>
      <MarketStall goods={goods.slice(0, ON_THE_STALL)} totalCount={products?.totalCount ?? 0} />
      {categories && categories.length > 0 && (
        <section className="mt-16" aria-labelledby="aisles">
          <h2 id="aisles" className="mb-5 text-title">
            Down the aisles
          </h2>
          <CategoryTiles categories={categories} />
        </section>
      )}
      <section className="mt-16" aria-labelledby="newest">
        <div className="mb-6 flex items-baseline justify-between gap-4">
          <h2 id="newest" className="text-title">
            Just put out
          </h2>
          <Link href="/products" className="link text-small">
            See all goods
          </Link>
        </div>
        <ProductGrid products={goods.slice(ON_THE_STALL, ON_THE_STALL + 12)} />
      </section>
      <ForYou />
    </>
  );
}
