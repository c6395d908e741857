import { readFile } from 'node:fs/promises';
import type { Redis } from 'ioredis';
import { ConfigError } from '#platform/config/config-error.ts';
import { readManifest } from '../persisted/manifest.ts';
import { memoryStore, redisStore } from '../persisted/operation-store.ts';
import type { RouterOptions } from '../router.ts';
import type { Settings } from './settings.ts';

/** What the settings say of persisted queries; the manifest is read once, at the start. */
export async function persistedOperations(
  { persistedQueries }: Settings,
  redis: Redis | null,
): Promise<NonNullable<RouterOptions['persisted']>> {
  const { automatic, ttlSeconds, manifest, safelist: mode, clients } = persistedQueries;
  if (mode !== 'off' && manifest === undefined)
    throw new ConfigError(`persistedQueries.safelist is ${mode}: name its operations in persistedQueries.manifest.`);
  const store = redis ? redisStore(redis, ttlSeconds) : memoryStore();
  const operations = manifest === undefined ? new Map<string, string>() : await manifestIn(manifest);
  return { store: automatic ? store : null, safelist: { mode, operations, clients } };
}

async function manifestIn(file: string): Promise<ReadonlyMap<string, string>> {
  try {
    return readManifest(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it is not that';
    throw new ConfigError(`persistedQueries.manifest is ${file}: name a manifest in Apollo's format (${reason}).`);
  }
}
