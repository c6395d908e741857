import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import type { FileStore } from './file-store.ts';
import { localFileStore } from './local-file-store.ts';
import { uploadServer } from './upload-server.ts';
import { readUploadAddress, uploadAddress, uploadKey } from './uploads.ts';

let folder: string;
let store: FileStore;
let server: Server;
let origin: string;
const picture = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#789' } })
  .jpeg()
  .toBuffer();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'souk-uploads-'));
  store = localFileStore(folder);
  server = createServer(uploadServer(store, { atOnce: 2, mostMs: 700 })).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** The part of a signed address behind the host. */
const newAddress = (id = newId('upl'), now?: number) => {
  const { url } = uploadAddress(id, now);
  return url.slice(new URL(url).origin.length);
};
const put = (address: string, body: Buffer | string, headers = {}) =>
  fetch(origin + address, { method: 'PUT', body: body as string, headers });

describe('an upload', () => {
  test('is stored under its own name, whatever is said about it, and may be sent again', async () => {
    const id = newId('upl');
    expect((await put(newAddress(id), picture, { 'content-type': 'text/html' })).status).toBe(204);
    expect(await store.get(uploadKey(id))).toEqual(picture);
    expect((await put(newAddress(id), picture)).status).toBe(204);
  });

  test('may come from a page of any origin', async () => {
    const response = await fetch(origin + newAddress(), { method: 'OPTIONS' });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('PUT');
  });

  test.each([
    ['another id', (address: string) => address.replace(/upl_\w+/, newId('upl'))],
    ['more bytes', (address: string) => address.replace(/bytes=\d+/, 'bytes=999999999')],
    ['more time', (address: string) => address.replace(/expires=\d+/, 'expires=9999999999')],
    ['no signature', (address: string) => address.replace(/&signature=.*/, '')],
    ['another signature', (address: string) => address.replace(/signature=.*/, `signature=${'A'.repeat(43)}`)],
    ['a path that climbs', (address: string) => address.replace(/upl_\w+/, '..%2f..%2fgoods%2fa.webp')],
    ['a longer path', (address: string) => address.replace('?', '/x?')],
    ['nothing signed', () => '/uploads'],
  ])('45: to an address with %s is refused', async (_, change) => {
    const response = await put(change(newAddress()), picture);
    expect([response.status, response.headers.get('cache-control')]).toEqual([403, 'no-store']);
  });

  test('45: after a quarter of an hour is too late', async () => {
    const now = Date.now();
    expect(readUploadAddress(newAddress(newId('upl'), now), now + 899_000)).toMatchObject({ limitBytes: 20 << 20 });
    expect(readUploadAddress(newAddress(newId('upl'), now), now + 901_000)).toContain('15 minutes');
    expect((await put(newAddress(newId('upl'), now - 901_000), picture)).status).toBe(403);
  });

  test.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a page that calls itself a JPEG', '<!doctype html><script>alert(1)</script>           '],
    ['nothing', ''],
    ['a few bytes', '\xff\xd8\xff'],
  ])('45: of %s is refused, and nothing is stored', async (_, body) => {
    const id = newId('upl');
    expect((await put(newAddress(id), body, { 'content-type': 'image/jpeg' })).status).toBe(415);
    expect(await store.has(uploadKey(id))).toBe(false);
  });

  test('45: that says it is too large is refused before it is sent', async () => {
    const id = newId('upl');
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-length': (20 << 20) + 1 };
      const sent = httpRequest(origin + newAddress(id), { method: 'PUT', headers }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on('error', reject).write(picture);
    });
    expect(status).toBe(413);
    expect(await store.has(uploadKey(id))).toBe(false);
  });

  test('45: that is too large without saying so is refused as soon as that is certain', async () => {
    const id = newId('upl');
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest(origin + newAddress(id), { method: 'PUT' }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on('error', reject).write(picture);
      sent.write(Buffer.alloc(21 << 20));
    });
    expect(status).toBe(413);
    expect(await store.has(uploadKey(id))).toBe(false);
  });

  test('45: that dawdles is cut off, and those beyond two at once are asked to come back', async () => {
    const dawdle = () => {
      const socket = connect(Number(new URL(origin).port), '127.0.0.1');
      socket.write(`PUT ${newAddress()} HTTP/1.1\r\nHost: souk\r\nContent-Length: 1000\r\n\r\n\xff`);
      let heard = '';
      socket.on('data', (part) => {
        heard += part;
        socket.destroy();
      });
      return new Promise<string>((resolve) => socket.on('close', () => resolve(heard)).on('error', () => undefined));
    };
    const heard = await Promise.all([dawdle(), dawdle(), dawdle()]);
    expect(heard.filter((answer) => answer.startsWith('HTTP/1.1 503'))).toHaveLength(1);
    expect(heard.filter((answer) => answer === '')).toHaveLength(2);
    expect((await put(newAddress(), picture)).status).toBe(204);
  });

  test.each(['GET', 'POST', 'DELETE'])('45: %s does nothing there', async (method) => {
    expect((await fetch(origin + newAddress(), { method })).status).toBe(405);
  });
});
