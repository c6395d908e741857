import type { Redis } from 'ioredis';
import { ConfigError } from '#platform/config/config-error.ts';
import { memoryStore, redisStore } from '../persisted/operation-store.ts';
import { openSafelist, type SafelistFile } from '../persisted/safelist-file.ts';
import type { RouterOptions } from '../router.ts';
import type { Settings } from './settings.ts';

/** What the settings say of persisted queries, and the file of the safelist, to be followed. */
export async function persistedOperations(
  { persistedQueries }: Settings,
  redis: Redis | null,
): Promise<{ readonly options: NonNullable<RouterOptions['persisted']>; readonly file: SafelistFile | null }> {
  const { automatic, ttlSeconds, manifest, safelist: mode, clients } = persistedQueries;
  if (mode !== 'off' && manifest === undefined)
    throw new ConfigError(`persistedQueries.safelist is ${mode}: name its operations in persistedQueries.manifest.`);
  const store = redis ? redisStore(redis, ttlSeconds) : memoryStore();
  const file = manifest === undefined ? null : await manifestIn(manifest);
  const operations = file?.operations ?? new Map<string, string>();
  return { options: { store: automatic ? store : null, safelist: { mode, operations, clients } }, file };
}

async function manifestIn(file: string): Promise<SafelistFile> {
  try {
    return await openSafelist(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it is not that';
    throw new ConfigError(`persistedQueries.manifest is ${file}: name a manifest in Apollo's format (${reason}).`);
  }
}
