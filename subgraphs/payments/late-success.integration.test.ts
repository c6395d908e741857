import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { paymentsConfig } from './config.ts';
import { brokenPaymentInvariants } from './payments-invariants.ts';
import { testProvider } from './provider/test/test-provider.ts';
import { sweepPayments } from './sweep-payments.ts';
import { openPaymentsDesk, type PaymentsDesk } from './testing/payments-desk.ts';

let desk: PaymentsDesk;
const real = { ...testProvider };
const { providerDeadlineMs } = paymentsConfig;

beforeAll(async () => {
  desk = await openPaymentsDesk(await createTestDatabase('payments'));
  Object.assign(paymentsConfig, { providerDeadlineMs: 200 });
});
afterEach(async () => {
  Object.assign(testProvider, real);
  expect(await brokenPaymentInvariants()).toEqual([]);
});
afterAll(async () => {
  Object.assign(paymentsConfig, { providerDeadlineMs });
  await desk.close();
});

const atProvider = (orderId: string) =>
  desk.sql<{ status: string }>('SELECT status FROM test_intent WHERE idempotency_key = $1', [orderId]);
const ours = async (orderId: string) =>
  (
    await desk.sql<{ status: string; voided: boolean; waits: boolean }>(
      "SELECT status, voided, look_at IS NOT NULL AS waits FROM payment WHERE order_id = $1 AND charge = ''",
      [orderId],
    )
  )[0];
const appear = () =>
  desk.sql('UPDATE test_intent SET hidden_until = now() - make_interval(secs => 1) WHERE hidden_until IS NOT NULL');
const dueNow = () =>
  desk.sql('UPDATE payment SET look_at = now() - make_interval(secs => 1) WHERE look_at IS NOT NULL');
const age = (orderId: string, by: string) =>
  desk.sql('UPDATE payment SET updated_at = updated_at - $2::interval WHERE order_id = $1', [orderId, by]);

test('18: an authorization that came too late for an answer completes when it is asked for again', async () => {
  const orderId = newId('ord');
  await expect(desk.authorize(orderId, { token: 'pm_souk_late' })).rejects.toThrow();
  expect(await ours(orderId)).toEqual({ status: 'PENDING', voided: false, waits: false });
  await appear();
  expect(await desk.authorize(orderId, { token: 'pm_souk_late' })).toMatchObject({
    payment: { status: 'AUTHORIZED' },
    refusal: null,
  });
  expect(await atProvider(orderId)).toEqual([{ status: 'requires_capture' }]);
});

test('18: an answer that was lost is found under its key', async () => {
  const orderId = newId('ord');
  await expect(desk.authorize(orderId, { token: 'pm_souk_lost' })).rejects.toThrow();
  expect(await desk.authorize(orderId, { token: 'pm_souk_lost' })).toMatchObject({ payment: { status: 'AUTHORIZED' } });
  await desk.capture(orderId);
  expect(await desk.totals(orderId)).toMatchObject({ captured: '44.90' });
});

test('18: given up without the provider’s answer, it is looked for until it comes, and released once', async () => {
  const orderId = newId('ord');
  await expect(desk.authorize(orderId, { token: 'pm_souk_late' })).rejects.toThrow();
  expect(await desk.giveUp(orderId)).toMatchObject({ payment: { status: 'VOIDED' } });
  expect(await ours(orderId)).toEqual({ status: 'VOIDED', voided: true, waits: true });
  await dueNow();
  await sweepPayments();
  expect(await ours(orderId)).toMatchObject({ waits: true });
  let released = 0;
  testProvider.void = (ref) => {
    released++;
    return real.void(ref);
  };
  await appear();
  await dueNow();
  await Promise.all([sweepPayments(), sweepPayments(), sweepPayments()]);
  expect(released).toBe(1);
  expect(await atProvider(orderId)).toEqual([{ status: 'canceled' }]);
  expect(await ours(orderId)).toEqual({ status: 'VOIDED', voided: true, waits: false });
});

test('18: what was captured by a lost answer and then given up is refunded once, whoever finds it', async () => {
  const orderId = newId('ord');
  await desk.authorize(orderId);
  testProvider.capture = async (...asked) => {
    await real.capture(...asked);
    throw new Error('the answer was lost');
  };
  await expect(desk.capture(orderId)).rejects.toThrow('lost');
  await Promise.all([desk.giveUp(orderId), desk.giveUp(orderId)]);
  expect(await desk.sql('SELECT refunded FROM test_intent WHERE idempotency_key = $1', [orderId])).toEqual([
    { refunded: '4490' },
  ]);
  expect(await desk.totals(orderId)).toEqual({ authorized: '44.90', captured: '44.90', refunded: '44.90' });
});

test('18: once nothing can come any more it is looked for no longer', async () => {
  const orderId = newId('ord');
  testProvider.authorize = () => sleep(10).then(() => Promise.reject(new Error('the provider is down')));
  await expect(desk.authorize(orderId)).rejects.toThrow();
  await desk.giveUp(orderId);
  await age(orderId, '1 hour');
  await dueNow();
  await sweepPayments();
  expect(await ours(orderId)).toEqual({ status: 'VOIDED', voided: true, waits: false });
});

test('a charge cut short between its authorization and its capture is captured by the sweeper', async () => {
  const orderId = newId('ord');
  await desk.authorize(orderId);
  await desk.capture(orderId);
  testProvider.capture = () => Promise.reject(new Error('the process died'));
  await expect(desk.charge(orderId, 'edit_1', { amount: '5.00' })).rejects.toThrow();
  testProvider.capture = real.capture;
  await dueNow();
  await sweepPayments();
  expect(await desk.totals(orderId)).toEqual({ authorized: '49.90', captured: '49.90', refunded: '0.00' });
  expect(await desk.charge(orderId, 'edit_1', { amount: '5.00' })).toMatchObject({ payment: { status: 'PAID' } });
});

test('a charge that is given up before, while or after it is made holds nothing', async () => {
  for (const order of ['before', 'at once', 'after']) {
    const orderId = newId('ord');
    await desk.authorize(orderId);
    await desk.capture(orderId);
    if (order === 'before') await desk.giveUpCharge(orderId, 'edit_1');
    const charged = desk.charge(orderId, 'edit_1', { amount: '5.00' }).catch(() => null);
    if (order === 'after') await charged;
    await Promise.all([charged, desk.giveUpCharge(orderId, 'edit_1')]);
    const totals = (await desk.totals(orderId))!;
    expect(Number(totals.captured) - Number(totals.refunded)).toBeCloseTo(44.9);
    const [held] = await desk.sql<{ held: string | null }>(
      `SELECT sum(CASE WHEN status = 'requires_capture' THEN amount ELSE captured - refunded END) AS held FROM test_intent
       WHERE idempotency_key = $1 AND status <> 'canceled'`,
      [`${orderId}/edit_1`],
    );
    expect(Number(held?.held ?? 0)).toBe(0);
  }
});

test('sixty confirmed orders are captured in one go; one that fails keeps none of the others', async () => {
  const orderIds = Array.from({ length: 60 }, () => newId('ord'));
  await Promise.all(orderIds.map((orderId) => desk.authorize(orderId)));
  const bad = orderIds[17]!;
  const [{ provider_ref: badRef } = { provider_ref: '' }] = await desk.sql<{ provider_ref: string }>(
    'SELECT provider_ref FROM payment WHERE order_id = $1',
    [bad],
  );
  testProvider.capture = (ref, ...rest) =>
    ref === badRef ? Promise.reject(new Error('the provider said 500')) : real.capture(ref, ...rest);
  const free = newId('ord');
  await expect(desk.capture(...orderIds, free)).rejects.toThrow('500');
  const captured = await desk.sql<{ n: number }>(
    `SELECT count(*)::int AS n FROM payment WHERE order_id = ANY($1) AND status = 'PAID'`,
    [orderIds],
  );
  expect(captured).toEqual([{ n: 59 }]);
  expect(await desk.announced(bad)).toEqual([]);
  expect(await desk.announced(free)).toMatchObject([{ payload: { paymentId: '', amount: '0', currency: 'XXX' } }]);
  testProvider.capture = real.capture;
  await desk.capture(bad);
  expect(await desk.announced(bad)).toMatchObject([
    { payload: { amount: '44.90', capturedTotal: '44.90', refundedTotal: '0.00' } },
  ]);
});
