import { log } from '../telemetry/log.ts';

export interface Kept<Value, Way extends unknown[] = []> {
  /** `way` goes to the reading, where there is one. */
  (...way: Way): Promise<Value>;
  /** In this process a change then shows at once. */
  forget(): void;
}

/**
 * A small table that hot paths read, kept in memory and read again when it is older than `forMs`. What is known serves
 * on where it cannot be read: a database that is away for a while stops no checkout.
 */
export function kept<Value, Way extends unknown[] = []>(
  what: string,
  forMs: number,
  read: (...way: Way) => Promise<Value>,
): Kept<Value, Way> {
  let known: { value: Promise<Value>; at: number } | null = null;
  const load = (before: Promise<Value> | null, way: Way) => {
    const loading = { value: read(...way).catch((reason) => instead(reason, before)), at: Date.now() };
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
    (...way: Way) => {
      if (!known || Date.now() - known.at > forMs) known = load(known?.value ?? null, way);
      return known.value;
    },
    {
      forget: () => {
        known = null;
      },
    },
  );
}
