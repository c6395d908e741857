import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routeFinder } from '#platform/graphql/http-routes.ts';
import { CARRIER_WEBHOOKS, carrierWebhooks, type ReceivedWebhook } from './carrier-webhook.ts';
import { LABELS, labelPage } from './label-page.ts';

const received: ReceivedWebhook[] = [];
const find = routeFinder({
  [CARRIER_WEBHOOKS]: carrierWebhooks(async (webhook) => {
    received.push(webhook);
    if (webhook.carrier === 'down') throw new Error('The database is away.');
    return webhook.carrier === 'easypost';
  }),
  [LABELS]: labelPage(async (id, grant) => (grant === 'good' ? Buffer.from(`%PDF ${id}`).toString('base64') : null)),
});
const server = createServer((request, response) => void find((request.url ?? '').split('?')[0]!)?.(request, response));
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => void server.close(() => resolve()));
});

const post = (carrier: string, body: string | Buffer) =>
  fetch(`${origin}/webhooks/carriers/${carrier}`, {
    ...{
      method: 'POST',
      body,
      headers: { 'x-hmac-signature-v2': 'hmac-sha256-hex=1', authorization: 'Bearer secret' },
    },
  }).then(({ status }) => status);

test('a webhook is handed on byte by byte with its own headers; what was taken is 204, what was not is 400', async () => {
  const bytes = Buffer.from([0xff, 0x00, 0x7b]);
  expect(await post('easypost', bytes)).toBe(204);
  expect(received.at(-1)).toEqual({
    ...{ carrier: 'easypost', method: 'POST', body: bytes.toString('base64') },
    headers: [{ name: 'x-hmac-signature-v2', value: 'hmac-sha256-hex=1' }],
  });
  expect(await post('nobody', '{}')).toBe(400);
});

test('one that could not be written down is to be sent again; one without end is cut off; others are not read', async () => {
  expect(await post('down', '{}')).toBe(503);
  const before = received.length;
  expect(await post('easypost', 'x'.repeat(1_000_001)).catch(() => 413)).toBe(413);
  expect((await fetch(`${origin}/webhooks/carriers/easypost`)).status).toBe(405);
  expect(received).toHaveLength(before);
});

test('a label is shown for its grant, kept by nobody, and else is not there', async () => {
  const get = (path: string, method = 'GET') => fetch(`${origin}/labels${path}`, { method });
  const label = await get('/ful_1.pdf?grant=good');
  expect([label.status, label.headers.get('content-type'), label.headers.get('cache-control')]).toEqual([
    ...[200, 'application/pdf', 'private, no-store'],
  ]);
  expect(await label.text()).toBe('%PDF ful_1');
  for (const path of [
    '/ful_1.pdf',
    '/ful_1.pdf?grant=bad',
    '/ful_1?grant=good',
    '/%2e%2e%2fful_1.pdf?grant=good',
    '/a/b.pdf?grant=good',
    '?grant=good',
  ])
    expect((await get(path)).status, path).toBe(404);
  expect((await get('/ful_1.pdf?grant=good', 'POST')).status).toBe(405);
});
