import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const { CRASH_AT } = readConfig(
  {
    CRASH_AT: z
      .string()
      .optional()
      .describe('the name of a crash point, e.g. checkout.authorize:after; for fault tests only'),
  },
  process.env,
);

/** Where a fault test may end this process by SIGKILL, as a power cut would: nothing is flushed, nobody is told. */
export function crashPoint(name: string): void {
  if (CRASH_AT === name) process.kill(process.pid, 'SIGKILL');
}
