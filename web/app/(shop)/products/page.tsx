import type { Metadata } from 'next';
import { NoteBrowsing } from '#features/discovery/note-browsing.tsx';
import { browseHref, readBrowse, sortOf } from '#features/products/browse.ts';
import { CategoryChips } from '#features/products/category-chips.tsx';
import { NothingFound } from '#features/products/nothing-found.tsx';
import { PAGE_SIZE } from '#features/products/page-size.ts';
import { ProductList } from '#features/products/product-list.tsx';
import { Search } from '#features/products/search.tsx';
import { SortLinks } from '#features/products/sort-links.tsx';
import { CategoryTreeDocument, ProductListDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

export async function generateMetadata({ searchParams }: PageProps<'/products'>): Promise<Metadata> {
  const { query } = readBrowse(await searchParams);
  return { title: query ? `“${query}”` : 'All goods' };
}

export default async function ProductsPage({ searchParams }: PageProps<'/products'>) {
  const browse = readBrowse(await searchParams);
  const { query, after } = browse;
  const sort = sortOf(browse);
  const variables = { query: query ?? null, category: null, sort, first: PAGE_SIZE, after: after ?? null };
  const [{ products }, { categories }] = await Promise.all([
    request(ProductListDocument, variables),
    query ? { categories: [] } : request(CategoryTreeDocument),
  ]);
  if (!products || products.nodes.length === 0) return <NothingFound query={query} />;
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div>
          <h1 className="text-display">{query ? `“${query}”` : 'All goods'}</h1>
          <p className="mt-1.5 text-muted tabular-nums">{countWords(products.totalCount)}</p>
        </div>
        <div id="search" className="w-full scroll-mt-24 md:hidden">
          <Search {...(query && { query })} />
        </div>
      </div>
      <CategoryChips label="Aisles" categories={categories ?? []} />
      <div className="mt-6 mb-8 border-b border-line">
        <SortLinks path="/products" browse={browse} />
      </div>
      <ProductList
        key={browseHref('/products', browse)}
        path="/products"
        {...(query && { query })}
        sort={sort}
        first={products}
      />
      {query && <NoteBrowsing query={query} />}
    </>
  );
}

function countWords(count: number): string {
  return count === 1 ? '1 thing' : `${count} things`;
}
