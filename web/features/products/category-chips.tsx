import Link from 'next/link';
import { inLanguage } from '#features/language/in-language.ts';

interface CategoryChip {
  readonly id: string;
  readonly handle: string;
  readonly title: string;
  readonly titleLocale: string;
}

interface CategoryChipsProps {
  readonly label: string;
  readonly categories: readonly CategoryChip[];
}

/** A row of aisles to step into. */
export function CategoryChips({ label, categories }: CategoryChipsProps) {
  if (categories.length === 0) return null;
  return (
    <nav aria-label={label} className="-mx-4 mt-5 overflow-x-auto px-4 [scrollbar-width:none] md:mx-0 md:px-0">
      <ul className="flex gap-2 md:flex-wrap">
        {categories.map(({ id, handle, title, titleLocale }) => (
          <li key={id}>
            <Link
              href={`/categories/${handle}`}
              className="flex min-h-10 items-center whitespace-nowrap rounded-full border border-line bg-card px-4 text-small transition-colors duration-150 hover:border-ink"
            >
              <span {...inLanguage(titleLocale)}>{title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
