import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FakeStripe, SECRET_KEY, startFakeStripe } from './fake-stripe.ts';

let fake: FakeStripe;
let stripe: Stripe;

beforeAll(async () => {
  fake = await startFakeStripe();
  stripe = client();
});
afterAll(() => fake.stop());
beforeEach(() => {
  fake.faults.clear();
  Object.assign(fake.webhooks.sending, { url: null, copies: 1, hold: false, delayMs: 0, skewSeconds: 0 });
});

const client = (key = SECRET_KEY, timeout = 1_000) =>
  new Stripe(key, {
    ...{ host: '127.0.0.1', port: new URL(fake.url).port, protocol: 'http', maxNetworkRetries: 0, telemetry: false },
    timeout,
  });
const authorization = (payment_method = 'pm_card_visa') => ({
  ...({ amount: 4_490, currency: 'eur', capture_method: 'manual', confirm: true, payment_method } as const),
  ...{ return_url: 'https://shop.example/order', metadata: { order_id: 'ord_1' } },
});
const authorize = (token?: string, key?: string) =>
  stripe.paymentIntents.create(authorization(token), key ? { idempotencyKey: key } : {});
let keys = 0;
const newKey = () => `key-${++keys}`;

describe('payments', () => {
  test('authorized, captured in part, given back in two parts and no more', async () => {
    const intent = await authorize();
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 4_490, amount_received: 0 });
    await expect(stripe.paymentIntents.capture(intent.id, { amount_to_capture: 4_491 })).rejects.toMatchObject({
      code: 'amount_too_large',
    });
    const captured = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 4_000 });
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 4_000, amount_capturable: 0 });
    await stripe.refunds.create({ payment_intent: intent.id, amount: 1_000 });
    await stripe.refunds.create({ payment_intent: intent.id });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    const refunds = await stripe.refunds.list({ payment_intent: intent.id });
    expect(refunds.data.map(({ amount, status }) => [amount, status])).toEqual([
      [3_000, 'succeeded'],
      [1_000, 'succeeded'],
    ]);
    const { latest_charge } = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(latest_charge).toMatchObject({ amount_captured: 4_000, amount_refunded: 4_000, refunded: true });
  });

  test('a cancelled one holds nothing and cannot be captured', async () => {
    const { id } = await authorize();
    expect(await stripe.paymentIntents.cancel(id)).toMatchObject({ status: 'canceled', amount_capturable: 0 });
    await expect(stripe.paymentIntents.capture(id)).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
    await expect(stripe.paymentIntents.cancel(id)).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  test.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', ''],
  ])('%s is a card error with its intent', async (token, code, declineCode) => {
    await expect(authorize(token)).rejects.toMatchObject({
      ...{ type: 'StripeCardError', statusCode: 402, code, decline_code: declineCode },
      payment_intent: { status: 'requires_payment_method' },
    });
  });

  test.each([
    [true, 'requires_capture'],
    [false, 'requires_payment_method'],
  ])('3-D Secure, approved: %s', async (approved, status) => {
    const intent = await authorize('pm_card_threeDSecure2Required');
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
    await fetch(intent.next_action!.redirect_to_url!.url!, {
      method: 'POST',
      body: new URLSearchParams({ answer: approved ? 'approve' : 'refuse' }),
    });
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe(status);
  });

  test('a confirmation token confirms once, and leaves the bank to the SDK', async () => {
    const { id } = await stripe.testHelpers.confirmationTokens.create({
      payment_method: 'pm_card_threeDSecure2Required',
      return_url: 'https://shop.example/order',
    });
    const { payment_method: _, ...params } = authorization();
    const intent = await stripe.paymentIntents.create({ ...params, confirmation_token: id });
    expect(intent.next_action?.type).toBe('use_stripe_sdk');
    await expect(stripe.paymentIntents.create({ ...params, confirmation_token: id })).rejects.toMatchObject({
      param: 'confirmation_token',
    });
  });

  test('lists newest first, in a window, over pages', async () => {
    const { id } = await authorize();
    const { id: newer } = await authorize();
    const found = await stripe.paymentIntents.list({ limit: 1, created: { gte: 1 } }).autoPagingToArray({ limit: 500 });
    expect(found.map((intent) => intent.id).slice(0, 2)).toEqual([newer, id]);
    expect((await stripe.paymentIntents.list({ created: { lt: 1 } })).data).toEqual([]);
    const { data } = await stripe.paymentIntents.search({ query: "metadata['order_id']:'ord_1'" });
    expect(data[0]?.id).toBe(newer);
  });

  test('nobody gets in with another key', async () => {
    await expect(client('sk_test_wrong').paymentIntents.list()).rejects.toMatchObject({ statusCode: 401 });
  });
});

describe('idempotency keys', () => {
  test('the same request has the same answer, a refusal too; other parameters and other endpoints are an error', async () => {
    const key = newKey();
    const first = await authorize('pm_card_visa', key);
    const again = await authorize('pm_card_visa', key);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(authorize('pm_card_amex', key)).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
      statusCode: 400,
    });
    await expect(stripe.paymentIntents.capture(first.id, {}, { idempotencyKey: key })).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
    });
    const declined = newKey();
    const before = fake.books.intents.size;
    for (let i = 0; i < 2; i++)
      await expect(authorize('pm_card_chargeDeclined', declined)).rejects.toMatchObject({ type: 'StripeCardError' });
    expect(fake.books.intents.size).toBe(before + 1);
  });

  test('409 while the first is in flight, and what was not valid is not kept', async () => {
    const key = newKey();
    fake.faults.add({ kind: 'delay', ms: 200 });
    const first = authorize('pm_card_visa', key);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(authorize('pm_card_visa', key)).rejects.toMatchObject({
      statusCode: 409,
      code: 'idempotency_key_in_use',
    });
    expect((await authorize('pm_card_visa', key).catch(() => first)).id).toBe((await first).id);
    const mistyped = newKey();
    await expect(authorize('pm_card_unknown', mistyped)).rejects.toMatchObject({ code: 'resource_missing' });
    expect((await authorize('pm_card_visa', mistyped)).status).toBe('requires_capture');
  });
});

describe('misbehavior on command', () => {
  test.each(['drop', 'late', 'break'] as const)('%s: done, though it is not told', async (kind) => {
    const key = newKey();
    const before = fake.books.intents.size;
    // The SDK tries a cut connection once more by itself.
    fake.faults.add({ kind, ms: 400, times: kind === 'drop' ? 2 : 1 });
    const patient = client(SECRET_KEY, 200);
    await expect(patient.paymentIntents.create(authorization(), { idempotencyKey: key })).rejects.toThrow();
    expect(fake.books.intents.size).toBe(before + 1);
    const again = authorize('pm_card_visa', key);
    if (kind === 'break') await expect(again).rejects.toMatchObject({ statusCode: 500 });
    else expect((await again).status).toBe('requires_capture');
    expect(fake.books.intents.size).toBe(before + 1);
  });

  test('timeout, 429 and 500 before it began: not done, and done by the next try', async () => {
    const key = newKey();
    const before = fake.books.intents.size;
    const patient = client(SECRET_KEY, 200);
    for (const fault of [
      { kind: 'timeout' },
      { kind: 'refuse', status: 429 },
      { kind: 'refuse', status: 500 },
    ] as const) {
      fake.faults.add(fault);
      await expect(patient.paymentIntents.create(authorization(), { idempotencyKey: key })).rejects.toThrow();
    }
    expect(fake.books.intents.size).toBe(before);
    expect((await authorize('pm_card_visa', key)).status).toBe('requires_capture');
  });

  test('from another process, over the control address', async () => {
    const post = (path: string, body: object) =>
      fetch(`${fake.url}/control/${path}`, { method: 'POST', body: JSON.stringify(body) });
    await post('faults', { kind: 'refuse', status: 503, method: 'GET' });
    await expect(stripe.paymentIntents.list()).rejects.toMatchObject({ statusCode: 503 });
    const books = (await (await post('books', {})).json()) as { intents: unknown[] };
    expect(books.intents).toHaveLength(fake.books.intents.size);
  });
});

describe('webhooks', () => {
  const received: Stripe.Event[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push(stripe.webhooks.constructEvent(body, request.headers['stripe-signature']!, 'whsec_fake_stripe'));
    response.writeHead(status).end();
  });
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => server.close());
  beforeEach(() => {
    received.length = 0;
    status = 200;
    fake.webhooks.sending.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  test('signed as the SDK wants it, each as often as asked', async () => {
    fake.webhooks.sending.copies = 3;
    await authorize();
    await fake.webhooks.settled();
    expect(received.map(({ type }) => type).sort()).toEqual([
      ...Array(3).fill('payment_intent.amount_capturable_updated'),
      ...Array(3).fill('payment_intent.created'),
    ]);
    expect(new Set(received.map(({ id }) => id)).size).toBe(2);
  });

  test('held back, they come the last first and tell of what was', async () => {
    fake.webhooks.sending.hold = true;
    const { id } = await authorize();
    await stripe.paymentIntents.capture(id);
    fake.webhooks.flush();
    await fake.webhooks.settled();
    expect(received.map(({ type }) => type).sort()).toEqual([
      'charge.captured',
      'payment_intent.amount_capturable_updated',
      'payment_intent.created',
      'payment_intent.succeeded',
    ]);
    const earlier = received.find(({ type }) => type === 'payment_intent.amount_capturable_updated');
    expect(earlier?.data.object).toMatchObject({ status: 'requires_capture' });
  });

  test('sent again until they are answered 2xx', async () => {
    status = 503;
    await authorize();
    await expect.poll(() => received.length).toBeGreaterThan(3);
    status = 200;
    await fake.webhooks.settled();
    expect(fake.webhooks.answered.slice(-2).map((each) => each.status)).toEqual([200, 200]);
  });
});
