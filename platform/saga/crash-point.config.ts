import { readFileSync, unlinkSync } from 'node:fs';
import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const { CRASH_AT } = readConfig(
  {
    CRASH_AT: z
      .string()
      .optional()
      .describe(
        'the name of a crash point, e.g. checkout.authorize:after, or @ and the path of a file that will hold one; for fault tests only',
      ),
  },
  process.env,
);

/** Where a fault test may end this process by SIGKILL, as a power cut would: nothing is flushed, nobody is told. */
export function crashPoint(name: string): void {
  if (CRASH_AT !== undefined && (CRASH_AT === name || isLoaded(CRASH_AT, name))) process.kill(process.pid, 'SIGKILL');
}

/** A file is loaded while the process runs and goes off once: whoever starts after the crash does not meet it again. */
function isLoaded(crashAt: string, name: string): boolean {
  if (!crashAt.startsWith('@')) return false;
  const file = crashAt.slice(1);
  try {
    if (readFileSync(file, 'utf8') !== name) return false;
    unlinkSync(file);
    return true;
  } catch {
    return false;
  }
}
