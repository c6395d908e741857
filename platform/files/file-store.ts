import { randomUUID } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where pictures lie. A key is a relative path such as `goods/linen-shirt-3f9a1c0b.webp`; its content never changes. */
export interface FileStore {
  put(key: string, content: Buffer): Promise<void>;
  /** Null where there is no such file, or no such key could be. */
  get(key: string): Promise<Buffer | null>;
  has(key: string): Promise<boolean>;
}

const KEY = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*){0,7}\.[a-z0-9]{1,8}$/;

/** Small letters, digits, hyphens and folders of those: nothing that leads out of the store, or into what is hidden. */
export const isFileKey = (key: string): boolean => key.length <= 200 && KEY.test(key);

/** Files in a folder of this machine. */
export function localFileStore(folder: string): FileStore {
  const pathOf = (key: string): string | null => (isFileKey(key) ? path.join(folder, key) : null);
  return {
    async put(key, content) {
      const file = pathOf(key);
      if (!file) throw new Error(`${JSON.stringify(key)} is no key of a file.`);
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
  };
}

/** A reader sees all of the file or none, also when the writer is killed half-way. */
export async function writeWhole(file: string, content: Buffer): Promise<void> {
  const draft = path.join(path.dirname(file), `.${randomUUID()}.part`);
  try {
    await writeFile(draft, content);
    await rename(draft, file);
  } catch (reason) {
    await rm(draft, { force: true });
    throw reason;
  }
}

export function absent(reason: NodeJS.ErrnoException): null {
  if (reason.code === 'ENOENT' || reason.code === 'ENOTDIR' || reason.code === 'EISDIR') return null;
  throw reason;
}
