import Link from 'next/link';
import { button } from '#design/button.ts';
import { Empty } from '#design/empty.tsx';
import { type Browse, browseHref } from './browse.ts';
import { Search } from './search.tsx';

export function NothingFound({ query }: { query?: string | undefined }) {
  return (
    <Empty
      title={query ? `Nothing for “${query}”` : 'This shelf is empty'}
      action={
        <div className="flex w-72 flex-col gap-3">
          {query && <Search query={query} />}
          <Link href="/products" className={button('primary')}>
            See all goods
          </Link>
        </div>
      }
    >
      {query
        ? 'Try a shorter word, or one for the thing itself: cup, lamp, scarf.'
        : 'New goods arrive most weeks. Until then, look at the rest.'}
    </Empty>
  );
}

/** There are goods, but none passes all filters. */
export function NothingFits({ path, browse: { query, sort } }: { path: string; browse: Browse }) {
  return (
    <Empty
      title="Nothing fits all of that"
      heading="h2"
      action={
        <Link
          href={browseHref(path, { ...(query && { query }), ...(sort && { sort }) })}
          scroll={false}
          className={button('primary')}
        >
          Clear all filters
        </Link>
      }
    >
      Take one of the filters back, or clear them all.
    </Empty>
  );
}
