import { publicUrl } from './config.ts';

export const IMAGE_FORMATS = ['avif', 'webp', 'png'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** The widths pictures are served in, in pixels: few, so that each is made once and cached everywhere. */
export const IMAGE_WIDTHS = [96, 160, 320, 480, 640, 960, 1200] as const;

/** The next width that is served: 300 is shown in 320, and nothing is wider than 1200. */
export const servedWidth = (width: number): number => IMAGE_WIDTHS.find((served) => served >= width) ?? 1200;

/**
 * Where a picture is served. With a width and no format in the best one that the browser takes, of a stored picture
 * that is larger; without both as it is stored.
 */
export function imageUrl(key: string, width?: number | null, format?: ImageFormat | null): string {
  const address = `${publicUrl}/files/${key}`;
  if (width == null) return format ? `${address}?f=${format}` : address;
  return format ? `${address}?w=${servedWidth(width)}&f=${format}` : `${address}?w=${servedWidth(width)}`;
}

/** The key of a picture by the address that it is served at, whatever the host: a shop may have moved since. Null for another's. */
export function keyOfImageUrl(address: string): string | null {
  const path = URL.canParse(address) ? new URL(address).pathname : '';
  return /\/files\/(.+)$/.exec(path)?.[1] ?? null;
}

export interface Size {
  readonly width: number;
  readonly format: ImageFormat;
}

/** Where a size of a picture is kept in the store; no two pictures or sizes share one. */
export const sizeKey = (key: string, { width, format }: Size): string =>
  `${SIZES}${width}/${key.replace(/\.(?=[^.]*$)/, '-')}.${format}`;

const SIZES = 'sizes/';
/** What browsers send waits here to be looked at, under names that end in `.bin`. */
export const UPLOADS = 'uploads/';

/** Whether a key is one that anybody may ask for: sizes are asked for by their picture, and uploads by nobody. */
export const isServedKey = (key: string): boolean => !key.startsWith(SIZES) && !key.startsWith(UPLOADS);

/** All that may lie in the store because of one picture. */
export const keysOfPicture = (key: string): string[] => [
  key,
  ...IMAGE_WIDTHS.flatMap((width) => IMAGE_FORMATS.map((format) => sizeKey(key, { width, format }))),
];
