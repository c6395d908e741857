import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import {
  paymentCharge,
  paymentChargeVoid,
  paymentRefund,
  paymentTotals,
} from '#subgraphs/payments/contracts/charges.ts';
import { paymentWebhook } from '#subgraphs/payments/contracts/payment-webhook.ts';
import { paymentAuthorize, paymentConfirm, paymentVoid } from '#subgraphs/payments/contracts/payments.ts';
import { PUBLISHABLE_KEY, SECRET_KEY, startFakeStripe } from '#tests/fake-stripe/fake-stripe.ts';
import type { Fault } from '#tests/fake-stripe/faults.ts';
import type { Desk } from './desk.ts';

// The shop's provider is read when payments are loaded: so the fake Stripe is there before them.
const fake = await startFakeStripe();
Object.assign(process.env, {
  STRIPE_SECRET_KEY: SECRET_KEY,
  STRIPE_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
  STRIPE_WEBHOOK_SECRET: fake.webhooks.sending.secret,
  STRIPE_API_URL: fake.url,
  PAYMENT_DEADLINE_MS: '900',
});
const { openDesk } = await import('./desk.ts');
const { reconcile } = await import('#subgraphs/payments/reconciliation/reconcile.ts');
const { shopProvider } = await import('#subgraphs/payments/provider/choose-provider.ts');
const began = new Date(Date.now() - 60_000);

let desk: Desk;
let context: Context;

beforeAll(async () => {
  desk = await openDesk();
  context = new Context('orders', desk.asking, { viewer: null, caller: 'orders' });
});
afterEach(() => fake.faults.clear());
afterAll(async () => {
  await desk?.close();
  await fake.stop();
});

const CURRENCY = { currency: 'EUR', email: 'a@b.c', orderNumber: 'S-1', provider: null };

const authorize = async (orderId: string, token = 'pm_card_visa') =>
  (await context.ask(paymentAuthorize, { input: { ...CURRENCY, orderId, amount: '44.90', token } })).paymentAuthorize;
const confirm = async (orderId: string) => (await context.ask(paymentConfirm, { orderId })).paymentConfirm;
const giveUp = async (orderId: string) => (await context.ask(paymentVoid, { orderId })).paymentVoid;
const capture = (orderId: string, id = newId('evt')) =>
  desk.hand('payments-capture', { ...orderConfirmed({ orderId }), id });
const charge = async (orderId: string, chargeId: string, amount: string, token = 'pm_card_visa') =>
  (await context.ask(paymentCharge, { input: { ...CURRENCY, orderId, chargeId, amount, token } })).paymentCharge;
const refund = async (orderId: string, amount: string, refundId = newId('ref')) =>
  (await context.ask(paymentRefund, { input: { orderId, refundId, amount, currency: 'EUR', reason: null } }))
    .paymentRefund;
const totals = async (orderId: string) => (await context.ask(paymentTotals, { orderIds: [orderId] })).paymentTotals[0];

const intentsOf = (orderId: string) =>
  [...fake.books.intents.values()].filter(({ metadata }) => metadata.order_id === orderId);

/** What Stripe holds of the shopper's money for an order: authorized, or captured and not given back. In cents. */
const heldOf = (orderId: string): number =>
  intentsOf(orderId).reduce((held, { id, amount_capturable, amount_received }) => {
    const back = [...fake.books.refunds.values()].filter((each) => each.payment_intent === id);
    const refunded = back.filter(({ status }) => status !== 'failed').reduce((all, { amount }) => all + amount, 0);
    return held + amount_capturable + amount_received - refunded;
  }, 0);

/** Tries until it is done, as sagas and jobs do. */
async function persist<Answer>(deed: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await deed();
    } catch (reason) {
      if (attempt === 8) throw reason;
      fake.faults.clear();
    }
  }
}

test('authorized, captured, a part given back, and the books of both sides agree', async () => {
  const orderId = newId('ord');
  expect(await authorize(orderId)).toMatchObject({ payment: { status: 'AUTHORIZED' }, refusal: null });
  await capture(orderId);
  expect(await totals(orderId)).toMatchObject({ authorized: '44.90', captured: '44.90', refunded: '0.00' });
  expect(await refund(orderId, '10.00')).toMatchObject({ status: 'SUCCEEDED', captured: '44.90', refunded: '10.00' });
  expect(intentsOf(orderId)).toMatchObject([{ status: 'succeeded', amount_received: 4_490 }]);
  expect(heldOf(orderId)).toBe(3_490);
});

test('16: a declined card is refused in plain words, and holds nothing', async () => {
  const orderId = newId('ord');
  expect(await authorize(orderId, 'pm_card_chargeDeclinedInsufficientFunds')).toMatchObject({
    payment: { status: 'FAILED' },
    refusal: { code: 'insufficient_funds', message: 'The card has not enough funds. Try another one.' },
  });
  expect(await giveUp(orderId)).toMatchObject({ payment: { status: 'FAILED' } });
  expect(heldOf(orderId)).toBe(0);
});

test('13: ten authorizations at once are one payment', async () => {
  const orderId = newId('ord');
  fake.faults.add({ kind: 'delay', ms: 150 });
  const answers = await Promise.all(Array.from({ length: 10 }, () => authorize(orderId)));
  expect(new Set(answers.map(({ payment }) => `${payment?.id} ${payment?.status}`)).size).toBe(1);
  expect(intentsOf(orderId)).toHaveLength(1);
});

describe('17: 3-D Secure', () => {
  const challenged = async () => {
    const orderId = newId('ord');
    const answer = await authorize(orderId, 'pm_card_threeDSecure2Required');
    expect(answer).toMatchObject({ payment: { status: 'REQUIRES_ACTION' }, nextAction: { type: 'redirect_to_url' } });
    expect(answer.nextAction?.clientSecret).toContain('_secret_');
    return { orderId, intent: intentsOf(orderId)[0]!.id };
  };

  test('approved, it is authorized, and can be captured', async () => {
    const { orderId, intent } = await challenged();
    expect(await confirm(orderId)).toMatchObject({ payment: { status: 'REQUIRES_ACTION' } });
    fake.books.answerChallenge(intent, true);
    expect(await confirm(orderId)).toMatchObject({ payment: { status: 'AUTHORIZED' }, nextAction: null });
    await capture(orderId);
    expect(heldOf(orderId)).toBe(4_490);
  });

  test('refused, it failed, and nobody can go on with it at Stripe', async () => {
    const { orderId, intent } = await challenged();
    fake.books.answerChallenge(intent, false);
    expect(await confirm(orderId)).toMatchObject({
      ...{ payment: { status: 'FAILED' }, refusal: { code: 'authentication_failed' } },
    });
    expect(fake.books.intent(intent).status).toBe('canceled');
  });

  test('given up while the bank waits: an approval afterwards holds nothing', async () => {
    const { orderId, intent } = await challenged();
    await giveUp(orderId);
    fake.books.answerChallenge(intent, true);
    expect(await confirm(orderId)).toMatchObject({ refusal: { code: 'order_given_up' } });
    expect(heldOf(orderId)).toBe(0);
  });
});

describe('18: whatever becomes of Stripe’s answers, an order ends in one state and is charged once', () => {
  const FAULTS: Fault[] = [
    { kind: 'drop', times: 4 },
    { kind: 'late', ms: 1_500, times: 2 },
    { kind: 'delay', ms: 1_500, times: 2 },
    { kind: 'timeout', times: 2 },
    { kind: 'refuse', status: 500, times: 2 },
    { kind: 'refuse', status: 429, times: 2 },
    { kind: 'break' },
  ];

  test.each(FAULTS)('authorizing under %o, then giving up: nothing is held', async (fault) => {
    const orderId = newId('ord');
    fake.faults.add({ ...fault, method: 'POST' });
    await authorize(orderId).catch(() => null);
    await persist(() => giveUp(orderId));
    // What was still on its way has arrived.
    await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 0));
    await persist(() => giveUp(orderId));
    expect(heldOf(orderId)).toBe(0);
    expect(intentsOf(orderId).length).toBeLessThanOrEqual(1);
    expect(await authorize(orderId)).toMatchObject({ refusal: { code: 'order_given_up' } });
  });

  test.each(FAULTS.filter(({ kind }) => kind !== 'break'))(
    'authorizing under %o, again and again: one payment',
    async (fault) => {
      const orderId = newId('ord');
      fake.faults.add({ ...fault, method: 'POST' });
      expect(await persist(() => authorize(orderId))).toMatchObject({ payment: { status: 'AUTHORIZED' } });
      expect(intentsOf(orderId)).toHaveLength(1);
      expect(heldOf(orderId)).toBe(4_490);
    },
  );

  test.each(FAULTS)('capturing under %o: captured once, and told once', async (fault) => {
    const orderId = newId('ord');
    await authorize(orderId);
    const id = newId('evt');
    fake.faults.add({ ...fault, method: 'POST' });
    await persist(() => capture(orderId, id));
    await capture(orderId, id);
    expect(await totals(orderId)).toMatchObject({ captured: '44.90' });
    const told = await desk.sql('payments', "SELECT 1 FROM outbox WHERE payload ->> 'orderId' = $1", [orderId]);
    expect(told).toHaveLength(1);
    expect(heldOf(orderId)).toBe(4_490);
  });

  test.each(FAULTS)('refunding under %o: once', async (fault) => {
    const orderId = newId('ord');
    await authorize(orderId);
    await capture(orderId);
    const refundId = newId('ref');
    fake.faults.add({ ...fault, method: 'POST', path: '/refunds' });
    await persist(() => refund(orderId, '10.00', refundId));
    fake.faults.clear();
    await expect
      .poll(async () => (await refund(orderId, '10.00', refundId)).status, { timeout: 10_000 })
      .toBe('SUCCEEDED');
    expect(heldOf(orderId)).toBe(3_490);
    expect(await totals(orderId)).toMatchObject({ refunded: '10.00' });
  });
});

test('21: two refunds at once never exceed what was captured', async () => {
  const orderId = newId('ord');
  await authorize(orderId);
  expect(await refund(orderId, '1.00')).toMatchObject({ status: 'REFUSED', refusal: { code: 'nothing_captured' } });
  await capture(orderId);
  const answers = await Promise.all([refund(orderId, '30.00'), refund(orderId, '30.00')]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['REFUSED', 'SUCCEEDED']);
  expect(answers.find(({ refusal }) => refusal)?.refusal?.code).toBe('amount_too_large');
  expect(heldOf(orderId)).toBe(1_490);
});

test('a charge for an edit is a payment of its own, taken at once; a refund goes over both; the undo takes it back', async () => {
  const orderId = newId('ord');
  await authorize(orderId);
  await capture(orderId);
  const chargeId = newId('chg');
  for (let i = 0; i < 2; i++)
    expect(await charge(orderId, chargeId, '5.10')).toMatchObject({ payment: { status: 'PAID' } });
  expect(await totals(orderId)).toMatchObject({ captured: '50.00' });
  expect(await refund(orderId, '47.00')).toMatchObject({ status: 'SUCCEEDED', refunded: '47.00' });
  expect(heldOf(orderId)).toBe(300);
  await context.ask(paymentChargeVoid, { orderId, chargeId });
  expect(heldOf(orderId)).toBe(0);
  expect(intentsOf(orderId)).toHaveLength(2);
});

describe('giving up', () => {
  test('before Stripe was asked: nothing is ever asked', async () => {
    const orderId = newId('ord');
    await giveUp(orderId);
    expect(await authorize(orderId)).toMatchObject({ refusal: { code: 'order_given_up' } });
    expect(intentsOf(orderId)).toEqual([]);
  });

  test('after authorizing it is released, after capturing refunded, by several at once', async () => {
    for (const captured of [false, true]) {
      const orderId = newId('ord');
      await authorize(orderId);
      if (captured) await capture(orderId);
      await Promise.all([giveUp(orderId), giveUp(orderId), giveUp(orderId)].map((each) => each.catch(() => null)));
      expect(await persist(() => giveUp(orderId))).toMatchObject({
        payment: { status: captured ? 'REFUNDED' : 'VOIDED' },
      });
      expect(heldOf(orderId)).toBe(0);
    }
  });

  test('while Stripe authorizes: what it answers later goes back', async () => {
    const orderId = newId('ord');
    fake.faults.add({ kind: 'delay', ms: 300, method: 'POST' });
    const [authorized] = await Promise.all([
      authorize(orderId).catch(() => null),
      new Promise((resolve) => setTimeout(resolve, 100)).then(() => persist(() => giveUp(orderId))),
    ]);
    expect(authorized?.refusal?.code ?? 'order_given_up').toBe('order_given_up');
    await persist(() => giveUp(orderId));
    expect(heldOf(orderId)).toBe(0);
  });
});

describe('webhooks', () => {
  // As the router has it: 400 for what is refused, 503 for what could not be written down.
  const door = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const headers = Object.entries(request.headers).map(([name, value]) => ({ name, value: String(value) }));
    const input = { provider: 'stripe', headers, body: Buffer.concat(parts).toString('base64') };
    const taken = await context.ask(paymentWebhook, { input }).then(
      (answer) => answer.paymentWebhook,
      () => null,
    );
    response.writeHead(taken === null ? 503 : taken ? 204 : 400).end();
  });
  const { webhooks } = fake;
  const calm = { ...webhooks.sending };

  beforeAll(async () => {
    await once(door.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(async () => {
    await webhooks.settled();
    Object.assign(webhooks.sending, calm, { url: null });
  });
  afterAll(() => door.close());

  const listen = (how: Partial<typeof calm> = {}) => {
    webhooks.answered.length = 0;
    Object.assign(webhooks.sending, calm, { url: `http://127.0.0.1:${(door.address() as AddressInfo).port}` }, how);
  };
  const statuses = () => [...new Set(webhooks.answered.map(({ status }) => status))];
  const ledger = (orderId: string) =>
    desk.sql(
      'payments',
      `SELECT kind, account, sum(ledger_entry.amount)::int AS amount FROM ledger_entry JOIN payment ON payment.id = payment_id
       WHERE order_id = $1 GROUP BY kind, account ORDER BY kind, account`,
      [orderId],
    );
  const told = (orderId: string, topic: string) =>
    desk.sql<{ payload: object }>(
      'payments',
      "SELECT DISTINCT payload FROM outbox WHERE topic = $2 AND payload ->> 'orderId' = $1",
      [...[orderId, topic]],
    );

  test('19: fifty of each at once, the last first: one effect, nothing goes back, each is answered 2xx', async () => {
    listen({ hold: true, copies: 50 });
    const orderId = newId('ord');
    await authorize(orderId, 'pm_card_threeDSecure2Required');
    fake.books.answerChallenge(intentsOf(orderId)[0]!.id, true);
    await confirm(orderId);
    await capture(orderId);
    await refund(orderId, '10.00');
    const [before, books] = [await totals(orderId), await ledger(orderId)];
    webhooks.flush();
    await webhooks.settled();
    expect(webhooks.answered.length).toBeGreaterThanOrEqual(300);
    expect(statuses()).toEqual([204]);
    expect(await totals(orderId)).toEqual(before);
    expect(await ledger(orderId)).toEqual(books);
    expect(await told(orderId, 'payments.payment-refunded.v1')).toHaveLength(1);
  }, 60_000);

  test('19: in order, reversed and alone they lead to the same books', async () => {
    const end: unknown[] = [];
    for (const hold of [false, true]) {
      listen({ hold, copies: 3 });
      const orderId = newId('ord');
      await authorize(orderId);
      await capture(orderId);
      if (hold) webhooks.flush();
      await webhooks.settled();
      end.push(
        [await totals(orderId), await ledger(orderId)].map((each) => JSON.stringify(each).replaceAll(orderId, '')),
      );
    }
    expect(end[0]).toEqual(end[1]);
  });

  test('20: a bad signature, an old and a future time are answered 400 and have no effect', async () => {
    const orderId = newId('ord');
    listen({ hold: true });
    await authorize(orderId, 'pm_card_threeDSecure2Required');
    for (const how of [{ secret: 'whsec_of_somebody_else' }, { skewSeconds: -400 }, { skewSeconds: 400 }]) {
      listen({ ...how, tries: 1 });
      const intent = { ...intentsOf(orderId)[0]!, status: 'requires_capture', next_action: null };
      const event = {
        ...fake.books.events.at(-1)!,
        id: newId('evt'),
        type: 'payment_intent.amount_capturable_updated',
      };
      webhooks.send({ ...event, data: { object: intent } });
      await webhooks.settled();
      expect(statuses()).toEqual([400]);
    }
    expect(await confirm(orderId)).toMatchObject({ payment: { status: 'REQUIRES_ACTION' } });
  });

  test('17: the bank approved and the shopper is gone: the webhook settles it, and orders are told', async () => {
    listen();
    const orderId = newId('ord');
    await authorize(orderId, 'pm_card_threeDSecure2Required');
    fake.books.answerChallenge(intentsOf(orderId)[0]!.id, true);
    await webhooks.settled();
    expect(await told(orderId, 'payments.payment-settled.v1')).toEqual([
      { payload: { orderId, outcome: 'AUTHORIZED' } },
    ]);
    expect(await authorize(orderId)).toMatchObject({ payment: { status: 'AUTHORIZED' } });
  });

  test('18: the answer to an authorization never comes, its webhook does: the payment stands, once', async () => {
    listen();
    const orderId = newId('ord');
    fake.faults.add({ kind: 'drop', method: 'POST', times: 4 });
    await expect(authorize(orderId)).rejects.toThrow();
    await webhooks.settled();
    fake.faults.clear();
    const asked = fake.requests.length;
    expect(await authorize(orderId)).toMatchObject({ payment: { status: 'AUTHORIZED' } });
    expect(fake.requests.length).toBe(asked);
    expect(heldOf(orderId)).toBe(4_490);
  });

  test('18: the order was given up when its authorization is told: it is released', async () => {
    const orderId = newId('ord');
    fake.faults.add({ kind: 'timeout', method: 'POST' });
    await expect(authorize(orderId)).rejects.toThrow();
    await giveUp(orderId);
    expect(heldOf(orderId)).toBe(0);
    listen();
    // What was on its way all the time arrives.
    const form = {
      amount: '4490',
      currency: 'eur',
      capture_method: 'manual',
      confirm: 'true',
      payment_method: 'pm_card_visa',
    };
    fake.books.create({
      ...form,
      return_url: 'https://shop.example',
      metadata: { souk_key: orderId, order_id: orderId },
    });
    expect(heldOf(orderId)).toBe(4_490);
    await webhooks.settled();
    expect(statuses()).toEqual([204]);
    expect(heldOf(orderId)).toBe(0);
  });

  test('a refund made in Stripe’s dashboard is booked and told once; more than was captured never', async () => {
    const orderId = newId('ord');
    await authorize(orderId);
    await capture(orderId);
    listen({ copies: 5 });
    fake.books.refund({ payment_intent: intentsOf(orderId)[0]!.id, amount: '1500' });
    await webhooks.settled();
    expect(statuses()).toEqual([204]);
    expect(await totals(orderId)).toMatchObject({ captured: '44.90', refunded: '15.00' });
    expect(await told(orderId, 'payments.payment-refunded.v1')).toMatchObject([
      { payload: { refundId: null, amount: '15.00', refundedTotal: '15.00' } },
    ]);
    expect(await refund(orderId, '30.00')).toMatchObject({ status: 'REFUSED', refusal: { code: 'amount_too_large' } });
  });

  test('a refund that the bank sends back is the shop’s again, and may be made anew', async () => {
    const orderId = newId('ord');
    await authorize(orderId, 'pm_card_pendingRefund');
    await capture(orderId);
    listen({ copies: 3 });
    expect(await refund(orderId, '44.90')).toMatchObject({ status: 'PENDING', refunded: '44.90' });
    const made = [...fake.books.refunds.values()].at(-1)!;
    fake.books.settleRefund(made.id, 'failed');
    await webhooks.settled();
    expect(statuses()).toEqual([204]);
    expect(await totals(orderId)).toMatchObject({ captured: '44.90', refunded: '0.00' });
    expect(await refund(orderId, '44.90')).toMatchObject({ status: 'PENDING', refunded: '44.90' });
  });
});

describe('reconciliation, after all that happened above', () => {
  const differences = () => reconcile(shopProvider, { since: began, until: new Date(Date.now() + 2_000) });

  test('both books agree', async () => {
    expect(fake.books.intents.size).toBeGreaterThan(20);
    expect(await differences()).toEqual([]);
  });

  test('what was done at Stripe behind our back is reported, and nothing is changed by it', async () => {
    const orderId = newId('ord');
    await authorize(orderId);
    const [taken] = intentsOf(orderId);
    fake.books.capture(taken!.id, {});
    const form = { amount: '900', currency: 'eur', confirm: 'true', payment_method: 'pm_card_visa' };
    const foreign = fake.books.create({ ...form, return_url: 'https://elsewhere.example' });
    expect(await differences()).toEqual([
      {
        kind: 'MISSING_HERE',
        subject: foreign.id,
        providerRef: foreign.id,
        detail: expect.stringContaining('9.00 EUR'),
      },
      {
        kind: 'AMOUNT_DIFFERS',
        subject: expect.stringMatching(/^pay_/),
        providerRef: taken!.id,
        detail: expect.stringContaining('44.90'),
      },
    ]);
    expect(await totals(orderId)).toMatchObject({ authorized: '44.90', captured: '0.00' });
    expect(heldOf(orderId)).toBe(4_490);
  });
});
