'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { CloseIcon, SearchIcon } from '#design/icons.tsx';
import { useHydrated } from '#design/use-hydrated.ts';
import { Search } from './search.tsx';

const LIST = '/products';
const LOOK = 'grid size-11 place-items-center rounded-control hover:text-indigo md:hidden';

/** Where the header has no room for a field: a button opens one below it. Without scripts it is a link to the list, which has one. */
export function PhoneSearch() {
  const hydrated = useHydrated();
  const [isOpen, setOpen] = useState(false);
  const path = usePathname();
  const here = `${path}?${useSearchParams()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was looked for has been found
  useEffect(() => setOpen(false), [here]);
  if (!hydrated) {
    return (
      <Link href={`${LIST}#search`} aria-label="Search" className={LOOK}>
        <SearchIcon />
      </Link>
    );
  }
  const press = () => {
    if (path === LIST) document.querySelector<HTMLElement>('#search input')?.focus();
    else setOpen(!isOpen);
  };
  return (
    <>
      <button
        type="button"
        aria-label="Search"
        aria-expanded={path === LIST ? undefined : isOpen}
        onClick={press}
        className={LOOK}
      >
        {isOpen ? <CloseIcon /> : <SearchIcon />}
      </button>
      {isOpen && (
        <Search autoFocus className="absolute inset-x-0 top-full border-b border-line bg-paper px-4 py-3 md:hidden" />
      )}
    </>
  );
}
