import sharp from 'sharp';
import { expect, inject, test } from 'vitest';
import { apiClient } from '#tests/program/api-client.ts';
import { signIn } from '#tests/program/shopper.ts';

const { routerUrl } = inject('running');
const guest = apiClient(routerUrl);

interface Shown {
  readonly products: {
    readonly nodes: { readonly id: string; readonly images: { readonly id: string; readonly url: string }[] }[];
  };
}
const PRODUCT = '{ products(sort: TITLE, first: 1) { nodes { id images { id url(width: 480) } } } }';
const shown = async () => (await guest.ask<Shown>(PRODUCT)).products.nodes[0]!;

interface Payload {
  readonly image: { readonly id: string; readonly url: string } | null;
  readonly userErrors: { readonly code: string }[];
}

test('45: a picture that staff sends is seen by every shopper at once, in what the browser takes, until it is deleted', async () => {
  const staff = apiClient(routerUrl, await signIn(guest, 'admin@souk.test'));
  const mutate = async (field: string, input: object): Promise<Payload> => {
    const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input`;
    const source = `mutation($input: ${type}!) { done: ${field}(input: $input) { image { id url(width: 480) } userErrors { code } } }`;
    return (await staff.ask<{ done: Payload }>(source, { input })).done;
  };
  const before = await shown();
  const { imageUploadCreate: upload } = await staff.ask<{ imageUploadCreate: { id: string; url: string } }>(
    'mutation { imageUploadCreate { id url } }',
  );
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#2e7d5b' } })
    .jpeg()
    .withExif({ IFD0: { Artist: 'Somebody' } })
    .toBuffer();
  const send = (body: Buffer | string) => fetch(upload.url, { method: 'PUT', body: body as string });
  expect((await send('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')).status).toBe(415);
  expect((await send(picture)).status).toBe(204);

  const { image, userErrors } = await mutate('productImageAdd', {
    productId: before.id,
    uploadId: upload.id,
    alt: 'A mug',
  });
  expect(userErrors).toEqual([]);
  expect((await shown()).images.map(({ id }) => id)).toEqual([...before.images.map(({ id }) => id), image!.id]);

  const read = (accept: string, headers = {}) => fetch(image!.url, { headers: { accept, ...headers } });
  const made = await read('image/webp');
  const content = Buffer.from(await made.arrayBuffer());
  expect(made.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(await sharp(content).metadata()).toMatchObject({ format: 'webp', width: 480, height: 320 });
  expect(content.includes('Somebody')).toBe(false);
  const part = await read('image/webp', { range: 'bytes=0-3' });
  expect([part.status, await part.text()]).toEqual([206, 'RIFF']);
  await expect
    .poll(async () => (await read('image/avif,image/webp,*/*')).headers.get('content-type'), { timeout: 10_000 })
    .toBe('image/avif');
  expect((await read('image/png')).headers.get('content-type')).toBe('image/png');

  const inside = await mutate('productImageAdd', { productId: before.id, url: `${routerUrl}/health/live` });
  expect(inside.userErrors).toEqual([{ code: 'URL_REFUSED' }]);

  expect((await mutate('productImageDelete', { imageId: image!.id })).userErrors).toEqual([]);
  expect(await shown()).toEqual(before);
});
