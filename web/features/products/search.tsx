import { SearchIcon } from '#design/icons.tsx';

/** A plain form, so that a search is an address to share. */
export function Search({ query, className = '' }: { query?: string; className?: string }) {
  return (
    <search className={className}>
      <form action="/products" className="relative">
        <SearchIcon className="pointer-events-none absolute top-3 left-3 size-5 text-muted" />
        <input
          type="search"
          name="q"
          defaultValue={query}
          placeholder="Search the market"
          aria-label="Search the market"
          className="h-11 w-full rounded-control border border-line bg-card pr-3 pl-10 text-small transition-colors duration-150 placeholder:text-muted hover:border-muted"
        />
      </form>
    </search>
  );
}
