import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { routeFinder } from '#platform/graphql/http-routes.ts';
import { log } from '#platform/telemetry/log.ts';
import { PAYMENT_WEBHOOKS, paymentWebhooks } from '#server/payment-webhook.ts';
import { paymentWebhook } from '#subgraphs/payments/contracts/payment-webhook.ts';
import { paymentAuthorize, paymentVoid } from '#subgraphs/payments/contracts/payments.ts';
import { brokenPaymentInvariants } from '#subgraphs/payments/payments-invariants.ts';
import { answerChallenge, testProvider } from '#subgraphs/payments/provider/test/test-provider.ts';
import { SIGNATURE, signatureOf, tellDue } from '#subgraphs/payments/provider/test/webhooks.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
let context: Context;
let server: Server;
let origin = '';
let answered: number[] = [];

beforeAll(async () => {
  desk = await openDesk();
  context = new Context('server', desk.asking, { viewer: null, caller: 'server' });
  const take = async (input: Parameters<Parameters<typeof paymentWebhooks>[0]>[0]) =>
    (await context.ask(paymentWebhook, { input })).paymentWebhook;
  const find = routeFinder({ [PAYMENT_WEBHOOKS]: paymentWebhooks(take) });
  server = createServer((request, response) => {
    response.on('close', () => answered.push(response.statusCode));
    void find((request.url ?? '').split('?')[0]!)?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  answered = [];
  expect(await brokenPaymentInvariants()).toEqual([]);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  await desk.close();
});

const send = async (body: string, signature = signatureOf(body, new Date())): Promise<number> =>
  (
    await fetch(`${origin}/webhooks/payments/test`, {
      ...{ method: 'POST', body, headers: { [SIGNATURE]: signature, 'content-type': 'application/json' } },
    })
  ).status;

const authorize = async (orderId: string, token = 'pm_card_visa') => {
  const input = {
    orderId,
    orderNumber: 'S-1',
    amount: '44.90',
    currency: 'EUR',
    provider: null,
    token,
    email: 'a@b.c',
  };
  return (await context.ask(paymentAuthorize, { input })).paymentAuthorize;
};

interface Intent {
  id: string;
  secret: string;
  status: string;
}
const intentOf = async (orderId: string): Promise<Intent> =>
  (await desk.sql<Intent>('payments', 'SELECT * FROM test_intent WHERE idempotency_key = $1', [orderId]))[0]!;
const ours = async (orderId: string) =>
  (
    await desk.sql<{ status: string; captured: string; refunded: string; movements: number }>(
      'payments',
      'SELECT status, captured, refunded, movements FROM payment WHERE order_id = $1',
      [orderId],
    )
  )[0];
const told = (orderId: string) =>
  desk.sql<{ topic: string; payload: Record<string, unknown> }>(
    'payments',
    "SELECT topic, payload FROM outbox WHERE payload ->> 'orderId' = $1",
    [orderId],
  );

/** What the test provider would say of a payment that is so. */
const event = (kind: 'payment' | 'refund', object: object, id = newId('evt')): string =>
  JSON.stringify({ id, kind, at: new Date(), object });

test('17: the bank’s word comes by webhook: the order goes on without the shopper', async () => {
  const cart = desk.neighbors.fillCart();
  const placed = await desk.place({ cartId: cart.id, token: 'pm_card_threeDSecure2Required' });
  const { id, secret } = await intentOf(placed.order!.id);
  await answerChallenge(id, secret, true);
  expect(await tellDue(origin)).toBe(false);
  expect(answered).toEqual([204]);
  expect(await told(placed.order!.id)).toEqual([
    { topic: 'payments.payment-settled.v1', payload: { orderId: placed.order!.id, outcome: 'AUTHORIZED' } },
  ]);
  await desk.deliver(3);
  expect(
    await desk.sql('orders', 'SELECT status, payment_status FROM orders WHERE id = $1', [placed.order!.id]),
  ).toEqual([{ status: 'CONFIRMED', payment_status: 'PAID' }]);
  expect(await desk.sql('payments', 'SELECT * FROM test_webhook')).toEqual([]);
});

test('17: the bank’s no comes by webhook: the order is cancelled and its stock is free', async () => {
  const cart = desk.neighbors.fillCart();
  const placed = await desk.place({ cartId: cart.id, token: 'pm_card_threeDSecure2Required' });
  const { id, secret } = await intentOf(placed.order!.id);
  await answerChallenge(id, secret, false);
  await tellDue(origin);
  await desk.deliver();
  expect(await desk.sql('orders', 'SELECT status FROM orders WHERE id = $1', [placed.order!.id])).toEqual([
    { status: 'CANCELLED' },
  ]);
  expect(await ours(placed.order!.id)).toMatchObject({ status: 'FAILED', movements: 0 });
});

test('19: one webhook 50 times at once: one effect, each answered 2xx', async () => {
  const orderId = newId('ord');
  await authorize(orderId, 'pm_card_threeDSecure2Required');
  const intent = await intentOf(orderId);
  const body = event('payment', { ...intent, status: 'requires_capture' });
  const statuses = await Promise.all(Array.from({ length: 50 }, () => send(body)));
  expect(statuses).toEqual(Array(50).fill(204));
  expect(await ours(orderId)).toEqual({ status: 'AUTHORIZED', captured: '0', refunded: '0', movements: 1 });
  expect(await told(orderId)).toHaveLength(1);
  expect(await send(body)).toBe(204);
  expect(await told(orderId)).toHaveLength(1);
});

test('19: a refund made at the provider, told 50 times at once, is booked and announced once', async () => {
  const orderId = newId('ord');
  await authorize(orderId);
  const { id } = await intentOf(orderId);
  await testProvider.capture(id, { minor: 4_490n, currency: 'EUR' }, 'k');
  await desk.sql('payments', 'UPDATE test_intent SET refunded = 1000 WHERE id = $1', [id]);
  const refund = {
    ...{ id: newId('re'), idempotency_key: null, intent_id: id, status: 'succeeded', amount: 1000, currency: 'EUR' },
    created_at: new Date(),
  };
  const body = event('refund', refund);
  const other = event('refund', refund);
  const statuses = await Promise.all(Array.from({ length: 50 }, (_, i) => send(i % 2 ? body : other)));
  expect(statuses).toEqual(Array(50).fill(204));
  expect(await ours(orderId)).toMatchObject({ status: 'PARTIALLY_REFUNDED', captured: '4490', refunded: '1000' });
  const refunds = (await told(orderId)).filter(({ topic }) => topic.includes('refunded'));
  expect(refunds.map(({ payload }) => payload)).toEqual([
    {
      ...{ orderId, refundId: null, amount: '10.00', currency: 'EUR', capturedTotal: '44.90', refundedTotal: '10.00' },
      sequence: 4,
    },
  ]);
});

test('19: in whatever order and however often they come, the state only goes forward and ends the same', async () => {
  const shuffled = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7] as const, { minLength: 8 });
  await fc.assert(
    fc.asyncProperty(shuffled, fc.boolean(), async (order, atOnce) => {
      const orderId = newId('ord');
      await authorize(orderId, 'pm_card_threeDSecure2Required');
      const intent = await intentOf(orderId);
      await answerChallenge(intent.id, intent.secret, true);
      await testProvider.capture(intent.id, { minor: 4_490n, currency: 'EUR' }, 'k');
      await desk.sql('payments', 'UPDATE test_intent SET refunded = 1000 WHERE id = $1', [intent.id]);
      const refund = {
        ...{ id: newId('re'), idempotency_key: null, intent_id: intent.id, amount: 1000, currency: 'EUR' },
        created_at: new Date(),
      };
      const captured = { ...intent, status: 'succeeded', captured: 4490 };
      const bodies = [
        event('payment', intent),
        event('payment', { ...intent, status: 'requires_capture' }),
        event('payment', captured),
        event('payment', captured),
        event('payment', { ...captured, refunded: 1000 }),
        event('refund', { ...refund, status: 'pending' }),
        event('refund', { ...refund, status: 'succeeded' }),
        event('refund', { ...refund, status: 'succeeded' }),
      ];
      const rank = ['REQUIRES_ACTION', 'AUTHORIZED', 'PAID', 'PARTIALLY_REFUNDED'];
      if (atOnce) expect(await Promise.all(order.map((i) => send(bodies[i]!)))).toEqual(Array(8).fill(204));
      for (let reached = 0, i = 0; !atOnce && i < order.length; i++) {
        expect(await send(bodies[order[i]!]!)).toBe(204);
        const now = rank.indexOf((await ours(orderId))!.status);
        expect(now).toBeGreaterThanOrEqual(reached);
        reached = now;
      }
      expect(await ours(orderId)).toMatchObject({ status: 'PARTIALLY_REFUNDED', captured: '4490', refunded: '1000' });
      const topics = (await told(orderId)).map(({ topic }) => topic).filter((topic) => !topic.includes('settled'));
      expect(topics.sort()).toEqual(['payments.payment-captured.v1', 'payments.payment-refunded.v1']);
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('18: told after the order was given up, an authorization is released once', async () => {
  const orderId = newId('ord');
  await authorize(orderId, 'pm_card_threeDSecure2Required');
  const intent = await intentOf(orderId);
  await context.ask(paymentVoid, { orderId });
  const body = event('payment', { ...intent, status: 'requires_capture' });
  expect(await Promise.all([send(body), send(body)])).toEqual([204, 204]);
  expect(await intentOf(orderId)).toMatchObject({ status: 'canceled' });
  expect(await ours(orderId)).toMatchObject({ status: 'VOIDED', movements: 0 });
  expect(await told(orderId)).toEqual([]);
});

test.each([
  ['a bad signature', (body: string) => signatureOf(`${body} `, new Date()), 'bad_signature'],
  ['none', () => '', 'bad_signature'],
  ['one of another key', () => `t=${Math.floor(Date.now() / 1_000)},v1=${'0'.repeat(64)}`, 'bad_signature'],
  ['an old time', (body: string) => signatureOf(body, new Date(Date.now() - 301_000)), 'too_old'],
  ['a future time', (body: string) => signatureOf(body, new Date(Date.now() + 302_000)), 'in_the_future'],
])('20: %s: 400, logged, no effect', async (_, sign, reason) => {
  const warned = vi.spyOn(log, 'warn').mockImplementation(() => undefined);
  const orderId = newId('ord');
  await authorize(orderId, 'pm_card_threeDSecure2Required');
  const body = event('payment', { ...(await intentOf(orderId)), status: 'requires_capture' });
  expect(await send(body, sign(body))).toBe(400);
  expect(warned.mock.calls).toEqual([[{ provider: 'test', reason }, 'A webhook was refused']]);
  expect(await ours(orderId)).toMatchObject({ status: 'REQUIRES_ACTION', movements: 0 });
  warned.mockRestore();
  // The same, well signed and within the five minutes, is believed.
  expect(await send(body, signatureOf(body, new Date(Date.now() - 290_000)))).toBe(204);
  expect(await ours(orderId)).toMatchObject({ status: 'AUTHORIZED' });
});

test('20: what no provider of the shop sends is 400, and what is no webhook is 400 though it be signed', async () => {
  expect((await fetch(`${origin}/webhooks/payments/nobody`, { method: 'POST', body: '{}' })).status).toBe(400);
  expect((await fetch(`${origin}/webhooks/payments/`, { method: 'POST', body: '{}' })).status).toBe(400);
  expect(await send('not json')).toBe(400);
});

test('a webhook that could not be delivered is sent again until it is', async () => {
  await desk.sql('payments', 'DELETE FROM test_webhook');
  const orderId = newId('ord');
  await authorize(orderId, 'pm_card_threeDSecure2Required');
  const { id, secret } = await intentOf(orderId);
  await answerChallenge(id, secret, true);
  await desk.sql('payments', 'UPDATE test_webhook SET due_at = now() - make_interval(secs => 1)');
  await tellDue('http://127.0.0.1:9');
  expect(await desk.sql('payments', 'SELECT tries FROM test_webhook')).toEqual([{ tries: 1 }]);
  expect(await ours(orderId)).toMatchObject({ status: 'REQUIRES_ACTION' });
  await desk.sql('payments', "UPDATE test_webhook SET due_at = due_at + interval '1 minute'");
  await tellDue(origin);
  expect(answered).toEqual([]);
  await desk.sql('payments', 'UPDATE test_webhook SET due_at = now() - make_interval(secs => 1)');
  await Promise.all([tellDue(origin), tellDue(origin)]);
  expect(answered).toEqual([204]);
  expect(await ours(orderId)).toMatchObject({ status: 'AUTHORIZED' });
});

test('an authorization that the provider released by itself is written, and somebody is alarmed', async () => {
  const alarm = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  const orderId = newId('ord');
  await authorize(orderId);
  const intent = await intentOf(orderId);
  await testProvider.void(intent.id);
  expect(await send(event('payment', { ...intent, status: 'canceled' }))).toBe(204);
  expect(await ours(orderId)).toMatchObject({ status: 'VOIDED', movements: 2 });
  expect(alarm.mock.calls[0]?.[0]).toMatchObject({ alert: 'authorization-lost', order: orderId });
  alarm.mockRestore();
});
