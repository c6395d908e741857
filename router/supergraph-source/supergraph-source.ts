import type { RouterLog } from '../log.ts';

/** Where a supergraph comes from. */
export interface SupergraphSource {
  /** For people, e.g. `supergraph.yaml`. */
  readonly name: string;
  /** How often it is looked at. */
  readonly everyMs: number;
  /** Its supergraph when that is another than at the last look, else null; rejects when it cannot be had. */
  look(): Promise<string | null>;
}

interface FollowOptions {
  onChange(text: string): Promise<void> | void;
  readonly log: RouterLog;
  /** What it is, in the log: a safelist is followed in the same way. */
  readonly what?: string;
}

const MOST_BACKOFF_MS = 60_000;

/**
 * Looks again and again, and hands on what is new. Whatever is bad, the answer or what `onChange` says to it, changes
 * nothing: it is told once, and a source that cannot be had is asked ever more rarely. The answer ends it.
 */
export function followSupergraph(
  source: SupergraphSource,
  { onChange, log, what = 'supergraph' }: FollowOptions,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failures = 0;
  let told = '';

  const look = async (): Promise<void> => {
    try {
      const sdl = await source.look();
      failures = 0;
      if (sdl !== null && !stopped) {
        await onChange(sdl);
        log.info({ [what]: source.name }, `${what} swapped`);
        told = '';
      }
    } catch (error) {
      failures += 1;
      const message = error instanceof Error ? error.message : String(error);
      if (message !== told) log.error({ [what]: source.name, reason: message }, `${what} not taken`);
      told = message;
    }
    if (!stopped) timer = setTimeout(look, waitMs(source.everyMs, failures));
  };
  timer = setTimeout(look, source.everyMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

const waitMs = (everyMs: number, failures: number): number =>
  Math.max(everyMs, Math.min(everyMs * 2 ** Math.max(failures - 1, 0), MOST_BACKOFF_MS));
