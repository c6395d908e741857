import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '#platform/config/config-error.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';

/** A folder that Souk keeps everything in: `postgres/`, `files/`, `secret`, `run.json`. Held by one process at a time. */
export interface DataFolder {
  readonly path: string;
  /** Random, made once, for signing tokens; never leaves this folder but to Souk's own processes. */
  readonly secret: string;
  /** Where product pictures and other files live. */
  readonly files: string;
  /** Leaves a note, for a second start, of where this run answers. */
  announce(addresses: readonly string[]): Promise<void>;
  release(): Promise<void>;
}

/** Makes or opens a data folder. A folder that holds other things is refused and left as it is; so is one in use. */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  await claim(folder);
  const lock = await lockFolder(folder);
  if ('heldBy' in lock) throw new ConfigError(await inUse(folder, lock.heldBy));
  return await furnish(folder, lock);
}

const MARKER = 'souk.json';

async function claim(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new ConfigError(
      `SOUK_DATA is ${JSON.stringify(folder)}, which is no folder that Souk can read (${error.code}).`,
    );
  });
  if (entries?.includes(MARKER)) return;
  if (entries && entries.length > 0) {
    throw new ConfigError(
      `SOUK_DATA is ${JSON.stringify(folder)}, a folder that holds other things: set it to a new or an empty folder.`,
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o755 }).catch(cannotWrite(folder));
  await writeFile(path.join(folder, MARKER), `${JSON.stringify({ souk: 'data folder', layout: 1 })}\n`).catch(
    cannotWrite(folder),
  );
}

const cannotWrite = (folder: string) => (error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOSPC') throw error;
  throw new ConfigError(
    `SOUK_DATA is ${JSON.stringify(folder)}, where Souk cannot write (${error.code}): set it to another folder.`,
  );
};

async function furnish(folder: string, lock: FolderLock): Promise<DataFolder> {
  const files = path.join(folder, 'files');
  await mkdir(files, { recursive: true }).catch(cannotWrite(folder));
  return {
    path: folder,
    secret: await readOrMakeSecret(path.join(folder, 'secret')),
    files,
    announce: (addresses) => replace(path.join(folder, 'run.json'), { pid: process.pid, addresses }),
    release: () => lock.release(),
  };
}

async function readOrMakeSecret(file: string): Promise<string> {
  const made = await readFile(file, 'utf8').catch(() => '');
  if (made.length >= 32) return made;
  const secret = randomBytes(32).toString('base64url');
  await writeFile(file, secret, { mode: 0o600 }).catch(cannotWrite(path.dirname(file)));
  return secret;
}

async function inUse(folder: string, pid: number): Promise<string> {
  const note = await readFile(path.join(folder, 'run.json'), 'utf8').catch(() => '{}');
  const run = JSON.parse(note) as { pid?: number; addresses?: string[] };
  const state = run.pid === pid ? `answers at ${run.addresses?.join(' and ')}` : 'is still starting';
  return `Souk already runs with ${folder} (process ${pid}) and ${state}: stop it, or set SOUK_DATA to another folder.`;
}

/** Writes a small file whole or not at all. */
export async function replace(file: string, content: object): Promise<void> {
  const fresh = `${file}.new`;
  const before = await stat(file).catch(() => null);
  await writeFile(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: before?.mode ?? 0o600 });
  await rename(fresh, file);
}
