'use client';

import { useSyncExternalStore } from 'react';

/** False on the server and where no script runs: what needs scripts can wait for it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}
