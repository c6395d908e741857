'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';
import { button } from '#design/button.ts';
import { ChevronIcon } from '#design/icons.tsx';
import { inLanguage } from '#features/language/in-language.ts';
import type { ProductShelfQuery } from '#generated/graphql.ts';
import { type Browse, browseHref, FACET, readBrowse } from './browse.ts';

export type Facet = NonNullable<ProductShelfQuery['products']>['facets'][number];

interface FacetsProps {
  readonly path: string;
  readonly browse: Browse;
  readonly facets: readonly Facet[];
  readonly totalCount: number;
}

/** What a list can be narrowed by, each with how many there would be. Without scripts it is a form with a button. */
export function Facets({ path, browse, facets, totalCount }: FacetsProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [narrowing, startNarrowing] = useTransition();
  useClosing(form);

  const narrow = () => {
    if (!form.current) return;
    const params: Record<string, string[]> = {};
    for (const [name, value] of new FormData(form.current)) params[name] = [...(params[name] ?? []), String(value)];
    startNarrowing(() => router.replace(browseHref(path, readBrowse(params)), { scroll: false }));
  };
  const shown = facets.filter((facet) => isTelling(facet, totalCount));
  if (shown.length === 0) return null;
  return (
    <form
      ref={form}
      action={path}
      aria-label="Filter"
      aria-busy={narrowing}
      className="relative -mx-4 -my-1 flex gap-2 overflow-x-auto px-4 py-1 [scrollbar-width:none] md:mx-0 md:flex-wrap md:overflow-visible md:px-0"
      onChange={(event) => {
        if ((event.target as EventTarget) instanceof HTMLInputElement && event.target.type === 'checkbox') narrow();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        narrow();
      }}
    >
      {browse.query && <input type="hidden" name="q" value={browse.query} />}
      {browse.sort && <input type="hidden" name="sort" value={browse.sort} />}
      {shown.map((facet) => (
        <FacetMenu key={facet.by} facet={facet} browse={browse} />
      ))}
      <noscript>
        <button type="submit" className={button('quiet', 'min-h-10!')}>
          Show what fits
        </button>
      </noscript>
    </form>
  );
}

/** Of an option that so few have, nobody looking at the whole needs to know. */
const FEW = 0.2;

const EVERYWHERE = new Set(['category', 'price', 'brand', 'seller', 'rating', 'inStock']);

/** A choice of one is none, unless it is chosen: then it can be taken back. */
function isTelling({ by, values, min, max }: Facet, totalCount: number): boolean {
  if (by === 'price') return min !== max;
  if (values.some(({ selected }) => selected)) return true;
  const having = values.reduce((sum, { count }) => sum + count, 0);
  return values.length > 1 && (EVERYWHERE.has(by) || having >= totalCount * FEW);
}

function FacetMenu({ facet, browse }: { facet: Facet; browse: Browse }) {
  const chosen =
    facet.by === 'price'
      ? Number(Boolean(browse.min || browse.max))
      : facet.values.filter(({ selected }) => selected).length;
  return (
    <details name="facet" className="group shrink-0 md:relative">
      <summary
        className={`flex min-h-10 items-center gap-1.5 rounded-full border bg-card pr-3 pl-4 text-small whitespace-nowrap transition-colors duration-150 hover:border-ink ${chosen > 0 ? 'border-ink font-medium' : 'border-line'}`}
      >
        {facet.label}
        {chosen > 0 && facet.by !== 'price' && (
          <span className="tabular-nums">
            <span className="sr-only">, chosen: </span>
            {chosen}
          </span>
        )}
        <ChevronIcon className="size-4 text-muted transition-transform duration-150 group-open:rotate-180" />
      </summary>
      <div className="fixed inset-x-0 bottom-0 z-20 max-h-[60dvh] animate-arrive overflow-y-auto overscroll-contain rounded-t-card border border-line bg-card p-4 shadow-raised md:absolute md:right-auto md:bottom-auto md:mt-2 md:max-h-[min(24rem,60dvh)] md:w-72 md:rounded-card md:p-2">
        <p className="mb-2 px-2 font-medium md:hidden" aria-hidden="true">
          {facet.label}
        </p>
        {facet.by === 'price' ? <PriceRange facet={facet} browse={browse} /> : <Values facet={facet} />}
      </div>
    </details>
  );
}

function Values({ facet }: { facet: Facet }) {
  return (
    <fieldset>
      <legend className="sr-only">{facet.label}</legend>
      {facet.values.map(({ value, label, labelLocale, count, selected }) => (
        <label
          // What the address says counts: a choice that was taken back elsewhere is taken back here.
          key={`${value} ${selected}`}
          className="flex min-h-10 cursor-pointer items-center gap-3 rounded-control px-2 text-small hover:bg-paper"
        >
          <input
            type="checkbox"
            name={FACET + facet.by}
            value={value}
            defaultChecked={selected}
            className="size-4.5 shrink-0"
          />
          <span className="min-w-0 flex-1">
            <span {...inLanguage(labelLocale)}>{label}</span>
          </span>
          <span className="text-note text-muted tabular-nums">{count}</span>
        </label>
      ))}
    </fieldset>
  );
}

function PriceRange({ facet, browse }: { facet: Facet; browse: Browse }) {
  return (
    <fieldset key={`${browse.min} ${browse.max}`} className="p-2">
      <legend className="sr-only">Price</legend>
      <div className="flex items-end gap-3">
        {(['min', 'max'] as const).map((end) => (
          <label key={end} className="min-w-0 flex-1 text-note text-muted">
            {end === 'min' ? 'From' : 'To'}
            <input
              name={end}
              inputMode="decimal"
              pattern="[0-9]{1,9}([.][0-9]{1,2})?"
              title="A price such as 12.50"
              defaultValue={browse[end]}
              placeholder={facet[end] ?? ''}
              className="mt-1 h-11 w-full rounded-control border border-line bg-paper px-3 text-small text-ink tabular-nums placeholder:text-muted hover:border-muted"
            />
          </label>
        ))}
      </div>
      <button type="submit" className={button('quiet', 'mt-3 w-full min-h-11!')}>
        Set the price
      </button>
    </fieldset>
  );
}

/** A menu closes by Escape, and when something else is pressed. */
function useClosing(form: { readonly current: HTMLFormElement | null }): void {
  useEffect(() => {
    const openMenus = () => [...(form.current?.querySelectorAll<HTMLDetailsElement>('details[open]') ?? [])];
    const pressed = (event: PointerEvent) => {
      for (const menu of openMenus()) if (!menu.contains(event.target as Node)) menu.open = false;
    };
    const escaped = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      for (const menu of openMenus()) {
        menu.open = false;
        menu.querySelector('summary')?.focus();
      }
    };
    document.addEventListener('pointerdown', pressed);
    document.addEventListener('keydown', escaped);
    return () => {
      document.removeEventListener('pointerdown', pressed);
      document.removeEventListener('keydown', escaped);
    };
  }, [form]);
}
