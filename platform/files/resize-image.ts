import sharp, { type Sharp } from 'sharp';
import type { FileStore } from './file-store.ts';
import { type ImageFormat, type Size, sizeKey } from './image-url.ts';
import { turns } from './turns.ts';

const ENCODERS: Record<ImageFormat, (image: Sharp) => Sharp> = {
  // Effort 2 is four times faster than the default and costs a few percent of size; a shopper may be waiting.
  avif: (image) => image.avif({ quality: 55, effort: 2 }),
  webp: (image) => image.webp({ quality: 80, effort: 3 }),
  png: (image) => image.png({ palette: true }),
};

export interface Resizer {
  /** Null where there is no such picture; made when it is first asked for. Throws `Busy`. `key` must be one of the store. */
  resized(key: string, size: Size): Promise<Buffer | null>;
  /** Null where it has not been made. */
  made(key: string, size: Size): Promise<Buffer | null>;
  /** Has it made when nobody waits for another; forgets it where much waits already. */
  makeLater(key: string, size: Size): void;
}

/**
 * Pictures in other sizes, made once from the stored one and kept beside it. Equal requests share one making, few are
 * made at a time, and beyond `waiting` the rest are turned away.
 */
export function imageResizer(store: FileStore, { atOnce = 2, waiting = 500 } = {}): Resizer {
  const underWay = new Map<string, Promise<Buffer | null>>();
  const inTurn = turns({ atOnce, waiting });
  const inTurnLater = turns({ atOnce: 1, waiting });

  const make = async (key: string, size: Size): Promise<Buffer | null> => {
    // Read within its turn: what waits takes no memory.
    const made = await inTurn(async () => {
      const original = await store.get(key);
      if (!original) return null;
      const { width, format } = size;
      const image = sharp(original, { limitInputPixels: 50_000_000 }).resize({ width, withoutEnlargement: true });
      return await ENCODERS[format](image).toBuffer();
    });
    if (made) await store.put(sizeKey(key, size), made);
    return made;
  };

  const made = (key: string, size: Size) => store.get(sizeKey(key, size));

  const resized = (key: string, size: Size): Promise<Buffer | null> => {
    const name = sizeKey(key, size);
    let making = underWay.get(name);
    if (!making) {
      making = made(key, size)
        .then((kept) => kept ?? make(key, size))
        .finally(() => underWay.delete(name));
      underWay.set(name, making);
    }
    return making;
  };

  return {
    made,
    resized,
    makeLater(key, size) {
      if (underWay.has(sizeKey(key, size))) return;
      // Whatever is wrong with the picture, whoever asks for it is told.
      inTurnLater(() => resized(key, size)).catch(() => undefined);
    },
  };
}
