import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAYMENT_WEBHOOKS, paymentWebhooks, type ReceivedPaymentWebhook } from './payment-webhook.ts';

const received: ReceivedPaymentWebhook[] = [];
const handle = paymentWebhooks(async (webhook) => {
  received.push(webhook);
  if (webhook.provider === 'down') throw new Error('The database is away.');
  return webhook.provider === 'stripe';
});
const server = createServer((request, response) => void handle(request, response));
let origin = '';
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PAYMENT_WEBHOOKS}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const post = async (provider: string, body: string) => {
  const headers = { 'stripe-signature': 't=1,v1=2', cookie: 'a=b', authorization: 'Bearer secret' };
  return (await fetch(`${origin}/${provider}`, { method: 'POST', body, headers })).status;
};

test('19, 20: a webhook is handed on as it came, without what its provider did not send; taken is 204, refused is 400', async () => {
  expect(await post('stripe', '{"é": 1}')).toBe(204);
  expect(received.at(-1)).toMatchObject({ provider: 'stripe', body: Buffer.from('{"é": 1}').toString('base64') });
  expect(received.at(-1)?.headers).toContainEqual({ name: 'stripe-signature', value: 't=1,v1=2' });
  expect(received.at(-1)?.headers.filter(({ name }) => ['cookie', 'authorization'].includes(name))).toEqual([]);
  expect(await post('nobody', '{}')).toBe(400);
});

test('one that could not be written down is to be sent again; one without end and other methods are not read', async () => {
  expect(await post('down', '{}')).toBe(503);
  const before = received.length;
  expect(await post('stripe', 'x'.repeat(1_000_001)).catch(() => 413)).toBe(413);
  expect((await fetch(`${origin}/stripe`)).status).toBe(405);
  expect(received).toHaveLength(before);
});
