'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';

const ASKED = 'souk:page-asked';
/** A page that comes sooner needs no announcement. */
const PATIENCE_MS = 350;

/** Called when a link, or a form, starts to lead to another page. */
export function announcePage(address: string): void {
  window.dispatchEvent(new CustomEvent<string>(ASKED, { detail: address }));
}

/** A hairline along the top while the next page takes its time, so that nobody presses its link again. */
export function PageOnItsWay() {
  const [isWaiting, setWaiting] = useState(false);
  const here = `${usePathname()}?${useSearchParams()}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: being somewhere else ends the waiting
  useEffect(() => {
    let patience: ReturnType<typeof setTimeout> | undefined;
    const asked = (event: Event) => {
      clearTimeout(patience);
      const isElsewhere = withoutHash((event as CustomEvent<string>).detail) !== withoutHash(location.href);
      if (isElsewhere) patience = setTimeout(() => setWaiting(true), PATIENCE_MS);
      else setWaiting(false);
    };
    window.addEventListener(ASKED, asked);
    return () => {
      clearTimeout(patience);
      setWaiting(false);
      window.removeEventListener(ASKED, asked);
    };
  }, [here]);

  return (
    <div role="status">
      {isWaiting && (
        <p className="fixed inset-x-0 top-0 z-30 h-0.5 animate-shimmer bg-indigo">
          <span className="sr-only">Fetching the page</span>
        </p>
      )}
    </div>
  );
}

function withoutHash(address: string): string {
  const url = new URL(address, location.href);
  url.hash = '';
  return url.href;
}
