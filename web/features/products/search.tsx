'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { SearchIcon } from '#design/icons.tsx';
import { formatRange } from '#design/money.ts';
import { inLanguage } from '#features/language/in-language.ts';
import { browseHref } from './browse.ts';
import { type Suggested, type Suggestion, suggestionsOf } from './suggestions.ts';

/** How long to wait for the next letter before asking. */
const PAUSE_MS = 120;

interface SearchProps {
  readonly query?: string;
  /** Only where somebody just asked for the field. */
  readonly autoFocus?: boolean;
  readonly className?: string;
}

/**
 * A plain form, so that a search is an address to share; while somebody types it suggests, as a combobox (WAI-ARIA
 * Authoring Practices, "Editable Combobox With List Autocomplete"). Where nothing can be suggested it is still a form.
 */
export function Search({ query, autoFocus = false, className = '' }: SearchProps) {
  const router = useRouter();
  const id = useId();
  const { suggestions, typed, forget } = useSuggestions();
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const shown = open && suggestions.length > 0;

  const close = () => {
    setOpen(false);
    setAt(-1);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && suggestions.length > 0) {
      event.preventDefault();
      setOpen(true);
      // One place more than there are suggestions: what was typed itself.
      const places = suggestions.length + 1;
      setAt(((at + 1 + step + places) % places) - 1);
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter') {
      const chosen = shown ? suggestions[at] : undefined;
      if (chosen) {
        event.preventDefault();
        router.push(chosen.href);
      }
      close();
      forget();
    }
  };

  return (
    <search className={className}>
      <form
        action="/products"
        className="relative"
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) close();
        }}
      >
        <SearchIcon className="pointer-events-none absolute top-3 left-3 size-5 text-muted" />
        <input
          type="search"
          name="q"
          defaultValue={query}
          placeholder="Search the market"
          aria-label="Search the market"
          role="combobox"
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={shown && at >= 0 ? `${id}-${at}` : undefined}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: it follows a press on "Search"
          autoFocus={autoFocus}
          maxLength={200}
          onChange={({ currentTarget }) => {
            typed(currentTarget.value);
            setOpen(true);
            setAt(-1);
          }}
          onFocus={() => setOpen(true)}
          onKeyDown={press}
          className="h-11 w-full rounded-control border border-line bg-card pr-3 pl-10 text-small transition-colors duration-150 placeholder:text-muted hover:border-muted"
        />
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label="Suggestions"
          hidden={!shown}
          className="absolute inset-x-0 top-full z-20 mt-2 max-h-[min(28rem,70dvh)] overflow-y-auto overscroll-contain rounded-card border border-line bg-card p-2 shadow-raised"
        >
          {suggestions.map((suggestion, place) => (
            <SuggestedOption
              key={suggestion.href}
              id={`${id}-${place}`}
              suggestion={suggestion}
              active={place === at}
              onChoose={() => {
                close();
                forget();
              }}
            />
          ))}
        </div>
        <p aria-live="polite" className="sr-only">
          {shown ? `${suggestions.length} ${suggestions.length === 1 ? 'suggestion' : 'suggestions'}` : ''}
        </p>
      </form>
    </search>
  );
}

interface SuggestedOptionProps {
  readonly id: string;
  readonly suggestion: Suggestion;
  readonly active: boolean;
  readonly onChoose: () => void;
}

/** The arrow keys lead here without moving the focus, so that typing goes on. */
function SuggestedOption({ id, suggestion, active, onChoose }: SuggestedOptionProps) {
  const { href, text, locale, note, picture } = suggestion;
  return (
    <Link
      id={id}
      href={href}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      prefetch={false}
      ref={(element) => {
        if (active) element?.scrollIntoView({ block: 'nearest' });
      }}
      // Safari gives no focus to a link that is pressed: the field must not lose its own before the press is over.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className="flex min-h-11 items-center gap-3 rounded-control px-2 py-1 text-small hover:bg-paper aria-selected:bg-paper aria-selected:outline-2 aria-selected:-outline-offset-2 aria-selected:outline-indigo"
    >
      {picture ? (
        // biome-ignore lint/performance/noImgElement: it has the size that it is shown at
        <img src={picture} alt="" className="size-10 shrink-0 rounded-control" />
      ) : (
        <SearchIcon className="mx-2.5 size-5 shrink-0 text-muted" />
      )}
      <span className="min-w-0 flex-1 truncate">
        <span {...(locale && inLanguage(locale))}>{text}</span>
      </span>
      {note && <span className="shrink-0 text-note text-muted">{note}</span>}
    </Link>
  );
}

/** What fits what is in the field by now; late answers to what is there no longer are dropped. */
function useSuggestions() {
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  const asking = useRef<AbortController | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const forget = () => {
    clearTimeout(timer.current);
    asking.current?.abort();
    setSuggestions([]);
  };
  const ask = async (text: string, { signal }: AbortController) => {
    try {
      const response = await fetch(`/suggestions?${new URLSearchParams({ q: text })}`, { signal });
      const found: Suggested = response.ok ? await response.json() : null;
      if (!signal.aborted)
        setSuggestions(
          suggestionsOf(found, { searchFor: (words) => browseHref('/products', { query: words }), price: formatRange }),
        );
    } catch {
      // Nothing is suggested: the search itself says what is wrong.
      if (!signal.aborted) setSuggestions([]);
    }
  };
  const typed = (text: string) => {
    clearTimeout(timer.current);
    asking.current?.abort();
    if (text.trim() === '') return setSuggestions([]);
    const controller = new AbortController();
    asking.current = controller;
    timer.current = setTimeout(() => void ask(text, controller), PAUSE_MS);
  };
  return { suggestions, typed, forget };
}
