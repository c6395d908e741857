'use client';

import { useSyncExternalStore } from 'react';
import { type MomentForm, momentWords } from './moment-words.ts';

/** A moment in the shopper's own time zone; until the browser has taken over, in the server's. */
export function LocalTime({ at, as, className }: { at: string; as: MomentForm; className?: string }) {
  const format = () => momentWords(new Date(at), as, new Date());
  const text = useSyncExternalStore(never, format, format);
  return (
    <time dateTime={at} className={className} suppressHydrationWarning>
      {text}
    </time>
  );
}

function never(): () => void {
  return () => undefined;
}
