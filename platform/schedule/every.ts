import { log } from '#platform/telemetry/log.ts';

/** Repeats a deed with a pause between; at once when it answers `true`. A failure is logged and waits a second. */
export function every(pauseMs: number, what: string, deed: () => Promise<unknown>): { stop(): Promise<void> } {
  let stopped = false;
  let wake = () => {};
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (!stopped) {
      try {
        if ((await deed()) === true) continue;
        if (!stopped) await pause(pauseMs);
      } catch (reason) {
        if (stopped) return;
        log.warn({ err: reason }, `${what} failed; it tries again in a second`);
        await pause(Math.max(1_000, pauseMs));
      }
    }
  })();
  return {
    async stop() {
      stopped = true;
      wake();
      await loop;
    },
  };
}
