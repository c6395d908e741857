import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { brokenPaymentInvariants } from './payments-invariants.ts';
import { captureAll, settleRefunds } from './provider/test/books.ts';
import { testProvider } from './provider/test/test-provider.ts';
import { sweepRefunds } from './sweep-payments.ts';
import { openPaymentsDesk, type PaymentsDesk } from './testing/payments-desk.ts';

let desk: PaymentsDesk;
const real = { ...testProvider };

beforeAll(async () => {
  desk = await openPaymentsDesk(await createTestDatabase('payments'));
});
afterEach(async () => {
  Object.assign(testProvider, real);
  expect(await brokenPaymentInvariants()).toEqual([]);
});
afterAll(() => desk.close());

/** An order that is paid, 44.90 EUR. */
async function paid(token = 'pm_card_visa'): Promise<string> {
  const orderId = newId('ord');
  await desk.authorize(orderId, { token });
  await desk.capture(orderId);
  return orderId;
}

const atProvider = (orderId: string) =>
  desk.sql<{ captured: string; refunded: string }>(
    "SELECT captured, refunded FROM test_intent WHERE idempotency_key LIKE $1 || '%' ORDER BY created_at",
    [orderId],
  );
const dueNow = (table: 'payment' | 'refund') =>
  desk.sql(`UPDATE ${table} SET look_at = now() - make_interval(secs => 1) WHERE look_at IS NOT NULL`);
const refundsTold = async (orderId: string) =>
  (await desk.announced(orderId)).filter(({ topic }) => topic.includes('refunded')).map(({ payload }) => payload);

test('21: a refund within what was captured goes back; more than is left is refused and changes nothing', async () => {
  const orderId = await paid();
  expect(await desk.refund(orderId, '40.00')).toEqual({
    ...{ status: 'SUCCEEDED', refusal: null, captured: '44.90', refunded: '40.00', sequence: 4 },
  });
  expect(await desk.refund(orderId, '4.91')).toMatchObject({
    status: 'REFUSED',
    refusal: { code: 'amount_too_large', message: 'No more than 4.90 EUR can go back.' },
    refunded: '40.00',
  });
  expect(await desk.refund(orderId, '4.90', { currency: 'USD' })).toMatchObject({
    refusal: { code: 'amount_too_large' },
  });
  expect(await atProvider(orderId)).toEqual([{ captured: '4490', refunded: '4000' }]);
  expect(await refundsTold(orderId)).toMatchObject([
    { amount: '40.00', currency: 'EUR', capturedTotal: '44.90', refundedTotal: '40.00', sequence: 4 },
  ]);
});

test('21: nothing captured, nothing to give back', async () => {
  const orderId = newId('ord');
  expect(await desk.refund(orderId, '1.00')).toMatchObject({ refusal: { code: 'nothing_captured' } });
  await desk.authorize(orderId);
  expect(await desk.refund(orderId, '1.00')).toMatchObject({ refusal: { code: 'nothing_captured' }, refunded: '0.00' });
  expect(await desk.refund(orderId, '0')).toMatchObject({ refusal: { code: 'amount_invalid' } });
});

test('21: twenty partial refunds at once never exceed what was captured', async () => {
  const orderId = await paid();
  const answers = await Promise.all(Array.from({ length: 20 }, () => desk.refund(orderId, '10.00')));
  expect(answers.map(({ status }) => status).sort()).toEqual([
    ...Array(16).fill('REFUSED'),
    ...Array(4).fill('SUCCEEDED'),
  ]);
  expect(await atProvider(orderId)).toEqual([{ captured: '4490', refunded: '4000' }]);
  expect(await desk.totals(orderId)).toEqual({ authorized: '44.90', captured: '44.90', refunded: '40.00' });
  const sequences = (await refundsTold(orderId)).map(({ sequence }) => sequence);
  expect(new Set(sequences).size).toBe(4);
});

test('21: one refund asked for ten times at once goes back once, also when it is spread', async () => {
  const orderId = await paid();
  for (const charge of ['edit_1', 'edit_2']) await desk.charge(orderId, charge, { amount: '5.00' });
  const refundId = newId('ref');
  const answers = await Promise.all(Array.from({ length: 10 }, () => desk.refund(orderId, '47.00', { refundId })));
  for (const answer of answers) expect(answer).toMatchObject({ captured: '54.90', refunded: '47.00', refusal: null });
  expect(await desk.refund(orderId, '47.00', { refundId })).toMatchObject({ status: 'SUCCEEDED', refunded: '47.00' });
  expect(await atProvider(orderId)).toEqual([
    { captured: '4490', refunded: '4490' },
    { captured: '500', refunded: '210' },
    { captured: '500', refunded: '0' },
  ]);
});

test('21: more than is authorized is never captured: not by the provider, and not by our books', async () => {
  const orderId = newId('ord');
  await desk.authorize(orderId);
  const intent = (await testProvider.find(orderId, new Date(0)))!;
  const answer = await testProvider.capture(intent.ref, { minor: 4_491n, currency: 'EUR' }, 'k');
  expect(answer).toMatchObject({ status: 'AUTHORIZED', captured: 0n });
  testProvider.capture = async () => ({ ...intent, status: 'CAPTURED', captured: 4_491n });
  await expect(desk.capture(orderId)).rejects.toThrow('captured more');
  await expect(desk.sql('UPDATE payment SET captured = amount + 1 WHERE order_id = $1', [orderId])).rejects.toThrow(
    'payment_captured_within',
  );
  expect(await desk.totals(orderId)).toMatchObject({ captured: '0.00' });
});

test('one capture asked for by ten at once answers all of them that it is captured', async () => {
  const orderId = newId('ord');
  await desk.authorize(orderId);
  const { ref } = (await testProvider.find(orderId, new Date(0)))!;
  const capture = () => captureAll([ref], ['4490'], false);
  const answers = await Promise.all(Array.from({ length: 10 }, capture));
  expect(answers.flat().map(({ status }) => status)).toEqual(Array(10).fill('succeeded'));
  await desk.capture(orderId);
});

test('part of an authorization may be captured: the rest is released with it', async () => {
  const orderId = newId('ord');
  await desk.authorize(orderId);
  testProvider.capture = (ref, _, key) => real.capture(ref, { minor: 4_000n, currency: 'EUR' }, key);
  await desk.capture(orderId);
  expect(await desk.totals(orderId)).toEqual({ authorized: '40.00', captured: '40.00', refunded: '0.00' });
  expect(await desk.refund(orderId, '40.01')).toMatchObject({ refusal: { code: 'amount_too_large' } });
  expect(await desk.refund(orderId, '40.00')).toMatchObject({ status: 'SUCCEEDED' });
});

test('a refund whose answer was lost is noted, and the sweeper brings it to its end once', async () => {
  const orderId = await paid();
  const refundId = newId('ref');
  testProvider.refund = async (...asked) => {
    await real.refund(...asked);
    throw new Error('the answer was lost');
  };
  expect(await desk.refund(orderId, '10.00', { refundId })).toMatchObject({ status: 'PENDING', refunded: '10.00' });
  expect(await desk.refund(orderId, '40.00')).toMatchObject({ refusal: { code: 'amount_too_large' } });
  expect(await refundsTold(orderId)).toEqual([]);
  testProvider.refund = real.refund;
  await dueNow('refund');
  await Promise.all([sweepRefunds(), sweepRefunds()]);
  expect(await desk.refund(orderId, '10.00', { refundId })).toMatchObject({ status: 'SUCCEEDED', refunded: '10.00' });
  expect(await atProvider(orderId)).toEqual([{ captured: '4490', refunded: '1000' }]);
  expect(await refundsTold(orderId)).toMatchObject([{ refundId, amount: '10.00', refundedTotal: '10.00' }]);
});

test('a refund that the provider refuses is refused, and may be asked for anew', async () => {
  const orderId = await paid();
  const refusal = { code: 'refund_refused', message: 'Not today.' };
  testProvider.refund = async (ref, amount, key) => ({
    ...{ ref: null, key, paymentRef: ref, status: 'FAILED', amount, createdAt: new Date(), refusal },
  });
  expect(await desk.refund(orderId, '44.90')).toMatchObject({ status: 'REFUSED', refusal, refunded: '0.00' });
  testProvider.refund = real.refund;
  expect(await desk.refund(orderId, '44.90')).toMatchObject({ status: 'SUCCEEDED', refunded: '44.90' });
});

test('a refund that the bank takes later is pending until then', async () => {
  const orderId = await paid('pm_card_pendingRefund');
  expect(await desk.refund(orderId, '10.00')).toMatchObject({ status: 'PENDING', refunded: '10.00' });
  await desk.sql('UPDATE test_refund SET becomes_at = now() - make_interval(secs => 1) WHERE becomes_at IS NOT NULL');
  await settleRefunds();
  await dueNow('refund');
  await sweepRefunds();
  expect(await refundsTold(orderId)).toMatchObject([{ amount: '10.00', refundedTotal: '10.00' }]);
});

test('an order given up after capture and a part refund gives the rest back, once, with its charges', async () => {
  const orderId = await paid();
  await desk.charge(orderId, 'edit_1', { amount: '5.00' });
  await desk.refund(orderId, '10.00');
  await Promise.all([desk.giveUp(orderId), desk.giveUp(orderId), desk.giveUp(orderId)]);
  expect(await atProvider(orderId)).toEqual([
    { captured: '4490', refunded: '4490' },
    { captured: '500', refunded: '500' },
  ]);
  expect(await desk.totals(orderId)).toEqual({ authorized: '49.90', captured: '49.90', refunded: '49.90' });
  expect(await desk.charge(orderId, 'edit_2')).toMatchObject({ refusal: { code: 'order_given_up' } });
});
