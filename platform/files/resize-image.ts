import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { absent, type FileStore, writeWhole } from './file-store.ts';
import type { ImageFormat } from './image-url.ts';

/** More pictures are being made than this machine can make soon. */
export class ResizerBusy extends Error {}

export interface Size {
  readonly width: number;
  readonly format: ImageFormat;
}

const ENCODERS: Record<ImageFormat, (image: Sharp) => Sharp> = {
  // Effort 2 is four times faster than the default and costs a few percent of size; a shopper may be waiting.
  avif: (image) => image.avif({ quality: 55, effort: 2 }),
  webp: (image) => image.webp({ quality: 80, effort: 3 }),
  png: (image) => image.png({ palette: true }),
};

/**
 * Pictures in other sizes, made once from the stored one and kept in `folder`. Equal requests share one making, few are
 * made at a time, and beyond `waiting` the rest are turned away.
 */
export function imageResizer(store: FileStore, folder: string, { atOnce = 2, waiting = 500 } = {}) {
  const underWay = new Map<string, Promise<Buffer | null>>();
  const queue: (() => void)[] = [];
  let busy = 0;

  const turn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy < atOnce) busy++;
    else if (queue.length >= waiting) throw new ResizerBusy();
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else busy--;
    }
  };

  const make = async (key: string, { width, format }: Size, file: string): Promise<Buffer | null> => {
    const kept = await readFile(file).catch(absent);
    if (kept) return kept;
    const original = await store.get(key);
    if (!original) return null;
    const image = sharp(original, { limitInputPixels: 50_000_000 }).resize({ width, withoutEnlargement: true });
    const made = await turn(() => ENCODERS[format](image).toBuffer());
    await mkdir(path.dirname(file), { recursive: true });
    await writeWhole(file, made);
    return made;
  };

  /** Null where there is no such picture. `key` must be a key of the store. */
  return (key: string, size: Size): Promise<Buffer | null> => {
    const file = path.join(folder, `${size.width}`, `${key}.${size.format}`);
    let making = underWay.get(file);
    if (!making) {
      making = make(key, size, file).finally(() => underWay.delete(file));
      underWay.set(file, making);
    }
    return making;
  };
}
