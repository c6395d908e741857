import type { Metadata } from 'next';
import { NoteBrowsing } from '#features/discovery/note-browsing.tsx';
import { chosenLanguage } from '#features/language/chosen-language.ts';
import { filtersOf, readBrowse } from '#features/products/browse.ts';
import { CategoryChips } from '#features/products/category-chips.tsx';
import { NothingFound } from '#features/products/nothing-found.tsx';
import { Search } from '#features/products/search.tsx';
import { readShelf, Shelf } from '#features/products/shelf.tsx';
import { CategoryTreeDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

export async function generateMetadata({ searchParams }: PageProps<'/products'>): Promise<Metadata> {
  const { query } = readBrowse(await searchParams);
  return { title: query ? `“${query}”` : 'All goods' };
}

export default async function ProductsPage({ searchParams }: PageProps<'/products'>) {
  const browse = readBrowse(await searchParams);
  const { query } = browse;
  const [products, { categories }] = await Promise.all([readShelf(browse), query ? { categories: [] } : readAisles()]);
  if (products.nodes.length === 0 && filtersOf(browse).length === 0) return <NothingFound query={query} />;
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div>
          <h1 className="text-display">{query ? `“${query}”` : 'All goods'}</h1>
          <p role="status" className="mt-1.5 text-muted tabular-nums">
            {countWords(products.totalCount)}
          </p>
        </div>
        <div id="search" className="w-full scroll-mt-24 md:hidden">
          <Search {...(query && { query })} />
        </div>
      </div>
      <CategoryChips label="Aisles" categories={categories ?? []} />
      <Shelf path="/products" browse={browse} products={products} />
      {query && <NoteBrowsing query={query} />}
    </>
  );
}

/** They are a way to go on, not what was asked for: without them the list is whole. */
async function readAisles() {
  return request(CategoryTreeDocument, { locale: await chosenLanguage() }).catch(() => ({ categories: [] }));
}

function countWords(count: number): string {
  return count === 1 ? '1 thing' : `${count} things`;
}
