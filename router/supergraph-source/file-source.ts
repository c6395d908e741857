import { readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '#platform/config/config-error.ts';
import type { SupergraphSource } from './supergraph-source.ts';

const EVERY_MS = 500;
const SETTLE_MS = 30;

/** A file of SDL, taken again whenever it changes. */
export function fileSource(file: string): SupergraphSource {
  const changed = changesOf(() => [file]);
  return {
    name: file,
    everyMs: EVERY_MS,
    look: async () => ((await changed()) ? readFile(file, 'utf8') : null),
  };
}

/**
 * Whether one of these files has changed since the last call; true at the first. Files are asked and not watched:
 * mounted volumes and ConfigMaps, which are swapped by a link, send no events.
 */
export function changesOf(files: () => readonly string[]): () => Promise<boolean> {
  let known: string | undefined;
  return async () => {
    const now = await fingerprint(files());
    if (now === known) return false;
    await sleep(SETTLE_MS);
    // It is being written: next time.
    if (known !== undefined && (await fingerprint(files())) !== now) return false;
    known = now;
    return true;
  };
}

const fingerprint = async (files: readonly string[]): Promise<string> =>
  (await Promise.all(files.map(fileState))).join('\n');

async function fileState(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${file} ${mtimeMs} ${size} ${ino}`;
  } catch {
    throw new ConfigError(`There is no file ${file}: name one that is there.`);
  }
}
