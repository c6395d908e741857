import { readFile } from 'node:fs/promises';
import type { RouterLog } from '../log.ts';
import { changesOf } from '../supergraph-source/file-source.ts';
import { followSupergraph } from '../supergraph-source/supergraph-source.ts';
import { readManifest } from './manifest.ts';

type Operations = ReadonlyMap<string, string>;

export interface SafelistFile {
  readonly operations: Operations;
  /** Hands on what the file says from now on; one that is broken changes nothing and is told once. The answer ends it. */
  follow(onChange: (operations: Operations) => void, log: RouterLog): () => void;
}

const EVERY_MS = 1_000;

/** A manifest that a build writes anew while the router runs; throws when it cannot be read now. */
export async function openSafelist(file: string): Promise<SafelistFile> {
  const changed = changesOf(() => [file]);
  // What is wrong with it is told by who reads it.
  await changed().catch(() => undefined);
  const operations = readManifest(await readFile(file, 'utf8'));
  const look = async () => ((await changed()) ? readFile(file, 'utf8') : null);
  return {
    operations,
    follow: (onChange, log) =>
      followSupergraph(
        { name: file, everyMs: EVERY_MS, look },
        { what: 'safelist', onChange: (text) => onChange(readManifest(text)), log },
      ),
  };
}
