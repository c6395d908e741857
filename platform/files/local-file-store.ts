import { randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type FileStore, isFileKey, requireFileKey } from './file-store.ts';

/** Files in a folder of this machine. */
export function localFileStore(folder: string): FileStore {
  const pathOf = (key: string): string | null => (isFileKey(key) ? path.join(folder, key) : null);
  return {
    async put(key, content) {
      requireFileKey(key);
      const file = path.join(folder, key);
      await mkdir(path.dirname(file), { recursive: true });
      await writeWhole(file, content);
    },
    async get(key) {
      const file = pathOf(key);
      return file ? await readFile(file).catch(absent) : null;
    },
    async has(key) {
      const file = pathOf(key);
      return file
        ? await access(file)
            .then(() => true, absent)
            .then(Boolean)
        : false;
    },
    async remove(keys) {
      for (const key of keys) requireFileKey(key);
      await Promise.all(keys.map((key) => rm(path.join(folder, key), { force: true })));
    },
  };
}

/** A reader sees all of the file or none, also when the writer is killed half-way. */
async function writeWhole(file: string, content: Buffer): Promise<void> {
  const draft = path.join(path.dirname(file), `.${randomUUID()}.part`);
  try {
    await writeFile(draft, content);
    await rename(draft, file);
  } catch (reason) {
    await rm(draft, { force: true });
    throw reason;
  }
}

function absent(reason: NodeJS.ErrnoException): null {
  if (reason.code === 'ENOENT' || reason.code === 'ENOTDIR' || reason.code === 'EISDIR') return null;
  throw reason;
}
