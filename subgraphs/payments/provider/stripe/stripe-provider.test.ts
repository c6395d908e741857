import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { money } from '#platform/money/money.ts';
import { type FakeStripe, PUBLISHABLE_KEY, SECRET_KEY, startFakeStripe } from '#tests/fake-stripe/fake-stripe.ts';
import type { PaymentProvider, ProviderEntry } from '../payment-provider.ts';
import { stripeProvider } from './stripe-provider.ts';

let fake: FakeStripe;
let provider: PaymentProvider;

beforeAll(async () => {
  fake = await startFakeStripe();
  provider = stripeProvider(
    {
      ...{ secretKey: SECRET_KEY, publishableKey: PUBLISHABLE_KEY, webhookSecret: 'whsec_1' },
      ...{ apiUrl: new URL(fake.url), storefrontUrl: 'https://shop.example' },
    },
    900,
  );
});
afterAll(() => fake.stop());
beforeEach(() => fake.faults.clear());

const EUR = (minor: bigint) => money(minor, 'EUR');
const authorization = (token = 'pm_card_visa', key = newId('ord'), amount = EUR(4_490n)) => ({
  ...{ key, orderId: key, orderNumber: 'S-1', amount, token, email: 'a@b.c' },
});
const authorize = (token?: string, key?: string) => provider.authorize(authorization(token, key));
const intentsOf = (key: string) => [...fake.books.intents.values()].filter(({ metadata }) => metadata.souk_key === key);

test('an authorization says whose it is, and holds the amount', async () => {
  const key = newId('ord');
  expect(await authorize('pm_card_visa', key)).toMatchObject({
    ...{ key, status: 'AUTHORIZED', amount: EUR(4_490n), captured: 0n, refunded: 0n, nextAction: null, refusal: null },
  });
  expect(intentsOf(key)).toMatchObject([
    {
      ...{ amount: 4_490, currency: 'eur', capture_method: 'manual', description: 'Order S-1' },
      metadata: { order_id: key, order_number: 'S-1' },
    },
  ]);
});

test.each([
  ['pm_card_chargeDeclined', 'card_declined'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ['pm_card_chargeDeclinedStolenCard', 'card_declined'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card'],
  ['4242424242424242', 'unknown_token'],
  ['ctoken_unknown', 'unknown_token'],
])('16: %s is declined as %s, twice', async (token, code) => {
  const key = newId('ord');
  for (let i = 0; i < 2; i++)
    expect(await authorize(token, key)).toMatchObject({ status: 'DECLINED', refusal: { code }, captured: 0n });
});

test('23: amounts are exact, and what Stripe cannot take exactly is declined without asking it', async () => {
  const pay = (minor: bigint, currency: string) =>
    provider.authorize(authorization('pm_card_visa', newId('ord'), money(minor, currency)));
  expect(await pay(1_234n, 'JPY')).toMatchObject({ amount: money(1_234n, 'JPY') });
  expect(await pay(1_230n, 'KWD')).toMatchObject({ amount: money(1_230n, 'KWD') });
  const asked = fake.requests.length;
  expect(await pay(1_234n, 'KWD')).toMatchObject({ status: 'DECLINED', refusal: { code: 'amount_invalid' } });
  expect(fake.requests.length).toBe(asked);
});

describe('13: one key is one payment', () => {
  test('six at once, though Stripe answers 409 while it works', async () => {
    const key = newId('ord');
    fake.faults.add({ kind: 'delay', ms: 100 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => authorize('pm_card_visa', key)));
    expect(new Set(answers.map(({ ref }) => ref)).size).toBe(1);
    expect(intentsOf(key)).toHaveLength(1);
  });

  test('asked again with another address to come back to', async () => {
    const key = newId('ord');
    const { ref } = await authorize('pm_card_visa', key);
    const moved = await provider.authorize({ ...authorization('pm_card_visa', key), orderNumber: 'S-2' });
    expect(moved.ref).toBe(ref);
    expect(intentsOf(key)).toHaveLength(1);
  });
});

describe('17: 3-D Secure', () => {
  test('a payment method leads to the page of the bank, a confirmation token to Stripe’s own scripts', async () => {
    const byPage = await authorize('pm_card_threeDSecure2Required');
    expect(byPage).toMatchObject({ status: 'REQUIRES_ACTION', nextAction: { type: 'redirect_to_url' } });
    expect(byPage.nextAction?.url).toMatch(/^http/);
    const token = fake.books.createToken('pm_card_threeDSecure2Required', 'https://elsewhere.example') as {
      id: string;
    };
    const byScript = await authorize(token.id);
    expect(byScript.nextAction).toEqual({
      ...{ type: 'use_stripe_sdk', url: null, clientSecret: expect.stringContaining('_secret_') },
    });
  });

  test('approved it is authorized; refused it is declined for good: no other card can be tried behind our back', async () => {
    const approved = await authorize('pm_card_threeDSecure2Required');
    fake.books.answerChallenge(approved.ref, true);
    expect(await provider.retrieve(approved.ref)).toMatchObject({ status: 'AUTHORIZED' });
    const refused = await authorize('pm_card_threeDSecure2Required');
    fake.books.answerChallenge(refused.ref, false);
    expect(await provider.retrieve(refused.ref)).toMatchObject({
      ...{ status: 'DECLINED', refusal: { code: 'authentication_failed' } },
    });
    expect(fake.books.intent(refused.ref).status).toBe('canceled');
    expect(await provider.retrieve(refused.ref)).toMatchObject({ status: 'DECLINED' });
  });
});

test('what else the merchant does with the same account is looked at and left alone', async () => {
  const form = { amount: '100', currency: 'eur', confirm: 'true', return_url: 'https://elsewhere.example' };
  const foreign = fake.books.create({ ...form, payment_method: 'pm_card_threeDSecure2Required' });
  fake.books.answerChallenge(foreign.id, false);
  expect(await provider.retrieve(foreign.id)).toMatchObject({ key: null, status: 'DECLINED' });
  expect(foreign.status).toBe('requires_payment_method');
});

test('18, 21: captured in part the rest is released; a second and a larger capture change nothing', async () => {
  const { ref } = await authorize();
  expect(await provider.capture(ref, EUR(4_491n), 'a')).toMatchObject({ status: 'AUTHORIZED', captured: 0n });
  expect(await provider.capture(ref, EUR(4_000n), 'a')).toMatchObject({ status: 'CAPTURED', captured: 4_000n });
  expect(await provider.capture(ref, EUR(4_490n), 'b')).toMatchObject({ status: 'CAPTURED', captured: 4_000n });
  expect(await provider.void(ref)).toMatchObject({ status: 'CAPTURED', captured: 4_000n });
});

test('a void releases, twice without harm, and nothing can be captured after it', async () => {
  const { ref } = await authorize();
  for (let i = 0; i < 2; i++) expect(await provider.void(ref)).toMatchObject({ status: 'VOIDED' });
  expect(await provider.capture(ref, EUR(4_490n), 'a')).toMatchObject({ status: 'VOIDED', captured: 0n });
});

describe('refunds', () => {
  const captured = async (token?: string) => {
    const { ref } = await authorize(token);
    await provider.capture(ref, EUR(4_490n), ref);
    return ref;
  };

  test('21: one per key however often it is asked, two at once stay within what was captured', async () => {
    const ref = await captured();
    const once = () => provider.refund(ref, EUR(1_000n), `once-${ref}`);
    const answers = await Promise.all([once(), once(), once()]);
    expect(new Set(answers.map((refund) => refund.ref)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 'SUCCEEDED', key: `once-${ref}`, amount: EUR(1_000n), paymentRef: ref });
    const both = await Promise.all(['x', 'y'].map((key) => provider.refund(ref, EUR(2_000n), key + ref)));
    expect(both.map(({ status }) => status).sort()).toEqual(['FAILED', 'SUCCEEDED']);
    expect(await provider.retrieve(ref)).toMatchObject({ status: 'CAPTURED', captured: 4_490n, refunded: 3_000n });
  });

  test('a refund that the bank still works on is pending', async () => {
    const ref = await captured('pm_card_pendingRefund');
    expect(await provider.refund(ref, EUR(1_000n), `p-${ref}`)).toMatchObject({ status: 'PENDING' });
  });

  test('18: made, though Stripe answered 500 and keeps that under the key', async () => {
    const ref = await captured();
    fake.faults.add({ kind: 'break', method: 'POST', path: '/v1/refunds' });
    for (let i = 0; i < 2; i++)
      expect(await provider.refund(ref, EUR(1_000n), `kept-${ref}`)).toMatchObject({ status: 'SUCCEEDED' });
    expect((await provider.retrieve(ref)).refunded).toBe(1_000n);
  });
});

describe('18: whatever becomes of an answer, one payment is made', () => {
  test.each(['drop', 'late', 'break'] as const)('%s', async (kind) => {
    const key = newId('ord');
    const since = new Date();
    fake.faults.add({ kind, ms: 2_000, method: 'POST', times: kind === 'drop' ? 20 : 1 });
    await expect(authorize('pm_card_visa', key)).rejects.toThrow();
    fake.faults.clear();
    expect(await provider.find(key, since)).toMatchObject({ key, status: 'AUTHORIZED', amount: EUR(4_490n) });
    expect(intentsOf(key)).toHaveLength(1);
  });

  test.each([{ kind: 'refuse', status: 429 }, { kind: 'refuse', status: 500 }, { kind: 'drop' }] as const)(
    '%o once is mended at once, under the same key',
    async (fault) => {
      const key = newId('ord');
      fake.faults.add({ ...fault, method: 'POST' });
      expect(await authorize('pm_card_visa', key)).toMatchObject({ status: 'AUTHORIZED' });
      expect(intentsOf(key)).toHaveLength(1);
    },
  );

  test('Stripe does not answer: all tries together stay under the budget', async () => {
    fake.faults.add({ kind: 'timeout', times: 10 });
    const began = Date.now();
    await expect(authorize()).rejects.toThrow(/timeout/);
    expect(Date.now() - began).toBeLessThan(1_300);
  });

  test('a capture whose answer is lost or broken is one capture', async () => {
    for (const kind of ['drop', 'break'] as const) {
      const { ref } = await authorize();
      fake.faults.add({ kind, method: 'POST', path: '/capture' });
      expect(await provider.capture(ref, EUR(4_490n), 'a')).toMatchObject({ status: 'CAPTURED', captured: 4_490n });
    }
  });
});

test('what was never asked is not found, and what is old is not looked through', async () => {
  expect(await provider.find(newId('ord'), new Date())).toBeNull();
  const key = newId('ord');
  await authorize('pm_card_visa', key);
  expect(await provider.find(key, new Date(Date.now() + 120_000))).toBeNull();
});

test('the books are read to the last page', async () => {
  const since = new Date(Date.now() - 60_000);
  for (let i = 0; i < 120; i++) await authorize();
  const entries: ProviderEntry[] = [];
  for await (const entry of provider.reconcile({ since, until: new Date(Date.now() + 2_000) })) entries.push(entry);
  expect(entries.filter(({ payment }) => payment)).toHaveLength(fake.books.intents.size);
  expect(entries.filter(({ refund }) => refund)).toHaveLength(fake.books.refunds.size);
  for await (const entry of provider.reconcile({ since: new Date(0), until: new Date(1_000) }))
    expect(entry).toBeNull();
});
