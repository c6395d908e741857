import Link from 'next/link';
import { type Browse, browseHref, sortChoices, sortOf } from './browse.ts';

/** The orders a list can be read in; each is an address of its own. */
export function SortLinks({ path, browse }: { path: string; browse: Browse }) {
  const current = sortOf(browse);
  return (
    <nav aria-label="Sort" className="-mx-4 overflow-x-auto px-4 [scrollbar-width:none]">
      <ul className="flex gap-5 text-small whitespace-nowrap">
        {sortChoices(browse).map(({ sort, label }) => (
          <li key={sort}>
            <Link
              href={browseHref(path, { ...browse, sort, after: '' })}
              aria-current={sort === current ? 'true' : undefined}
              className="block border-b-2 border-transparent py-2.5 text-muted transition-colors duration-150 hover:text-ink aria-[current]:border-ink aria-[current]:text-ink"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
