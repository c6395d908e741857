import Link from 'next/link';
import { Picture } from '#design/picture.tsx';
import { inLanguage } from '#features/language/in-language.ts';
import type { CategoryLinkFragment } from '#generated/graphql.ts';

/** The aisles of the market, each under one of its goods where it has a picture. */
export function CategoryTiles({ categories }: { categories: readonly CategoryLinkFragment[] }) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,10rem),1fr))] gap-x-4 lg:grid-cols-4 lg:gap-x-6">
      {categories.map((category) => (
        <li key={category.id} className="group relative flex min-h-18 items-center gap-3.5 border-t border-line py-3">
          {category.image && (
            <span className="w-13 shrink-0 overflow-hidden rounded-control">
              <Picture image={category.image} alt="" sizes="52px" />
            </span>
          )}
          <Link
            href={`/categories/${category.handle}`}
            className="min-w-0 break-words font-medium text-small leading-tight group-hover:text-indigo after:absolute after:inset-0 md:text-body"
          >
            <span {...inLanguage(category.titleLocale)}>{category.title}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
