import { publicUrl } from './config.ts';

export const IMAGE_FORMATS = ['avif', 'webp', 'png'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** The widths pictures are served in, in pixels: few, so that each is made once and cached everywhere. */
export const IMAGE_WIDTHS = [96, 160, 320, 480, 640, 960, 1200] as const;

/** The next width that is served: 300 is shown in 320, and nothing is wider than 1200. */
export const servedWidth = (width: number): number => IMAGE_WIDTHS.find((served) => served >= width) ?? 1200;

/** Where a picture is served; without width and format as it is stored. */
export function imageUrl(key: string, width?: number | null, format?: ImageFormat | null): string {
  const address = `${publicUrl}/files/${key}`;
  if (width == null) return format ? `${address}?f=${format}` : address;
  return format ? `${address}?w=${servedWidth(width)}&f=${format}` : `${address}?w=${servedWidth(width)}`;
}
