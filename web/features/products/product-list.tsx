'use client';

import { useState, useTransition } from 'react';
import { button } from '#design/button.ts';
import { Notice } from '#design/notice.tsx';
import type { ProductListQuery } from '#generated/graphql.ts';
import { type Browse, browseHref } from './browse.ts';
import { loadMore } from './load-more.action.ts';
import { ProductGrid } from './product-grid.tsx';

interface ProductListProps {
  readonly path: string;
  readonly browse: Browse;
  readonly category?: string;
  readonly first: NonNullable<ProductListQuery['products']>;
}

/** A list that grows by "Show more"; without scripts the same link turns the page. */
export function ProductList({ path, browse, category, first }: ProductListProps) {
  const [{ nodes, pageInfo }, setShown] = useState(first);
  const [loading, startLoading] = useTransition();
  const [failed, setFailed] = useState(false);
  const after = pageInfo.hasNextPage ? pageInfo.endCursor : null;

  const showMore = (cursor: string) =>
    startLoading(async () => {
      const more = await loadMore({ ...browse, ...(category && { category }), after: cursor }).catch(() => null);
      setFailed(!more);
      if (more) setShown((shown) => ({ ...more, nodes: [...shown.nodes, ...more.nodes] }));
    });

  return (
    <>
      <ProductGrid products={nodes} heading="h2" />
      {after && (
        <div className="mt-12 flex flex-col items-center gap-4">
          {failed && <Notice tone="refusal">We could not fetch more just now. Try again in a moment.</Notice>}
          <a
            href={browseHref(path, { ...browse, after })}
            onClick={(event) => {
              event.preventDefault();
              if (!loading) showMore(after);
            }}
            aria-disabled={loading}
            className={button('quiet')}
          >
            {loading ? 'Fetching more' : 'Show more'}
          </a>
          <p className="text-small text-muted tabular-nums">
            {nodes.length} of {first.totalCount}
          </p>
        </div>
      )}
    </>
  );
}
