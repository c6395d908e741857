import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import {
  type PaymentResult,
  paymentAuthorize,
  paymentConfirm,
  paymentVoid,
} from '#subgraphs/payments/contracts/payments.ts';
import { testProvider } from '#subgraphs/payments/provider/test/test-provider.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
let context: Context;
const real = { ...testProvider };

beforeAll(async () => {
  desk = await openDesk();
  context = new Context('orders', desk.asking, { viewer: null, caller: 'orders' });
});
afterAll(async () => {
  Object.assign(testProvider, real);
  await desk.close();
});

const authorize = async (orderId: string, token = 'pm_card_visa'): Promise<PaymentResult> => {
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
const giveBack = async (orderId: string) => (await context.ask(paymentVoid, { orderId })).paymentVoid;
const capture = (orderId: string, id = newId('evt')) =>
  desk.hand('payments-capture', { ...orderConfirmed({ orderId }), id });

interface Books {
  status: string;
  captured: string;
  refunded: string;
}
const provider = (orderId: string) =>
  desk.sql<Books>('payments', 'SELECT status, captured, refunded FROM test_intent WHERE idempotency_key = $1', [
    orderId,
  ]);
const ours = (orderId: string) =>
  desk.sql<Books & { voided: boolean }>(
    'payments',
    'SELECT status, captured, refunded, voided FROM payment WHERE order_id = $1',
    [orderId],
  );
const announced = (orderId: string) =>
  desk.sql('payments', "SELECT topic FROM outbox WHERE payload ->> 'orderId' = $1", [orderId]);

/** What the provider still holds of the shopper's money, authorized or captured. */
async function heldOf(orderId: string): Promise<bigint> {
  const [intent] = await provider(orderId);
  if (intent?.status === 'requires_capture' || intent?.status === 'requires_action') return 4_490n;
  return intent ? BigInt(intent.captured) - BigInt(intent.refunded) : 0n;
}

test('authorizing is idempotent, also ten at once: one payment, one intent, one answer', async () => {
  const orderId = newId('ord');
  const answers = await Promise.all(Array.from({ length: 10 }, () => authorize(orderId)));
  expect(answers).toEqual(
    Array(10).fill({ payment: { id: expect.any(String), status: 'AUTHORIZED' }, nextAction: null, refusal: null }),
  );
  expect(new Set(answers.map(({ payment }) => payment?.id)).size).toBe(1);
  expect(await provider(orderId)).toEqual([{ status: 'requires_capture', captured: '0', refunded: '0' }]);
});

test.each([
  ['pm_card_chargeDeclined', 'card_declined'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card'],
  ['4242424242424242', 'unknown_token'],
])('%s is refused as %s, and stays refused', async (token, code) => {
  const orderId = newId('ord');
  for (let i = 0; i < 2; i++)
    expect(await authorize(orderId, token)).toMatchObject({ payment: { status: 'FAILED' }, refusal: { code } });
  expect(await heldOf(orderId)).toBe(0n);
  expect(await giveBack(orderId)).toMatchObject({ payment: { status: 'FAILED' } });
});

test('a capture takes the whole amount, and is announced once though its job runs twice, at once and later', async () => {
  const orderId = newId('ord');
  await authorize(orderId);
  const id = newId('evt');
  await Promise.all([capture(orderId, id), capture(orderId, id), capture(orderId, id)]);
  await capture(orderId, id);
  expect(await ours(orderId)).toEqual([{ status: 'PAID', captured: '4490', refunded: '0', voided: false }]);
  expect(await provider(orderId)).toEqual([{ status: 'succeeded', captured: '4490', refunded: '0' }]);
  expect(await announced(orderId)).toEqual([{ topic: 'payments.payment-captured.v1' }]);
});

test('a capture whose answer was lost is made good by the next try', async () => {
  const orderId = newId('ord');
  await authorize(orderId);
  const id = newId('evt');
  testProvider.capture = async (...asked) => {
    await real.capture(...asked);
    throw new Error('the answer was lost');
  };
  await expect(capture(orderId, id)).rejects.toThrow('the answer was lost');
  testProvider.capture = real.capture;
  expect(await announced(orderId)).toEqual([]);
  await capture(orderId, id);
  expect(await ours(orderId)).toMatchObject([{ status: 'PAID', captured: '4490' }]);
  expect(await announced(orderId)).toHaveLength(1);
});

describe('giving back', () => {
  test('before authorizing: nothing is ever held', async () => {
    const orderId = newId('ord');
    await giveBack(orderId);
    expect(await authorize(orderId)).toMatchObject({
      payment: { status: 'VOIDED' },
      refusal: { code: 'order_given_up' },
    });
    expect(await provider(orderId)).toEqual([]);
  });

  test('after authorizing: released, twice without harm, and never captured', async () => {
    const orderId = newId('ord');
    await authorize(orderId);
    for (let i = 0; i < 2; i++) expect(await giveBack(orderId)).toMatchObject({ payment: { status: 'VOIDED' } });
    await capture(orderId);
    expect(await provider(orderId)).toEqual([{ status: 'canceled', captured: '0', refunded: '0' }]);
    expect(await ours(orderId)).toEqual([{ status: 'VOIDED', captured: '0', refunded: '0', voided: true }]);
    expect(await announced(orderId)).toEqual([]);
  });

  test('after capturing: refunded whole, once', async () => {
    const orderId = newId('ord');
    await authorize(orderId);
    await capture(orderId);
    await Promise.all([giveBack(orderId), giveBack(orderId)]);
    expect(await ours(orderId)).toEqual([{ status: 'REFUNDED', captured: '4490', refunded: '4490', voided: true }]);
    expect(await provider(orderId)).toEqual([{ status: 'succeeded', captured: '4490', refunded: '4490' }]);
  });

  test('while the shopper must still act: an approval afterwards holds nothing', async () => {
    const orderId = newId('ord');
    expect(await authorize(orderId, 'pm_card_threeDSecure2Required')).toMatchObject({
      payment: { status: 'REQUIRES_ACTION' },
    });
    await giveBack(orderId);
    expect(await provider(orderId)).toMatchObject([{ status: 'canceled' }]);
    expect((await context.ask(paymentConfirm, { orderId })).paymentConfirm.refusal?.code).toBe('order_given_up');
  });

  test('while the provider is being asked: what it authorizes meanwhile goes back at once', async () => {
    const orderId = newId('ord');
    let looked = () => {};
    const hasLooked = new Promise<void>((resolve) => {
      looked = resolve;
    });
    let authorized: Promise<PaymentResult> | null = null;
    testProvider.authorize = async (asked) => {
      await hasLooked;
      return real.authorize(asked);
    };
    testProvider.find = async (...asked) => {
      const found = await real.find(...asked);
      looked();
      await authorized;
      return found;
    };
    authorized = authorize(orderId);
    await expect.poll(() => ours(orderId)).toHaveLength(1);
    await giveBack(orderId);
    expect((await authorized).refusal?.code).toBe('order_given_up');
    Object.assign(testProvider, real);
    expect(await provider(orderId)).toEqual([{ status: 'canceled', captured: '0', refunded: '0' }]);
    expect(await ours(orderId)).toMatchObject([{ status: 'VOIDED', voided: true }]);
  });

  /**
   * Every question to the provider and every answer waits for its turn, and fast-check deals the turns: so the deeds
   * meet at each of their steps. Whatever the order, an order that is given up holds no money.
   */
  const deeds = { authorize, capture, giveBack, again: giveBack, confirm: authorize } as const;
  type Deed = keyof typeof deeds;

  async function interleave(order: readonly Deed[], before: boolean, turns: readonly number[]): Promise<string> {
    const orderId = newId('ord');
    if (before) await authorize(orderId);
    const waiting: (() => void)[] = [];
    const turn = () => new Promise<void>((resolve) => waiting.push(resolve));
    const slowly =
      <Args extends unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
      async (...args: Args): Promise<Answer> => {
        await turn();
        const answer = await call(...args);
        await turn();
        return answer;
      };
    for (const name of ['authorize', 'retrieve', 'find', 'capture', 'void', 'refund'] as const)
      Object.assign(testProvider, { [name]: slowly(real[name] as (...args: never[]) => Promise<unknown>) });
    let open = order.length;
    for (const deed of order) {
      deeds[deed](orderId)
        .catch(() => null)
        .finally(() => open--);
    }
    for (let i = 0; open > 0; i++) {
      await new Promise((resolve) => setTimeout(resolve, 4));
      const next = waiting.splice((turns[i % turns.length] ?? 0) % Math.max(1, waiting.length), 1)[0];
      next?.();
    }
    Object.assign(testProvider, real);
    return orderId;
  }

  test('at any moment of authorizing and capturing, in any order: nothing stays held, and the books agree', async () => {
    const order = fc.shuffledSubarray(['authorize', 'confirm', 'capture', 'giveBack', 'again'] as const, {
      minLength: 3,
    });
    const given = fc.record({
      order,
      before: fc.boolean(),
      turns: fc.array(fc.nat(6), { minLength: 6, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(given, async ({ order, before, turns }) => {
        const orderId = await interleave(order.includes('giveBack') ? order : [...order, 'giveBack'], before, turns);
        expect(await heldOf(orderId)).toBe(0n);
        const [payment] = await ours(orderId);
        const [intent] = await provider(orderId);
        expect(['VOIDED', 'REFUNDED']).toContain(payment?.status);
        expect(payment?.captured).toBe(payment?.refunded);
        expect(payment?.captured).toBe(intent?.captured ?? '0');
        // A job that ran before the order was given up may have been late; the next changes nothing.
        await capture(orderId);
        expect(await heldOf(orderId)).toBe(0n);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
