import { log } from '../telemetry/log.ts';

export interface Kept<Value> {
  (): Promise<Value>;
  /** In this process a change then shows at once. */
  forget(): void;
}

/**
 * A small table that hot paths read, kept in memory and read again when it is older than `forMs`. What is known serves
 * on where it cannot be read: a database that is away for a while stops no checkout.
 */
export function kept<Value>(what: string, forMs: number, read: () => Promise<Value>): Kept<Value> {
  let known: { value: Promise<Value>; at: number } | null = null;
  const load = (before: Promise<Value> | null) => {
    const loading = { value: read().catch((reason) => instead(reason, before)), at: Date.now() };
    loading.value.catch(() => {
      // Never known: whoever asks next tries again.
      if (known === loading) known = null;
    });
    return loading;
  };
  const instead = (reason: unknown, before: Promise<Value> | null): Promise<Value> => {
    if (!before) throw reason;
    log.warn({ err: reason }, `The ${what} could not be read again; the known ones serve on`);
    return before;
  };
  return Object.assign(
    () => {
      if (!known || Date.now() - known.at > forMs) known = load(known?.value ?? null);
      return known.value;
    },
    {
      forget: () => {
        known = null;
      },
    },
  );
}
