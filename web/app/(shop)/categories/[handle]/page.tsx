import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AdSlot } from '#features/discovery/ad-slot.tsx';
import { browseHref, readBrowse, sortOf } from '#features/products/browse.ts';
import { CategoryChips } from '#features/products/category-chips.tsx';
import { NothingFound } from '#features/products/nothing-found.tsx';
import { PAGE_SIZE } from '#features/products/page-size.ts';
import { ProductList } from '#features/products/product-list.tsx';
import { SortLinks } from '#features/products/sort-links.tsx';
import { CategoryPageDocument, ProductListDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

const categoryOf = cache(async (handle: string) => (await request(CategoryPageDocument, { handle })).category);

export async function generateMetadata({ params }: PageProps<'/categories/[handle]'>): Promise<Metadata> {
  const category = await categoryOf((await params).handle);
  return category ? { title: category.title, description: category.description } : {};
}

export default async function CategoryPage({ params, searchParams }: PageProps<'/categories/[handle]'>) {
  const { handle } = await params;
  const browse = readBrowse(await searchParams);
  const sort = sortOf(browse);
  const variables = { query: null, category: handle, sort, first: PAGE_SIZE, after: browse.after ?? null };
  const [category, { products }] = await Promise.all([categoryOf(handle), request(ProductListDocument, variables)]);
  if (!category) notFound();
  const path = `/categories/${handle}`;
  return (
    <>
      {category.parent && (
        <Link href={`/categories/${category.parent.handle}`} className="link text-small">
          {category.parent.title}
        </Link>
      )}
      <h1 className="text-display">{category.title}</h1>
      {category.description && <p className="mt-2 max-w-[60ch] text-muted">{category.description}</p>}
      <CategoryChips label="Within this aisle" categories={category.children} />
      {products && products.nodes.length > 0 ? (
        <>
          <div className="mt-6 mb-8 border-b border-line">
            <SortLinks path={path} browse={browse} />
          </div>
          <ProductList key={browseHref(path, browse)} path={path} category={handle} sort={sort} first={products} />
          <AdSlot context={placesOf(category)} className="mt-12 md:mx-auto md:max-w-2xl" />
        </>
      ) : (
        <NothingFound />
      )}
    </>
  );
}

const placesOf = (category: { handle: string; parent: { handle: string } | null }): string[] =>
  [category, category.parent].flatMap((each) => (each ? [`category:${each.handle}`] : []));
