import { randomBytes } from 'node:crypto';
import { Refusal } from '#platform/errors/refusal.ts';
import { fileStore } from '#platform/files/open-file-store.ts';
import { type Picture, readPicture } from '#platform/files/read-picture.ts';
import { Busy } from '#platform/files/turns.ts';
import { database } from '../database.ts';

/** A picture in the file store that no image points at yet. */
export interface KeptPicture extends Omit<Picture, 'content' | 'hash'> {
  readonly key: string;
}

/**
 * Reads what came from outside and puts it into the file store. Its key is written down first, so that the file goes
 * again when no image follows (`sweepLooseFiles`). No two images share a file: one may be deleted without the other.
 */
export async function keepPicture(bytes: Buffer): Promise<KeptPicture> {
  const { content, hash, ...picture } = await readPicture(bytes).catch(busy);
  const key = `products/${hash}-${randomBytes(5).toString('hex')}.webp`;
  await noteLoose(key);
  await fileStore().put(key, content);
  return { key, ...picture };
}

const noteLoose = database.statement('catalog.note-loose-file', 'INSERT INTO loose_file (key) VALUES ($1)');

function busy(reason: unknown): never {
  if (!(reason instanceof Busy)) throw reason;
  throw new Refusal('BUSY', 'Many pictures are being read; try again in some seconds.');
}
