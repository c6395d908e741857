import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { pictureType } from './picture-type.ts';
import { readPicture } from './read-picture.ts';

const picture = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: { r: 180, g: 60, b: 40 } } });
const png = await picture().png().toBuffer();
const tiff = await picture().tiff().toBuffer();
const jpeg = await picture(600, 600).jpeg().toBuffer();

/** A PNG whose header claims to be this large, whatever comes after. */
function claiming(width: number, height: number): Buffer {
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(width, 16);
  bomb.writeUInt32BE(height, 20);
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
  return bomb;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('a picture from outside', () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('in %s becomes WebP', async (format) => {
    const sent = await picture().toFormat(format).toBuffer();
    expect(pictureType(sent)).toBe(format);
    const { content, width, height, blurDataUrl, hash } = await readPicture(sent);
    expect([width, height]).toEqual([60, 40]);
    expect((await sharp(content).metadata()).format).toBe('webp');
    expect(blurDataUrl).toMatch(/^data:image\/webp;base64,[A-Za-z0-9+/]+=*$/);
    expect(hash).toMatch(/^[0-9a-f]{24}$/);
  });

  test('is turned upright, and what it told of place and camera is gone', async () => {
    const sent = await picture()
      .jpeg()
      .withExif({ IFD0: { Make: 'Camera', Artist: 'Somebody' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(sent).metadata()).exif).toBeInstanceOf(Buffer);
    const { content, width, height } = await readPicture(sent);
    expect([width, height]).toEqual([40, 60]);
    const kept = await sharp(content).metadata();
    expect([kept.exif, kept.xmp, kept.iptc, kept.orientation]).toEqual([undefined, undefined, undefined, undefined]);
    expect(content.includes('Somebody')).toBe(false);
  });

  test('keeps its holes, with nothing to be seen through them, and no more than 2400 pixels a side', async () => {
    const sheet = (background: string) => sharp({ create: { width: 3000, height: 1000, channels: 4, background } });
    const { content, width, height, blurDataUrl } = await readPicture(await sheet('#00000000').png().toBuffer());
    expect([width, height, (await sharp(content).metadata()).hasAlpha, blurDataUrl]).toEqual([2400, 800, true, null]);
    expect((await readPicture(await sheet('#123456ff').png().toBuffer())).blurDataUrl).toMatch(/^data:image/);
  });

  test('of many frames is its first one', async () => {
    const frames = await sharp([await picture().negate().png().toBuffer(), png], { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(frames).metadata()).pages).toBe(2);
    expect(await readPicture(frames)).toMatchObject({ width: 60, height: 40 });
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  test.each([
    ['an SVG', Buffer.from(svg)],
    ['an SVG with a prologue', Buffer.from(`<?xml version="1.0"?>${svg}`)],
    ['an SVG behind a byte order mark', Buffer.from(`\ufeff${svg}`)],
    ['a page', Buffer.from('<!doctype html><img src=x onerror=alert(1)>')],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj')],
    ['a TIFF', tiff],
    ['a program', Buffer.from('\x7fELF\x02\x01\x01')],
    ['nothing', Buffer.alloc(0)],
    ['a text that speaks of PNG', Buffer.from('PNG\r\n\x1a\n, honestly')],
  ])('45: is not %s', async (_, sent) => {
    await expect(readPicture(sent)).rejects.toMatchObject({ code: 'TYPE_UNSUPPORTED' });
  });

  test.each([
    ['cut off', jpeg.subarray(0, 900)],
    ['only a beginning', png.subarray(0, 8)],
    ['an SVG behind a PNG’s first bytes', Buffer.concat([png.subarray(0, 8), Buffer.from(svg)])],
    [
      'a ZIP behind a JPEG’s first bytes',
      Buffer.from('\xff\xd8\xff PK\x03\x04 and so on and so on and so on', 'latin1'),
    ],
    ['of no width', claiming(0, 10)],
  ])('45: is refused when it is %s', async (_, sent) => {
    await expect(readPicture(sent)).rejects.toMatchObject({ code: 'BROKEN' });
  });

  test.each([
    ['a file of a few bytes that claims 2.5 gigapixels', claiming(50_000, 50_000)],
    ['a row that never ends', claiming(60_000_000, 1)],
    ['a flat GIF of 51 megapixels', gifOf(65_000, 800)],
  ])('45: %s is refused by its header, before a pixel is decoded', async (_, sent) => {
    const before = process.memoryUsage().rss;
    const since = performance.now();
    await expect(readPicture(sent)).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' });
    expect(performance.now() - since).toBeLessThan(1_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(60 << 20);
  });
});

/** A GIF's screen and first frame of that size, with hardly a byte in it. */
function gifOf(width: number, height: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const colors = Buffer.from([0, 0, 0, 255, 255, 255]);
  const frame = Buffer.concat([Buffer.from([0x2c, 0, 0, 0, 0]), size, Buffer.from([0, 2, 1, 0x4c, 0, 0x3b])]);
  return Buffer.concat([Buffer.from('GIF89a'), size, Buffer.from([0x80, 0, 0]), colors, frame]);
}
