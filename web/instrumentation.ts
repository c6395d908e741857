import { readConfig } from '#config';

/** Next calls this once at start: a wrong variable stops the server then, not at the first shopper. */
export function register(): void {
  readConfig();
}
