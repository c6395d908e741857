import Link from 'next/link';
import { button } from '#design/button.ts';
import { Empty } from '#design/empty.tsx';
import { ForYou } from '#features/discovery/for-you.tsx';
import { shownIn } from '#features/language/chosen-language.ts';
import { CategoryTiles } from '#features/products/category-tiles.tsx';
import { MarketStall } from '#features/products/market-stall.tsx';
import { ProductGrid } from '#features/products/product-grid.tsx';
import { HomeDocument } from '#generated/graphql.ts';
import { ApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';

const ON_THE_STALL = 5;

export default async function HomePage() {
  const { products, categories } = await request(HomeDocument, await shownIn());
  if (!products) throw new ApiError('UNAVAILABLE', 'The catalog did not answer.');
  const goods = products.nodes;
  if (goods.length === 0) return <NothingOutYet />;
  const newest = goods.slice(ON_THE_STALL, ON_THE_STALL + 12);
  return (
    <>
      <MarketStall goods={goods.slice(0, ON_THE_STALL)} totalCount={products.totalCount} />
      {categories && categories.length > 0 && (
        <section className="mt-16" aria-labelledby="aisles">
          <h2 id="aisles" className="mb-5 text-title">
            Down the aisles
          </h2>
          <CategoryTiles categories={categories} />
        </section>
      )}
      {newest.length > 0 && (
        <section className="mt-16" aria-labelledby="newest">
          <div className="mb-6 flex items-baseline justify-between gap-4">
            <h2 id="newest" className="text-title">
              Just put out
            </h2>
            <Link href="/products" className="link inline-block py-1 text-small">
              See all goods
            </Link>
          </div>
          <ProductGrid products={newest} />
        </section>
      )}
      <ForYou />
    </>
  );
}

/** A shop that was opened without goods. */
function NothingOutYet() {
  return (
    <Empty
      title="The stalls are still being set up"
      action={
        <Link href="/register" className={button('primary')}>
          Create an account
        </Link>
      }
    >
      There is nothing for sale yet. Come back in a while.
    </Empty>
  );
}
