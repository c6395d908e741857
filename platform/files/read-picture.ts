import { createHash } from 'node:crypto';
import sharp, { type Metadata } from 'sharp';
import { Refusal } from '#platform/errors/refusal.ts';
import { type PictureType, pictureType } from './picture-type.ts';
import { turns } from './turns.ts';

/** A picture from outside, made our own. */
export interface Picture {
  /** WebP in sRGB, upright, without a word about camera, place or author. */
  readonly content: Buffer;
  readonly width: number;
  readonly height: number;
  /**
   * A picture of at most 16 px as a data URL, to be shown enlarged and blurred behind the real one until that is there; null
   * for one with holes, through which it would be seen for good.
   */
  readonly blurDataUrl: string | null;
  /** Of the content, 24 digits: it goes into the address, which may be cached for ever. */
  readonly hash: string;
}

/** What Shopify takes is 25 megapixels, a good camera makes 48; one more decoded takes 200 MB of memory. */
const MOST_PIXELS = 50_000_000;
/** Twice what is served, for the screens to come. */
const KEPT_PX = 2400;
const PREVIEW_PX = 16;
const MOST_SECONDS = 20;

/** Decoding takes memory by the pixel, and so does waiting by the byte: few at once, and a short queue. */
const inTurn = turns({ atOnce: 2, waiting: 24 });

/**
 * Reads bytes that nobody vouches for: what they are is told by themselves, and what comes out was encoded here. Throws
 * `TYPE_UNSUPPORTED`, `TOO_MANY_PIXELS` or `BROKEN` as a `Refusal`, and `Busy`.
 */
export async function readPicture(content: Buffer): Promise<Picture> {
  const type = pictureType(content);
  if (!type)
    throw new Refusal('TYPE_UNSUPPORTED', 'This is no picture that is taken: send JPEG, PNG, WebP, AVIF or GIF.');
  return await inTurn(async () => {
    await checkSize(content, type);
    const image = sharp(content, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true })
      .timeout({ seconds: MOST_SECONDS })
      .autoOrient()
      .resize({ width: KEPT_PX, height: KEPT_PX, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 88, effort: 3 });
    const { data, info } = await image.toBuffer({ resolveWithObject: true }).catch(broken);
    const hash = createHash('sha256').update(data).digest('hex').slice(0, 24);
    const hasHoles = info.channels === 4 && !(await sharp(data).stats()).isOpaque;
    const blurDataUrl = hasHoles ? null : await blurPreview(data);
    return { content: data, width: info.width, height: info.height, blurDataUrl, hash };
  });
}

/** A picture of ours, tiny, as a data URL. */
export async function blurPreview(picture: Buffer): Promise<string> {
  const tiny = await sharp(picture)
    .resize(PREVIEW_PX, PREVIEW_PX, { fit: 'inside' })
    .webp({ quality: 40, effort: 4 })
    .toBuffer();
  return `data:image/webp;base64,${tiny.toString('base64')}`;
}

/** By the header alone, before a pixel is decoded: a file of a few kilobytes can claim to be as large as a house. */
async function checkSize(content: Buffer, type: PictureType): Promise<void> {
  const header: Metadata = await sharp(content, { limitInputPixels: false }).metadata().catch(broken);
  // libvips calls AVIF a kind of HEIF.
  if ((header.format === 'heif' ? 'avif' : header.format) !== type) throw brokenPicture();
  const pixels = header.width * header.height;
  if (!(pixels > 0)) throw brokenPicture();
  if (pixels > MOST_PIXELS) {
    throw new Refusal(
      'TOO_MANY_PIXELS',
      `A picture may have ${MOST_PIXELS / 1e6} megapixels, this one has ${Math.ceil(pixels / 1e6)}: make it smaller.`,
    );
  }
}

const brokenPicture = () => new Refusal('BROKEN', 'This picture cannot be read: the file is damaged or cut off.');

function broken(): never {
  throw brokenPicture();
}
