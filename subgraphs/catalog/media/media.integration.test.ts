import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphql } from 'graphql';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { keysOfPicture } from '#platform/files/image-url.ts';
import { serveFiles } from '#platform/files/serve-files.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import { seedCatalog } from '../seed-catalog.ts';
import { catalog } from '../subgraph.ts';
import { attachImageByUrl, attachImagesByUrl } from './attach-images.ts';
import { fetchDueImages } from './fetch-images.ts';
import { sweepLooseFiles, sweepUploads } from './sweep-files.ts';

const folder = vi.hoisted(() => {
  const made = `${process.env.TMPDIR ?? '/tmp'}/souk-media-${process.pid}`;
  Object.assign(process.env, { FILES_DIR: made, PICTURES_FROM: '127.0.0.1' });
  return made;
});

const { schema } = await buildSubgraph(catalog);
const staff = { customerId: newId('cus'), sessionId: newId('ses'), scopes: ['products:write', 'catalog:write'] };
const picture = (color: string, width = 80) =>
  sharp({ create: { width, height: 60, channels: 3, background: color } })
    .jpeg()
    .toBuffer();

/** Keys that the lines of orders show. */
const ordered = new Set<string>();
const orders = {
  query: async (_: string, { variables }: { variables: { keys: string[] } }) => ({
    data: { picturesInOrders: variables.keys.filter((key) => ordered.has(key)) },
  }),
} as unknown as SubgraphTransport;
const server = new Context('catalog', orders, { viewer: null, caller: 'catalog' });

let close: () => Promise<void>;
let web: Server;
let origin: string;
let shown: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  close = await openTestDatabase(database);
  web = createServer((request, response) => {
    if (request.url?.startsWith('/uploads')) return void serveFiles['/uploads'](request, response);
    if (request.url?.startsWith('/files')) return void serveFiles['/files'](request, response);
    shown(request, response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => web.once('listening', resolve));
  origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await close();
  web.closeAllConnections();
  web.close();
  await rm(folder, { recursive: true, force: true });
});
let productId: string;
beforeEach(async () => {
  productId = await newProduct();
  shown = async (_, response) => void response.end(await picture('#a54'));
});

async function newProduct(): Promise<string> {
  const id = newId('prod');
  const variant = { sku: id, options: [], imageId: null, price: 100, compareAtPrice: null, weightGrams: 1 };
  const texts = {
    handle: id.toLowerCase().replace('_', '-'),
    title: 'Mug',
    description: 'A mug.',
    brand: null,
    tags: [],
  };
  await seedCatalog({
    categories: [{ id: 'cat_a', handle: 'a', title: 'A', description: null, parentId: null, imageId: null }],
    sellers: [{ id: 'sel_a', handle: 'a', name: 'A' }],
    products: [
      {
        ...{ id, ...texts, categoryId: 'cat_a', sellerId: 'sel_a', options: [], createdAt: new Date(), images: [] },
        variants: [{ ...variant, id: id.replace('prod', 'var') }],
      },
    ],
  });
  return id;
}

/** A mutation's payload, or the code of its error. */
async function mutate(field: string, input: object | null, viewer: typeof staff | null = staff) {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const selection =
    'image { id alt width height blurDataUrl url(width: 320) } product { images { id alt } } userErrors { code message path }';
  const source = input
    ? `mutation($input: ${type}!) { ${field}(input: $input) { ${selection} } }`
    : `mutation { ${field} { id url maxBytes expiresAt } }`;
  const contextValue = new Context('catalog', orders, { viewer, caller: 'router' });
  const { data, errors } = await graphql({ schema, source, variableValues: { input }, contextValue });
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
  return (errors?.[0] ?? (data as any)[field]) as any;
}

const send = (url: string, body: Buffer) =>
  fetch(origin + url.slice(new URL(url).origin.length), { method: 'PUT', body: body as unknown as string });

async function uploaded(content: Buffer): Promise<string> {
  const { id, url } = await mutate('imageUploadCreate', null);
  expect((await send(url, content)).status).toBe(204);
  return id;
}

const files = async () =>
  existsSync(folder) ? (await readdir(folder, { recursive: true })).filter((name) => name.includes('.')) : [];
const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(({ code }) => code);
const keyOf = async (id: string) => (await database.prisma.image.findUniqueOrThrow({ where: { id } })).key;

describe('a picture that staff sends', () => {
  test('becomes an image of the product, served in what the browser takes', async () => {
    const uploadId = await uploaded(await picture('#346'));
    const { image, product, userErrors } = await mutate('productImageAdd', {
      productId,
      uploadId,
      alt: ' A  blue\nmug ',
    });
    expect(userErrors).toEqual([]);
    expect(image).toMatchObject({ alt: 'A blue mug', width: 80, height: 60 });
    expect(image.url).toMatch(/\/files\/products\/[0-9a-f]{24}-[0-9a-f]{10}\.webp\?w=320$/);
    expect(product.images).toEqual([{ id: image.id, alt: 'A blue mug' }]);
    const address = origin + new URL(image.url).pathname + new URL(image.url).search;
    const served = await fetch(address, { headers: { accept: 'image/webp' } });
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect((await files()).filter((name) => name.endsWith('.bin'))).toEqual([]);
  });

  test('becomes one image, however often and from wherever at once it is added', async () => {
    const uploadId = await uploaded(await picture('#777'));
    const adding = () => mutate('productImageAdd', { productId, uploadId });
    const answers = await Promise.all([adding(), adding(), adding(), adding()]);
    expect(answers.flatMap(codes)).toEqual([]);
    expect(new Set(answers.map(({ image }) => image.id)).size).toBe(1);
    expect((await adding()).image.id).toBe(answers[0].image.id);
    expect(await database.prisma.image.count({ where: { productId } })).toBe(1);
    expect(codes(await mutate('productImageAdd', { productId: await newProduct(), uploadId }))).toEqual([
      'UPLOAD_NOT_FOUND',
    ]);
  });

  test('45: that was not sent, or by somebody else, is not found', async () => {
    const { id: uploadId } = await mutate('imageUploadCreate', null);
    expect(codes(await mutate('productImageAdd', { productId, uploadId }))).toEqual(['UPLOAD_NOT_FOUND']);
    const sent = await uploaded(await picture('#345'));
    const other = { ...staff, customerId: newId('cus') };
    expect(codes(await mutate('productImageAdd', { productId, uploadId: sent }, other))).toEqual(['UPLOAD_NOT_FOUND']);
    for (const odd of ['', 'upl_\0', '../../etc/passwd', 'x'.repeat(10_000)])
      expect(codes(await mutate('productImageAdd', { productId, uploadId: odd }))).toEqual(['UPLOAD_NOT_FOUND']);
    expect(await database.prisma.image.count({ where: { productId } })).toBe(0);
  });

  test('45: that is a bomb, or broken, is refused, and leaves nothing behind', async () => {
    const bomb = await sharp({ create: { width: 10, height: 10, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const broken = (await picture('#123', 900)).subarray(0, 300);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    for (const content of [bomb, broken]) {
      const answer = await mutate('productImageAdd', { productId, uploadId: await uploaded(content) });
      expect(codes(answer)[0]).toMatch(/^(TOO_MANY_PIXELS|BROKEN)$/);
      expect([answer.image, answer.product]).toEqual([null, null]);
    }
    expect(await database.prisma.image.count({ where: { productId } })).toBe(0);
  });

  test('of a shop without products, or from one source too many or too few, is refused', async () => {
    const url = `${origin}/a.jpg`;
    for (const odd of ['prod_none', 'a\0b', ''])
      expect(codes(await mutate('productImageAdd', { productId: odd, url }))).toEqual(['PRODUCT_NOT_FOUND']);
    expect(codes(await mutate('productImageAdd', { productId }))).toEqual(['SOURCE_INVALID']);
    expect(codes(await mutate('productImageAdd', { productId, url, uploadId: 'upl_1' }))).toEqual(['SOURCE_INVALID']);
  });

  test('needs staff', async () => {
    for (const viewer of [null, { ...staff, scopes: ['orders:write'] }]) {
      const code = viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED';
      expect((await mutate('imageUploadCreate', null, viewer)).extensions.code).toBe(code);
      for (const [field, input] of Object.entries({
        productImageAdd: { productId },
        productImageUpdate: { imageId: 'img_1' },
        productImagesOrder: { productId, imageIds: [] },
        productImageDelete: { imageId: 'img_1' },
      }))
        expect((await mutate(field, input, viewer)).extensions.code).toBe(code);
    }
  });

  test.each([
    ['right to left', 'العربية: كوب أزرق', 'العربية: كوب أزرق'],
    ['right to left by force', '\u202Emug', '\u202Emug'],
    ['hundred farmers', '👩🏽‍🌾'.repeat(100), '👩🏽‍🌾'.repeat(100)],
    ['a script', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['512 letters', 'x'.repeat(512), 'x'.repeat(512)],
    ['half a pair', 'half \ud83d a pair', 'half \ufffd a pair'],
    ['513 letters', 'x'.repeat(513), null],
    ['200,000 letters', 'x'.repeat(200_000), null],
    ['a NUL', 'a NUL\0 within', null],
    ['an escape', '\u001b[31mred', null],
  ])('44: words of %s are kept or refused', async (_, alt, kept) => {
    const answer = await mutate('productImageAdd', { productId, url: `${origin}/a.jpg`, alt });
    if (kept === null) expect(codes(answer)).toEqual(['ALT_INVALID']);
    else expect(answer.product.images[0].alt).toBe(kept);
  });
});

describe('images of a product', () => {
  const add = async (alt: string) =>
    (await mutate('productImageAdd', { productId, url: `${origin}/${alt}.jpg`, alt })).image.id;

  test('are all there when ten are added at once, each in a place of its own', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, n) => add(`number ${n}`)));
    const { product } = await mutate('productImageUpdate', { imageId: ids[0] });
    expect(product.images.map(({ id }: { id: string }) => id).sort()).toEqual([...ids].sort());
    const places = await database.prisma.image.findMany({ where: { productId }, select: { position: true } });
    expect(places.map(({ position }) => position).sort()).toEqual(Array.from({ length: 10 }, (_, n) => n));
  });

  test('are all in lists, also when two are written at once without a lock', async () => {
    const write = (n: number, beforeCommit: Promise<unknown>) =>
      database.transaction(async (client) => {
        const values = [`${productId}-${n}`, productId, n, `products/x${n}.webp`, `${n}`];
        const insert =
          'INSERT INTO image (id, product_id, position, key, alt, width, height) VALUES ($1, $2, $3, $4, $5, 1, 1)';
        await client.query(insert, values);
        await beforeCommit;
      });
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const first = write(0, pause(200));
    await pause(50);
    await Promise.all([first, write(1, pause(0))]);
    const { parts } = await database.prisma.product.findUniqueOrThrow({ where: { id: productId } });
    expect((parts as { images: { alt: string }[] }).images.map(({ alt }) => alt)).toEqual(['0', '1']);
  });

  test('stand in the order that was said, if it names each once', async () => {
    const [a, b, c] = [await add('a'), await add('b'), await add('c')];
    const { product } = await mutate('productImagesOrder', { productId, imageIds: [c, a, b] });
    expect(product.images.map(({ alt }: { alt: string }) => alt)).toEqual(['c', 'a', 'b']);
    for (const imageIds of [[c, a], [c, a, a], [c, a, b, b], [c, a, 'img_x'], [], [c, a, b, '\0']])
      expect(codes(await mutate('productImagesOrder', { productId, imageIds }))).toEqual(['ORDER_INVALID']);
    const after = await mutate('productImageUpdate', { imageId: a, alt: 'A' });
    expect(after.product.images.map(({ alt }: { alt: string }) => alt)).toEqual(['c', 'A', 'b']);
  });

  test('show the variants that were said, and no others', async () => {
    const [a, b] = [await add('a'), await add('b')];
    const variantId = productId.replace('prod', 'var');
    const shownBy = async () => (await database.prisma.variant.findUniqueOrThrow({ where: { id: variantId } })).imageId;
    await mutate('productImageUpdate', { imageId: a, variantIds: [variantId] });
    expect(await shownBy()).toBe(a);
    await mutate('productImageUpdate', { imageId: b, variantIds: [] });
    expect(await shownBy()).toBe(a);
    await mutate('productImageUpdate', { imageId: b, variantIds: [variantId, variantId] });
    expect(await shownBy()).toBe(b);
    const foreign = (await newProduct()).replace('prod', 'var');
    for (const other of [foreign, 'var_none', '\0'])
      expect(codes(await mutate('productImageUpdate', { imageId: a, variantIds: [other] }))).toEqual([
        'VARIANT_NOT_FOUND',
      ]);
    expect(await shownBy()).toBe(b);
    await mutate('productImageUpdate', { imageId: b, variantIds: [] });
    expect(await shownBy()).toBeNull();
  });

  test('are a hundred at most', async () => {
    const rows = Array.from({ length: 100 }, (_, position) => ({
      ...{ id: newId('img'), productId, position, key: `products/${newId('x').toLowerCase().replace('_', '-')}.webp` },
      ...{ alt: '', width: 1, height: 1 },
    }));
    await database.prisma.image.createMany({ data: rows });
    expect(codes(await mutate('productImageAdd', { productId, url: `${origin}/a.jpg` }))).toEqual(['IMAGE_LIMIT']);
  });

  test('that are not there cannot be changed', async () => {
    for (const imageId of ['img_none', '', 'a\0', 'x'.repeat(5_000)]) {
      expect(codes(await mutate('productImageUpdate', { imageId, alt: 'x' }))).toEqual(['IMAGE_NOT_FOUND']);
      expect(codes(await mutate('productImageDelete', { imageId }))).toEqual(['IMAGE_NOT_FOUND']);
    }
  });
});

describe('of a seller', () => {
  const seller = { customerId: newId('cus'), sessionId: newId('ses'), scopes: ['products:write'] };

  test('are the business of its members alone: for others they are not there', async () => {
    const url = `${origin}/a.jpg`;
    const imageId = (await mutate('productImageAdd', { productId, url })).image.id;
    const tries = async () => [
      await mutate('productImageAdd', { productId, url }, seller),
      await mutate('productImagesOrder', { productId, imageIds: [imageId] }, seller),
      await mutate('productImageUpdate', { imageId, alt: 'mine now' }, seller),
    ];
    expect((await tries()).flatMap(codes)).toEqual(['PRODUCT_NOT_FOUND', 'PRODUCT_NOT_FOUND', 'IMAGE_NOT_FOUND']);
    expect(codes(await mutate('productImageDelete', { imageId }, seller))).toEqual(['IMAGE_NOT_FOUND']);
    expect((await database.prisma.image.findMany({ where: { productId } })).map(({ alt }) => alt)).toEqual(['']);
    await database.prisma.sellerMember.create({ data: { sellerId: 'sel_a', customerId: seller.customerId } });
    expect((await tries()).flatMap(codes)).toEqual(['ORDER_INVALID']);
    expect(codes(await mutate('productImageDelete', { imageId }, seller))).toEqual([]);
  });

  test('changes are written down, with who made them', async () => {
    const { image } = await mutate('productImageAdd', { productId, url: `${origin}/a.jpg`, alt: 'a mug' });
    await mutate('productImageUpdate', {
      imageId: image.id,
      alt: 'a cup',
      variantIds: [productId.replace('prod', 'var')],
    });
    await mutate('productImageUpdate', { imageId: image.id, alt: 'a cup' });
    await mutate('productImageDelete', { imageId: image.id });
    const changes = await database.prisma.change.findMany({ where: { subject: productId }, orderBy: { id: 'asc' } });
    expect(changes.map(({ deed, actorId, fields }) => ({ deed, actorId, fields }))).toEqual(
      [
        [{ field: `images.${image.id}`, before: null, after: 'a mug' }],
        [
          { field: `images.${image.id}`, before: 'a mug', after: 'a cup' },
          { field: `variants.${productId}.image`, before: null, after: image.id },
        ],
        [
          { field: `images.${image.id}`, before: 'a cup', after: null },
          { field: `variants.${productId}.image`, before: image.id, after: null },
        ],
      ].map((fields) => ({ deed: 'UPDATED', actorId: staff.customerId, fields })),
    );
  });
});

describe('files that nothing points at', () => {
  const aDayLater = () => database.prisma.$executeRaw`UPDATE loose_file SET since = since - interval '25 hours'`;
  const filesOf = async (key: string) => {
    const there = await files();
    return keysOfPicture(key).filter((name) => there.includes(name));
  };

  test('go a day after their image was deleted, with every size of theirs, and those of others stay', async () => {
    const { image } = await mutate('productImageAdd', { productId, url: `${origin}/a.jpg` });
    const other = (await mutate('productImageAdd', { productId, url: `${origin}/a.jpg` })).image;
    const [key, kept] = [await keyOf(image.id), await keyOf(other.id)];
    await fetch(`${origin}/files/${key}?w=320&f=png`);
    expect(await filesOf(key)).toHaveLength(2);
    const { product } = await mutate('productImageDelete', { imageId: image.id });
    expect(product.images).toEqual([{ id: other.id, alt: '' }]);
    expect(await sweepLooseFiles(server)).toBe(0);
    expect(await filesOf(key)).toHaveLength(2);
    await aDayLater();
    expect(await sweepLooseFiles(server)).toBeGreaterThan(0);
    expect([await filesOf(key), await filesOf(kept)]).toEqual([[], [kept]]);
  });

  test('stay where an order shows them', async () => {
    const { image } = await mutate('productImageAdd', { productId, url: `${origin}/a.jpg` });
    const key = await keyOf(image.id);
    ordered.add(key);
    await mutate('productImageDelete', { imageId: image.id });
    await aDayLater();
    await sweepLooseFiles(server);
    expect(await filesOf(key)).toEqual([key]);
    expect(await database.prisma.looseFile.count({ where: { key } })).toBe(0);
  });

  test('stay as long as orders cannot be asked', async () => {
    const { image } = await mutate('productImageAdd', { productId, url: `${origin}/a.jpg` });
    const key = await keyOf(image.id);
    await mutate('productImageDelete', { imageId: image.id });
    await aDayLater();
    const down = { query: async () => ({ errors: [{ message: 'down' }] }) } as unknown as SubgraphTransport;
    await expect(sweepLooseFiles(new Context('catalog', down, { viewer: null, caller: 'catalog' }))).rejects.toThrow();
    expect(await filesOf(key)).toEqual([key]);
    await sweepLooseFiles(server);
    expect(await filesOf(key)).toEqual([]);
  });

  test('go when a process died before it wrote the image', async () => {
    const spy = vi.spyOn(database, 'transaction').mockRejectedValueOnce(new Error('killed'));
    expect((await mutate('productImageAdd', { productId, url: `${origin}/a.jpg` })).message).toBeDefined();
    spy.mockRestore();
    const [loose] = await database.prisma.looseFile.findMany();
    expect(await filesOf(loose!.key)).toEqual([loose!.key]);
    await aDayLater();
    await sweepLooseFiles(server);
    expect(await filesOf(loose!.key)).toEqual([]);
  });

  test('and were sent, but never added, go an hour after it was too late to', async () => {
    const id = await uploaded(await picture('#101'));
    expect(await sweepUploads()).toBe(0);
    await database.prisma.$executeRaw`UPDATE upload SET expires_at = now() - interval '61 minutes' WHERE id = ${id}`;
    expect(await sweepUploads()).toBe(1);
    expect((await files()).filter((name) => name.includes(id.slice(4).toLowerCase()))).toEqual([]);
    expect(codes(await mutate('productImageAdd', { productId, uploadId: id }))).toEqual(['UPLOAD_NOT_FOUND']);
  });
});

describe('45: a picture by its address', () => {
  test.each([
    ['http://169.254.169.254/latest/meta-data/', 'URL_REFUSED'],
    ['http://10.0.0.1/a.png', 'URL_REFUSED'],
    ['http://[::1]/a.png', 'URL_REFUSED'],
    ['file:///etc/passwd', 'URL_REFUSED'],
    ['a.png', 'URL_REFUSED'],
    ['', 'URL_REFUSED'],
    ['http://a%00b/', 'URL_REFUSED'],
    ['http://127.0.0.1:1/a.png', 'URL_UNREACHABLE'],
  ])('%s is answered with %s', async (url, code) => {
    expect(codes(await mutate('productImageAdd', { productId, url }))).toEqual([code]);
  });

  test('of three thousand letters is refused', async () => {
    expect(codes(await mutate('productImageAdd', { productId, url: `${origin}/${'x'.repeat(3_000)}` }))).toEqual([
      'URL_REFUSED',
    ]);
  });

  test('that is an SVG or a page is refused, whatever it calls itself', async () => {
    for (const content of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<!doctype html>']) {
      shown = (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(content);
      expect(codes(await mutate('productImageAdd', { productId, url: `${origin}/a.png` }))).toEqual([
        'TYPE_UNSUPPORTED',
      ]);
    }
  });
});

describe('pictures by address, many', () => {
  const attach = (...images: { url: string; alt: string }[]) =>
    database.transaction((client) =>
      attachImagesByUrl(
        client,
        images.map((image) => ({ productId, ...image })),
      ),
    );
  const alts = async () =>
    (await database.prisma.image.findMany({ where: { productId }, orderBy: { position: 'asc' } })).map(
      ({ alt }) => alt,
    );
  const fetchAll = async () => {
    while ((await fetchDueImages()) > 0);
  };
  const requests = () => database.prisma.imageRequest.findMany({ where: { productId }, orderBy: { position: 'asc' } });

  test('are fetched behind those that are there, in their order, by any number of workers once', async () => {
    await mutate('productImageAdd', { productId, url: `${origin}/first.jpg`, alt: 'first' });
    let asked = 0;
    shown = async ({ url }, response) => {
      asked++;
      await new Promise((resolve) => setTimeout(resolve, url?.includes('a.jpg') ? 60 : 5));
      response.end(await picture('#999'));
    };
    await attach(
      { url: `${origin}/a.jpg`, alt: 'a' },
      { url: `${origin}/b.jpg`, alt: 'b' },
      { url: `${origin}/c.jpg`, alt: 'c' },
    );
    await Promise.all([fetchDueImages(), fetchDueImages(), fetchDueImages()]);
    expect([await alts(), asked]).toEqual([['first', 'a', 'b', 'c'], 3]);
  });

  test('again change nothing but their words, and are not fetched again', async () => {
    const images = [
      { url: `${origin}/a.jpg`, alt: 'a' },
      { url: `${origin}/b.jpg`, alt: 'b' },
      { url: `${origin}/a.jpg`, alt: 'a' },
    ];
    await attach(...images);
    await attach(...images);
    await fetchAll();
    expect(await alts()).toEqual(['a', 'b']);
    shown = () => expect.fail('It was fetched again.');
    await attach({ url: `${origin}/a.jpg`, alt: 'anew' }, { url: `${origin}/b.jpg`, alt: 'b' });
    expect(await fetchDueImages()).toBe(0);
    expect(await alts()).toEqual(['anew', 'b']);
  });

  test('are not noted where the caller’s transaction fails', async () => {
    const failing = database.transaction(async (client) => {
      await attachImageByUrl(client, productId, `${origin}/a.jpg`, '');
      throw new Error('the import failed');
    });
    await expect(failing).rejects.toThrow('the import failed');
    expect(await requests()).toEqual([]);
  });

  test('that are not there now are tried later, those that never will be are given up, and tried when asked for again', async () => {
    shown = ({ url }, response) => response.writeHead(url?.includes('later') ? 503 : 404).end();
    await attach({ url: `${origin}/later.jpg`, alt: '' }, { url: `${origin}/never.jpg`, alt: '' });
    await fetchDueImages();
    const [later, never] = await requests();
    expect(later).toMatchObject({ tries: 1, failure: expect.stringContaining('503') });
    expect(later!.dueAt!.getTime() - Date.now()).toBeGreaterThan(50_000);
    expect(never).toMatchObject({ dueAt: null, imageId: null, failure: expect.stringContaining('404') });
    shown = async (_, response) => void response.end(await picture('#fff'));
    expect(await fetchDueImages()).toBe(0);
    await attach({ url: `${origin}/never.jpg`, alt: 'found' });
    await fetchAll();
    expect(await alts()).toEqual(['found']);
  });

  test('are listed with what became of them, for those alone who may edit the product', async () => {
    shown = async ({ url }, response) =>
      url?.includes('here') ? void response.end(await picture('#abc')) : void response.writeHead(404).end();
    await attach({ url: `${origin}/here.jpg`, alt: '' }, { url: `${origin}/never.jpg`, alt: '' });
    await fetchDueImages();
    await attach({ url: `${origin}/soon.jpg`, alt: '' });
    const seen = async (args: string, viewer = staff) => {
      const source = `{ imageRequests(productId: "${productId}", ${args}) { totalCount pageInfo { endCursor hasNextPage } nodes { url state tries failure } } }`;
      const contextValue = new Context('catalog', orders, { viewer, caller: 'router' });
      const { data, errors } = await graphql({ schema, source, contextValue });
      // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
      return (errors?.[0] ?? (data as any).imageRequests) as any;
    };
    const all = await seen('first: 10');
    const told = all.nodes.map(({ url, ...rest }: { url: string }) => ({ url: url.split('/').at(-1), ...rest }));
    expect(told[0]).toEqual({ url: 'soon.jpg', state: 'WAITING', tries: 0, failure: null });
    expect(told).toContainEqual({
      ...{ url: 'never.jpg', state: 'FAILED', tries: 1 },
      failure: expect.stringContaining('404'),
    });
    expect(told).toContainEqual({ url: 'here.jpg', state: 'ADDED', tries: 1, failure: null });
    expect(await seen('state: FAILED')).toMatchObject({ totalCount: 1, nodes: [{ state: 'FAILED' }] });
    const page = await seen('first: 2');
    expect([page.totalCount, page.pageInfo.hasNextPage]).toEqual([3, true]);
    const next = await seen(`first: 2, after: "${page.pageInfo.endCursor}"`);
    expect(next.nodes).toEqual([all.nodes[2]]);
    expect((await seen('after: "nonsense"')).extensions.code).toBe('BAD_USER_INPUT');
    const stranger = { ...staff, customerId: newId('cus'), scopes: ['products:write'] };
    expect(await seen('first: 10', stranger)).toMatchObject({ totalCount: 0, nodes: [] });
    await database.prisma.imageRequest.deleteMany({ where: { productId } });
  });

  test('of an image that was deleted come back when they are asked for again', async () => {
    await attach({ url: `${origin}/a.jpg`, alt: 'a' });
    await fetchAll();
    const [request] = await requests();
    await mutate('productImageDelete', { imageId: request!.imageId });
    await attach({ url: `${origin}/a.jpg`, alt: 'a' });
    await fetchAll();
    expect(await alts()).toEqual(['a']);
  });

  test('whose worker died are tried again', async () => {
    await attach({ url: `${origin}/a.jpg`, alt: 'a' });
    await database.prisma.imageRequest.updateMany({
      where: { productId },
      data: { tries: 1, dueAt: new Date(Date.now() + 1_000) },
    });
    expect(await fetchDueImages()).toBe(0);
    await database.prisma.$executeRaw`UPDATE image_request SET due_at = due_at - interval '2 minutes'
      WHERE product_id = ${productId}`;
    expect(await fetchDueImages()).toBe(1);
    expect(await alts()).toEqual(['a']);
  });

  test('45: are refused at once where the address cannot be one', async () => {
    await expect(attach({ url: 'file:///etc/passwd', alt: '' })).rejects.toMatchObject({ code: 'URL_REFUSED' });
    await expect(attach({ url: `${origin}/a.jpg`, alt: 'a\0' })).rejects.toMatchObject({ code: 'ALT_INVALID' });
    expect(await requests()).toEqual([]);
  });

  test('ten thousand are noted in a second or two', async () => {
    const images = Array.from({ length: 10_000 }, (_, n) => ({
      productId,
      url: `http://example.com/${n}.jpg`,
      alt: `${n}`,
    }));
    const since = performance.now();
    await database.transaction((client) => attachImagesByUrl(client, images));
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(await database.prisma.imageRequest.count({ where: { productId } })).toBe(10_000);
    await database.prisma.imageRequest.deleteMany({ where: { productId } });
  });
});
