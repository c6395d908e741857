import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeStripe, startFakeStripe } from '#tests/fake-stripe/fake-stripe.ts';
import type { ProgramDatabases } from '#tests/program/databases.ts';
import { brokenStripeBooks } from './stripe-books.ts';

let fake: FakeStripe;
beforeEach(async () => {
  fake = await startFakeStripe();
});
afterEach(() => fake.stop());

/** At Stripe: 20.00 for an order, taken when `captured`. */
function intent(key: string, captured = false) {
  const metadata = { souk_key: key };
  const how = { capture_method: 'manual', confirm: 'true', payment_method: 'pm_card_visa', return_url: 'http://shop' };
  const { id } = fake.books.create({ amount: '2000', currency: 'eur', metadata, ...how });
  if (captured) fake.books.capture(id, {});
  return id;
}

const ours = (ref: string | null, status: string, captured = 0, refunded = 0) => ({
  ...{ id: 'pay_1', key: 'ord_1', ref, status, captured, refunded },
});

const found = (...rows: object[]) =>
  brokenStripeBooks({ query: async () => rows } as unknown as ProgramDatabases, fake).then((sentences) =>
    sentences.map((sentence) => sentence.replace(/pi_\w+/, 'pi')),
  );

test('books that agree, and money that went back of what nobody knows, are no difference', async () => {
  const [held, taken, stray] = [intent('ord_1'), intent('ord_2', true), intent('ord_3', true)];
  fake.books.refund({ payment_intent: stray });
  expect(await found(ours(held, 'AUTHORIZED'), ours(taken, 'PAID', 2_000))).toEqual([]);
});

test('money held at Stripe for an order that is not there, or was given up', async () => {
  const held = intent('ord_1');
  const at = 'stripe: pi of ord_1 is requires_capture, 0 captured, 0 refunded; here';
  expect(await found()).toEqual([`${at} nothing is known of it`]);
  expect(await found(ours(held, 'VOIDED'))).toEqual([`${at} pay_1 is VOIDED, 0 captured, 0 refunded`]);
});

test('money taken or given back at Stripe and not here, and the other way round', async () => {
  const taken = intent('ord_1', true);
  expect(await found(ours(taken, 'AUTHORIZED'))).toHaveLength(2);
  expect(await found(ours(taken, 'REFUNDED', 2_000, 2_000))).toHaveLength(1);
  fake.books.refund({ payment_intent: taken, amount: '500' });
  expect(await found(ours(taken, 'PAID', 2_000))).toHaveLength(1);
  expect(await found(ours(taken, 'PARTIALLY_REFUNDED', 2_000, 500))).toEqual([]);
});

test('a payment that only we know of, and one that was made twice', async () => {
  expect(await found(ours(null, 'AUTHORIZED'))).toEqual(['stripe: pay_1 is AUTHORIZED here, and undefined at Stripe']);
  expect(await found(ours(null, 'PAID', 2_000))).toEqual(['stripe: pay_1 is captured here, and not at Stripe']);
  const [first, second] = [intent('ord_1', true), intent('ord_1', true)];
  expect(await found(ours(first, 'PAID', 2_000), ours(second, 'PAID', 2_000))).toEqual([
    'stripe: 2 intents under ord_1',
  ]);
});

test('a webhook that was not taken', async () => {
  fake.webhooks.sending.hold = true;
  const held = intent('ord_1');
  expect(await found(ours(held, 'AUTHORIZED'))).toEqual(['stripe: 2 webhooks are not taken']);
});
