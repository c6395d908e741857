import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FileStore } from './file-store.ts';
import { localFileStore } from './local-file-store.ts';
import { s3FileStore } from './s3-file-store.ts';
import { type S3Server, startS3 } from './testing/s3-server.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'souk-store-'));
let s3: S3Server;

beforeAll(async () => {
  s3 = await startS3('pictures');
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true });
});

const stores: [string, () => FileStore][] = [
  ['a folder', () => localFileStore(folder)],
  ['a bucket', () => s3FileStore({ name: 'pictures', region: 'us-east-1', endpoint: s3.endpoint })],
];

describe.each(stores)('files in %s', (_, open) => {
  const content = Buffer.from([0, 255, 1, 128, 10, 13]);

  test('are given back as they were put, also once written again', async () => {
    const store = open();
    await store.put('a/b-1.webp', content);
    expect(await store.get('a/b-1.webp')).toEqual(content);
    await store.put('a/b-1.webp', Buffer.from('other'));
    expect(String(await store.get('a/b-1.webp'))).toBe('other');
    expect([await store.has('a/b-1.webp'), await store.has('a/b-2.webp')]).toEqual([true, false]);
    expect(await store.get('a/b-2.webp')).toBeNull();
    expect(await store.get('a.webp')).toBeNull();
    await store.put('a/empty.bin', Buffer.alloc(0));
    expect(await store.get('a/empty.bin')).toEqual(Buffer.alloc(0));
  });

  test('go when they are removed, others stay, and what is not there is no fault', async () => {
    const store = open();
    const keys = Array.from({ length: 30 }, (_, n) => `gone/${n}.png`);
    await Promise.all([...keys, 'gone/stays.png'].map((key) => store.put(key, content)));
    await store.remove([...keys, 'never/there.png']);
    expect(await Promise.all(keys.map((key) => store.has(key)))).toEqual(keys.map(() => false));
    expect(await store.has('gone/stays.png')).toBe(true);
  });

  test.each([
    '',
    '/etc/passwd',
    '../x.webp',
    'a/../b.webp',
    '.hidden.webp',
    'a//b.webp',
    'a\\b.webp',
    'A.webp',
    'a\0.webp',
  ])('45: the key %j leads nowhere', async (key) => {
    const store = open();
    await expect(store.put(key, content)).rejects.toThrow('no key');
    await expect(store.remove(['a.webp', key])).rejects.toThrow('no key');
    expect([await store.get(key), await store.has(key)]).toEqual([null, false]);
  });
});

// S3 promises the same (docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel); s3rver does not keep it.
test('a file in a folder is seen whole or not at all, and no half is left', async () => {
  const store = localFileStore(folder);
  const writing = store.put('large.bin', Buffer.alloc(3_000_000, 7));
  let seen = await store.get('large.bin');
  while (!seen) seen = await store.get('large.bin');
  expect(seen.length).toBe(3_000_000);
  await writing;
  expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a bucket that is not there is a fault, and not an empty one', async () => {
  const store = s3FileStore({ name: 'nowhere', region: 'us-east-1', endpoint: s3.endpoint });
  await expect(store.get('a.webp')).rejects.toThrow('bucket');
  await expect(store.put('a.webp', Buffer.from('x'))).rejects.toThrow('bucket');
});
