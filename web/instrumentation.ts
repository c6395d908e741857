import { readConfig } from '#config';

/** Next calls this once at start: a wrong variable stops the server then, not at the first shopper. */
export async function register(): Promise<void> {
  readConfig();
  // Bundled for Next's edge runtime as well, which has no servers to listen to; what stands here is cut out there.
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('#security/note-addresses.ts')).noteAddresses();
}
