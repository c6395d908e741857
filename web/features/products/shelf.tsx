import { shownIn } from '#features/language/chosen-language.ts';
import { ProductShelfDocument } from '#generated/graphql.ts';
import { ApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { type Browse, browseHref, filtersOf, sortOf } from './browse.ts';
import { ChosenFilters } from './chosen-filters.tsx';
import { Facets } from './facets.tsx';
import { NothingFits } from './nothing-found.tsx';
import { withOnePicture } from './one-picture.ts';
import { PAGE_SIZE } from './page-size.ts';
import { ProductList } from './product-list.tsx';
import { SortLinks } from './sort-links.tsx';

/** What a list page shows. @throws {ApiError} when the catalog cannot be asked */
export async function readShelf(browse: Browse, category?: string) {
  const variables = {
    ...{ query: browse.query ?? null, category: category ?? null, filters: filtersOf(browse) },
    ...{ sort: sortOf(browse), first: PAGE_SIZE, after: browse.after ?? null, ...(await shownIn()) },
  };
  const { products } = await request(ProductShelfDocument, variables);
  if (!products) throw new ApiError('UNAVAILABLE', 'The catalog did not answer.');
  return { ...products, nodes: products.nodes.map(withOnePicture) };
}

interface ShelfProps {
  readonly path: string;
  readonly browse: Browse;
  readonly category?: string;
  readonly products: Awaited<ReturnType<typeof readShelf>>;
}

/** A list with what it can be narrowed and sorted by. */
export function Shelf({ path, browse, category, products }: ShelfProps) {
  return (
    <>
      <div className="mt-6 flex flex-col gap-3">
        <Facets path={path} browse={browse} facets={products.facets} totalCount={products.totalCount} />
        <ChosenFilters path={path} browse={browse} facets={products.facets} />
      </div>
      <div className="mt-3 mb-8 border-b border-line">
        <SortLinks path={path} browse={browse} />
      </div>
      {products.nodes.length > 0 ? (
        <ProductList
          key={browseHref(path, browse)}
          path={path}
          browse={browse}
          {...(category && { category })}
          first={products}
        />
      ) : (
        <NothingFits path={path} browse={browse} />
      )}
    </>
  );
}
