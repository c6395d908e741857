import sharp from 'sharp';
import { expect, it } from 'vitest';
import { blurPreview } from '#platform/files/read-picture.ts';
import { rasterizeGood } from './rasterize.ts';

it('makes a WebP of 1200 by 1200 without holes, the thing in its own color, and a preview small enough to inline', async () => {
  const picture = await rasterizeGood({ kind: 'bowl', shape: 0, color: '#b5543a', hue: 240 });
  const { format, width, height, hasAlpha } = await sharp(picture).metadata();
  expect({ format, width, height, hasAlpha }).toEqual({ format: 'webp', width: 1200, height: 1200, hasAlpha: false });

  const { data } = await sharp(picture)
    .extract({ left: 560, top: 720, width: 80, height: 80 })
    .resize(1, 1)
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(data[0]! - data[2]!).toBeGreaterThan(60);

  const preview = await blurPreview(picture);
  expect(preview).toMatch(/^data:image\/webp;base64,[A-Za-z0-9+/]+=*$/);
  expect(preview.length).toBeLessThan(400);
  const tiny = await sharp(Buffer.from(preview.slice(preview.indexOf(',') + 1), 'base64')).metadata();
  expect([tiny.width, tiny.height]).toEqual([16, 16]);
});
