import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fileServer } from './file-server.ts';
import { type FileStore, isFileKey } from './file-store.ts';
import { imageUrl, keysOfPicture, servedWidth, sizeKey } from './image-url.ts';
import { localFileStore } from './local-file-store.ts';
import { imageResizer } from './resize-image.ts';
import { Busy } from './turns.ts';

const KEY = 'goods/linen-shirt-3f9a1c0b.webp';
let folder: string;
let store: FileStore;
let server: Server;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'souk-files-'));
  store = localFileStore(folder);
  const picture = sharp({ create: { width: 1200, height: 1200, channels: 3, background: '#c0623f' } });
  await store.put(KEY, await picture.webp().toBuffer());
  await store.put('goods/broken.webp', Buffer.from('no picture'));
  server = createServer(fileServer(store, { cacheBytes: 1 << 20 })).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const get = (address: string, init?: RequestInit) => fetch(`${origin}${address}`, init);

describe('the file server', () => {
  test('gives the stored picture as it is', async () => {
    const response = await get(`/files/${KEY}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(await store.get(KEY));
  });

  test.each([
    ['?w=320&f=webp', 'image/webp', 'webp', 320],
    ['?w=300&f=png', 'image/png', 'png', 320],
    ['?w=96&f=avif', 'image/avif', 'heif', 96],
    ['?w=99999', 'image/webp', 'webp', 1200],
    ['?f=png', 'image/png', 'png', 1200],
  ])('%s is %s, %s of %i px', async (query, type, format, width) => {
    const response = await get(`/files/${KEY}${query}`);
    expect(response.headers.get('content-type')).toBe(type);
    const made = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect([made.format, made.width, made.height]).toEqual([format, width, width]);
  });

  test('is told that nothing changed by the tag', async () => {
    const first = await get(`/files/${KEY}?w=160&f=webp`);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    const again = await get(`/files/${KEY}?w=160&f=webp`, { headers: { 'If-None-Match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('keeps what it made, whole', async () => {
    await get(`/files/${KEY}?w=480&f=webp`);
    expect(await readdir(path.join(folder, 'sizes', '480', 'goods'))).toEqual(['linen-shirt-3f9a1c0b-webp.webp']);
  });

  test.each([
    ['/files/goods/nothing.webp', 404],
    ['/files/goods/nothing.webp?w=96', 404],
    ['/files/..%2f..%2fetc%2fpasswd', 400],
    ['/files/../../etc/passwd.png', 400],
    ['/files/sizes/320/goods/linen-shirt-3f9a1c0b-webp.webp', 400],
    ['/files/uploads/upl-01.webp', 400],
    ['/files/%00.webp', 400],
    ['//', 400],
    ['/files/goods/linen-shirt.svg', 400],
    ['/files/', 400],
    [`/files/${KEY}?w=0`, 400],
    [`/files/${KEY}?w=-5`, 400],
    [`/files/${KEY}?w=1e9`, 400],
    [`/files/${KEY}?f=svg`, 400],
    ['/files/goods/broken.webp?w=96', 500],
  ])('%s is refused with %i', async (address, status) => {
    const response = await get(address);
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).not.toContain(folder);
  });

  test('shows WebP while AVIF is made, for a minute, then AVIF for good; to each what it takes', async () => {
    await store.remove(keysOfPicture(KEY).slice(1));
    const fresh = createServer(fileServer(store, { cacheBytes: 0 })).listen(0, '127.0.0.1');
    await new Promise((resolve) => fresh.once('listening', resolve));
    const address = `http://127.0.0.1:${(fresh.address() as AddressInfo).port}/files/${KEY}?w=480`;
    const told = async (accept: string) => {
      const { headers } = await fetch(address, { headers: { accept } });
      return [headers.get('content-type'), headers.get('cache-control')?.includes('immutable'), headers.get('vary')];
    };
    const browser = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';
    expect(await told(browser)).toEqual(['image/webp', false, 'Accept']);
    await vi.waitFor(async () => expect(await told(browser)).toEqual(['image/avif', true, 'Accept']), 5_000);
    expect(await told('image/webp,*/*')).toEqual(['image/webp', true, 'Accept']);
    expect(await told('*/*')).toEqual(['image/webp', true, 'Accept']);
    expect(await told('image/png')).toEqual(['image/png', true, 'Accept']);
    fresh.close();
  });

  test.each([
    ['bytes=0-9', 206, 'bytes 0-9/'],
    ['bytes=10-', 206, 'bytes 10-'],
    ['bytes=-10', 206, 'bytes '],
    ['bytes=99999999-', 416, 'bytes */'],
    ['bytes=9-3', 200, null],
    ['bytes=0-1,4-5', 200, null],
    ['lines=0-1', 200, null],
    ['bytes=-', 200, null],
  ])('%s is answered with %i', async (range, status, part) => {
    const whole = (await store.get(KEY))!;
    const response = await get(`/files/${KEY}`, { headers: { range } });
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.status).toBe(status);
    const told = response.headers.get('content-range');
    if (part === null) expect([told, body]).toEqual([null, whole]);
    else expect(told).toContain(`${part === 'bytes ' ? `bytes ${whole.length - 10}-` : part}`);
    if (status === 206) expect(whole.includes(body)).toBe(true);
    if (status === 206) expect(body.length).toBe(range === 'bytes=10-' ? whole.length - 10 : 10);
    if (status === 206) {
      const stale = await get(`/files/${KEY}`, { headers: { range, 'if-range': '"another"' } });
      expect([stale.status, Buffer.from(await stale.arrayBuffer())]).toEqual([200, whole]);
    }
  });

  test('is for reading only', async () => {
    expect((await get(`/files/${KEY}`, { method: 'PUT', body: 'x' })).status).toBe(405);
    const head = await get(`/files/${KEY}`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(`${(await store.get(KEY))!.length}`);
  });
});

test('a key leads nowhere else', async () => {
  for (const key of [
    '',
    '/etc/passwd',
    '../x.webp',
    'a/../b.webp',
    '.hidden.webp',
    'a//b.webp',
    'a\\b.webp',
    'a/b',
    'A.webp',
    'a\0.webp',
  ]) {
    expect(isFileKey(key), key).toBe(false);
    await expect(store.put(key, Buffer.from(''))).rejects.toThrow('no key');
    expect(await store.get(key)).toBeNull();
  }
  expect(await store.get('goods/none.webp')).toBeNull();
  expect([await store.has(KEY), await store.has('goods/none.webp')]).toEqual([true, false]);
});

test('ten that ask for one size at once wait for one making, and later ones read what was made', async () => {
  await store.remove(keysOfPicture(KEY).slice(1));
  const written = vi.spyOn(store, 'put');
  const { resized } = imageResizer(store);
  const made = await Promise.all(Array.from({ length: 10 }, () => resized(KEY, { width: 320, format: 'webp' })));
  expect(new Set(made.map(String)).size).toBe(1);
  expect(await resized(KEY, { width: 320, format: 'webp' })).toEqual(made[0]);
  expect(written).toHaveBeenCalledTimes(1);
  written.mockRestore();
});

test('beyond the queue the resizer is busy, and free again later', async () => {
  await store.remove(keysOfPicture(KEY).slice(1));
  const { resized } = imageResizer(store, { atOnce: 1, waiting: 1 });
  const results = await Promise.allSettled([96, 160, 320].map((width) => resized(KEY, { width, format: 'webp' })));
  // Which of them comes third is up to the disk.
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]!.reason).toBeInstanceOf(Busy);
  expect(await resized(KEY, { width: 320, format: 'webp' })).not.toBeNull();
});

test('addresses name served widths only', () => {
  expect(imageUrl(KEY)).toBe(`http://localhost:4000/files/${KEY}`);
  expect(imageUrl(KEY, 200, 'avif')).toBe(`http://localhost:4000/files/${KEY}?w=320&f=avif`);
  expect(imageUrl(KEY, 5_000)).toBe(`http://localhost:4000/files/${KEY}?w=1200`);
  expect([1, 96, 97, 1200].map(servedWidth)).toEqual([96, 96, 160, 1200]);
});

test('sizes of no two pictures share a file', () => {
  const keys = ['a/b.webp', 'a/b-webp.webp', 'a/b.png', 'a-b.webp', 'b.webp'];
  const sizes = keys.flatMap((key) => keysOfPicture(key));
  expect(new Set(sizes).size).toBe(keys.length * 22);
  expect(sizes.filter((key) => !isFileKey(key))).toEqual([]);
  expect(sizeKey('goods/a.webp', { width: 96, format: 'avif' })).toBe('sizes/96/goods/a-webp.avif');
});
