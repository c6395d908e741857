/** Kinds of pictures that are taken from outside. No SVG: it is a program, that a browser runs and a renderer reads files by. */
export const PICTURE_TYPES = ['jpeg', 'png', 'webp', 'gif', 'avif'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** Enough of a file's beginning to tell. */
export const TELLING_BYTES = 32;

/** What the first bytes say, whatever the file's name or its sender says; null for all else. */
export function pictureType(content: Buffer): PictureType | null {
  const text = content.subarray(0, TELLING_BYTES).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^RIFF[\s\S]{4}WEBPVP8[ LX]/.test(text)) return 'webp';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  // ISO 14496-12: a size, `ftyp`, the major brand; AV1 Image File Format 1.1 names avif and, for sequences, avis.
  if (/^[\s\S]{4}ftypavi[fs]/.test(text)) return 'avif';
  return null;
}
