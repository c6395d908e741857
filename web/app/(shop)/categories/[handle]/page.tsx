import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AdSlot } from '#features/discovery/ad-slot.tsx';
import { chosenLanguage } from '#features/language/chosen-language.ts';
import { inLanguage } from '#features/language/in-language.ts';
import { filtersOf, readBrowse } from '#features/products/browse.ts';
import { CategoryChips } from '#features/products/category-chips.tsx';
import { NothingFound } from '#features/products/nothing-found.tsx';
import { readShelf, Shelf } from '#features/products/shelf.tsx';
import { CategoryPageDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

const categoryOf = cache(
  async (handle: string) => (await request(CategoryPageDocument, { handle, locale: await chosenLanguage() })).category,
);

export async function generateMetadata({ params }: PageProps<'/categories/[handle]'>): Promise<Metadata> {
  const category = await categoryOf((await params).handle);
  return category ? { title: category.title, description: category.description } : {};
}

export default async function CategoryPage({ params, searchParams }: PageProps<'/categories/[handle]'>) {
  const { handle } = await params;
  const browse = readBrowse(await searchParams);
  const [category, products] = await Promise.all([categoryOf(handle), readShelf(browse, handle)]);
  if (!category) notFound();
  const empty = products.nodes.length === 0 && filtersOf(browse).length === 0;
  return (
    <>
      {category.parent && (
        <Link href={`/categories/${category.parent.handle}`} className="link text-small">
          <span {...inLanguage(category.parent.titleLocale)}>{category.parent.title}</span>
        </Link>
      )}
      <h1 className="text-display">
        <span {...inLanguage(category.titleLocale)}>{category.title}</span>
      </h1>
      {category.description && (
        <p className="mt-2 max-w-[60ch] text-muted">
          <span {...inLanguage(category.descriptionLocale)}>{category.description}</span>
        </p>
      )}
      <CategoryChips label="Within this aisle" categories={category.children} />
      {empty ? (
        <NothingFound />
      ) : (
        <>
          <Shelf path={`/categories/${handle}`} browse={browse} category={handle} products={products} />
          <AdSlot context={placesOf(category)} className="mt-12 md:mx-auto md:max-w-2xl" />
        </>
      )}
    </>
  );
}

const placesOf = (category: { handle: string; parent: { handle: string } | null }): string[] =>
  [category, category.parent].flatMap((each) => (each ? [`category:${each.handle}`] : []));
