import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codingFor } from './compression.ts';
import { type Running, runShop } from './testing/shapes.ts';
import { TestShop } from './testing/test-shop.ts';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=0, gzip;q=0', undefined],
  ['GZIP', 'gzip'],
  ['*;q=0.1, br;q=0', 'gzip'],
  ['compress', undefined],
])('of %j it takes %j', (accepted, coding) => {
  expect(codingFor(accepted)?.replace('zstd', 'gzip')).toBe(coding);
});

describe('answers', () => {
  let running: Running;
  beforeAll(async () => {
    const shop = new TestShop();
    shop.title = 'Teapot '.repeat(200);
    running = await runShop('local', shop);
  });
  afterAll(() => running.close());

  const ask = (query: string, accepted: string) =>
    new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'accept-encoding': accepted };
      const asked = request(`${running.url}/graphql`, { method: 'POST', headers }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({ headers: response.headers, body: Buffer.concat(chunks) });
      });
      asked.on('error', reject).end(JSON.stringify({ query }));
    });
  const LONG = '{ products { title } }';
  const told = `${'Teapot '.repeat(200)} p1`;

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('above a size are packed by %s', async (coding, unpack) => {
    const { headers, body } = await ask(LONG, coding);
    expect(headers).toMatchObject({ 'content-encoding': coding, 'content-length': String(body.length) });
    expect(headers.vary).toContain('accept-encoding');
    expect(JSON.parse(unpack(body).toString()).data.products[0].title).toBe(told);
    expect(body.length).toBeLessThan(300);
  });

  test('are as they are for clients that take nothing else, but caches are told that it depends', async () => {
    const { headers, body } = await ask(LONG, 'identity');
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toContain('accept-encoding');
    expect(headers['content-length']).toBe(String(body.length));
    expect(JSON.parse(body.toString()).data.products[0].title).toBe(told);
  });

  test('that are short are not packed', async () => {
    const { headers, body } = await ask('{ whoAmI }', 'br');
    expect(headers['content-encoding']).toBeUndefined();
    expect(body.toString()).toContain('{"data":{"whoAmI":"guest by router"}}');
  });
});
