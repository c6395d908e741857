import { sagaConfig } from './config.ts';

/** A step took longer than its time: what it asked for may yet happen. */
export class StepTooSlow extends Error {
  override readonly name = 'StepTooSlow';
  readonly code = 'ETIMEDOUT';
}

/** How long to wait before the next try: twice as long each time, and never quite the same for two sagas. */
export function backoffMs(attempts: number, random = Math.random()): number {
  const { retryMs, retryMostMs } = sagaConfig;
  return Math.round(Math.min(retryMostMs, retryMs * 2 ** Math.min(attempts - 1, 30)) * (0.5 + random / 2));
}

/** Gives a deed so long; it goes on unheard when it takes longer. */
export async function within(ms: number, what: string, deed: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StepTooSlow(`${what} took longer than ${ms} ms.`)), ms);
  });
  try {
    await Promise.race([deed, late]);
  } finally {
    clearTimeout(timer);
  }
}
