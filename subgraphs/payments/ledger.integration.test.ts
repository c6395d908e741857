import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { brokenPaymentInvariants } from './payments-invariants.ts';
import { openPaymentsDesk, type PaymentsDesk } from './testing/payments-desk.ts';

let desk: PaymentsDesk;
beforeAll(async () => {
  desk = await openPaymentsDesk(await createTestDatabase('payments'));
});
afterAll(() => desk.close());

/** The balances of an order's accounts, in minor units. */
async function balances(orderId: string): Promise<Record<string, number>> {
  const rows = await desk.sql<{ account: string; balance: string }>(
    `SELECT account, sum(l.amount) AS balance FROM ledger_entry l JOIN payment p ON p.id = l.payment_id
     WHERE p.order_id = $1 GROUP BY account`,
    [orderId],
  );
  return Object.fromEntries(rows.map(({ account, balance }) => [account, Number(balance)]));
}

test('an order’s money is on one account after the other, and all of them sum to zero', async () => {
  const orderId = newId('ord');
  await desk.authorize(orderId);
  expect(await balances(orderId)).toEqual({ customer: -4490, held: 4490 });
  await desk.capture(orderId);
  expect(await balances(orderId)).toEqual({ customer: -4490, held: 0, clearing: 4490 });
  await desk.refund(orderId, '10.00');
  expect(await balances(orderId)).toEqual({ customer: -3490, held: 0, clearing: 3490, returning: 0 });
  await desk.giveUp(orderId);
  expect(await balances(orderId)).toEqual({ customer: 0, held: 0, clearing: 0, returning: 0 });
});

test('a purchase as usual is four rows', async () => {
  const orderId = newId('ord');
  await desk.authorize(orderId);
  await desk.capture(orderId);
  expect(
    await desk.sql(
      `SELECT movement, account, kind, amount FROM ledger_entry WHERE payment_id IN (SELECT id FROM payment WHERE order_id = $1)
       ORDER BY movement, amount`,
      [orderId],
    ),
  ).toEqual([
    { movement: 1, account: 'customer', kind: 'authorize', amount: '-4490' },
    { movement: 1, account: 'held', kind: 'authorize', amount: '4490' },
    { movement: 2, account: 'held', kind: 'capture', amount: '-4490' },
    { movement: 2, account: 'clearing', kind: 'capture', amount: '4490' },
  ]);
});

const DEEDS = {
  authorize: (id: string) => desk.authorize(id),
  capture: (id: string) => desk.capture(id),
  charge: (id: string) => desk.charge(id, 'edit_1', { amount: '5.00' }),
  chargeOther: (id: string) => desk.charge(id, 'edit_2', { amount: '7.00', token: 'pm_card_threeDSecure2Required' }),
  chargeVoid: (id: string) => desk.giveUpCharge(id, 'edit_1'),
  refund: (id: string) => desk.refund(id, '10.00'),
  refundMore: (id: string) => desk.refund(id, '46.00'),
  confirm: (id: string) => desk.confirm(id),
  giveUp: (id: string) => desk.giveUp(id),
};

test('whatever is done at once and after each other: the ledger and the columns agree, and totals are the ledger’s', async () => {
  const deeds = fc.array(
    fc.array(fc.constantFrom(...(Object.keys(DEEDS) as (keyof typeof DEEDS)[])), { maxLength: 4 }),
    {
      minLength: 2,
      maxLength: 6,
    },
  );
  await fc.assert(
    fc.asyncProperty(deeds, async (rounds) => {
      const orderId = newId('ord');
      await desk.authorize(orderId);
      for (const round of rounds)
        await Promise.all(round.map((deed) => (DEEDS[deed](orderId) as Promise<unknown>).catch(() => null)));
      expect(await brokenPaymentInvariants()).toEqual([]);
      const totals = (await desk.totals(orderId))!;
      const { held = 0, clearing = 0, returning = 0, customer = 0 } = await balances(orderId);
      const minor = (decimal: string) => Math.round(Number(decimal) * 100);
      expect(clearing).toBe(minor(totals.captured) - minor(totals.refunded));
      expect(held).toBe(minor(totals.authorized) - minor(totals.captured));
      expect(customer + held + clearing + returning).toBe(0);
      if (rounds.flat().includes('giveUp')) expect(held + clearing).toBe(0);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test.each([
  ['ledger-sums', 'UPDATE ledger_entry SET amount = amount + 1 WHERE payment_id = $1 AND account = $2', 'clearing'],
  ['ledger-sums', 'DELETE FROM ledger_entry WHERE payment_id = $1 AND account = $2', 'customer'],
  ['ledger-columns', 'UPDATE payment SET movements = movements + 1 WHERE id = $1 AND $2 <> status', ''],
  ['refund-parts', 'UPDATE refund SET amount = amount - 1 WHERE payment_id = $1 AND $2 <> status', ''],
])('books that do not agree are found: %s by %s', async (invariant, tamper, account) => {
  const orderId = newId('ord');
  await desk.authorize(orderId);
  await desk.capture(orderId);
  await desk.refund(orderId, '10.00');
  const [payment] = await desk.sql<{ id: string }>('SELECT id FROM payment WHERE order_id = $1', [orderId]);
  await desk.sql(tamper, [payment?.id, account]);
  const found = await brokenPaymentInvariants();
  expect(found).toContainEqual({ invariant, subject: payment?.id, detail: expect.any(String) });
  expect(new Set(found.map(({ subject }) => subject))).toEqual(new Set([payment?.id]));
  expect(await brokenPaymentInvariants(new Date(0), new Date(1))).toEqual([]);
  await desk.sql('DELETE FROM refund WHERE payment_id = $1', [payment?.id]);
  await desk.sql('DELETE FROM ledger_entry WHERE payment_id = $1', [payment?.id]);
  await desk.sql('DELETE FROM payment WHERE id = $1', [payment?.id]);
});
