'use client';

import { useSyncExternalStore } from 'react';

const FORMATS = {
  time: { timeStyle: 'medium' },
  day: { dateStyle: 'long' },
  moment: { dateStyle: 'long', timeStyle: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A moment in the shopper's own time zone; until the browser has taken over, in the server's. */
export function LocalTime({ at, as, className }: { at: string; as: keyof typeof FORMATS; className?: string }) {
  const format = () => new Intl.DateTimeFormat('en-GB', FORMATS[as]).format(new Date(at));
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
