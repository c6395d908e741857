import { isConfigError } from '#platform/config/config-error.ts';

/**
 * Says why a program ends. What a person can mend is one sentence; anything else is a fault of Souk and keeps its stack.
 */
export function describeFailure(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isConfigError(cause)) return cause.message;
    const { code, port, path, syscall } = cause as NodeJS.ErrnoException & { port?: number };
    if (code === 'EADDRINUSE' && port)
      return `Port ${port} is taken by another program: stop that, or choose another port.`;
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === POSTGRES_DISK_FULL) {
      return `The disk${path ? ` of ${path}` : ''} is full: free some space, or set SOUK_DATA to a folder on another disk.`;
    }
    if (code === 'EACCES' && path)
      return `Souk may not ${syscall ?? 'use'} ${path}: give it the right, or choose another place.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const POSTGRES_DISK_FULL = '53100';

/** Ends the program with that. */
export function fail(error: unknown): never {
  process.stderr.write(`\n${describeFailure(error)}\n`);
  process.exit(1);
}
