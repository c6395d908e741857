'use client';

import { useEffect } from 'react';

type Browsed = { readonly productId: string } | { readonly query: string };

/** Tells that somebody is looking, once the page is there; what only fetches pages in advance, or reads them, tells nothing. */
export function NoteBrowsing(props: Browsed) {
  const body = JSON.stringify(props);
  useEffect(() => {
    navigator.sendBeacon('/browsing', body);
  }, [body]);
  return null;
}
