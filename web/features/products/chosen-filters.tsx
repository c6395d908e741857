import Link from 'next/link';
import { CloseIcon } from '#design/icons.tsx';
import { inLanguage, PAGES } from '#features/language/in-language.ts';
import { type Browse, browseHref, without } from './browse.ts';
import type { Facet } from './facets.tsx';

/** What the list is narrowed by, each a link to the list without it. */
export function ChosenFilters({ path, browse, facets }: { path: string; browse: Browse; facets: readonly Facet[] }) {
  const known = new Map(facets.flatMap(({ by, values }) => values.map((value) => [`${by} ${value.value}`, value])));
  const values = Object.entries(browse.chosen ?? {}).flatMap(([by, all]) =>
    all.map((value) => ({
      key: `${by} ${value}`,
      label: known.get(`${by} ${value}`)?.label ?? value,
      lang: inLanguage(known.get(`${by} ${value}`)?.labelLocale ?? PAGES),
      rest: without(browse, by, value),
    })),
  );
  const price = [browse.min && `from ${browse.min}`, browse.max && `up to ${browse.max}`].filter(Boolean).join(' ');
  const all = [
    ...values,
    ...(price ? [{ key: 'price', label: `Price ${price}`, lang: {}, rest: without(browse, 'price') }] : []),
  ];
  if (all.length === 0) return null;
  const { query, sort } = browse;
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1" aria-label="Chosen filters">
      {all.map(({ key, label, lang, rest }) => (
        <li key={key}>
          <Link
            href={browseHref(path, rest)}
            scroll={false}
            className="inline-flex min-h-10 items-center gap-1.5 text-small hover:text-indigo"
          >
            <span className="sr-only">Without </span>
            <span {...lang}>{label}</span>
            <CloseIcon className="size-4 text-muted" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          href={browseHref(path, { ...(query && { query }), ...(sort && { sort }) })}
          scroll={false}
          className="link inline-flex min-h-10 items-center text-small"
        >
          Clear all
        </Link>
      </li>
    </ul>
  );
}
