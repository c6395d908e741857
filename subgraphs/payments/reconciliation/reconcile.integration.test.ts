import { graphql } from 'graphql';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { log } from '#platform/telemetry/log.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { brokenPaymentInvariants } from '../payments-invariants.ts';
import { testProvider } from '../provider/test/test-provider.ts';
import { payments } from '../subgraph.ts';
import { openPaymentsDesk, type PaymentsDesk } from '../testing/payments-desk.ts';
import { reconcile, reconcileAll } from './reconcile.ts';

let desk: PaymentsDesk;
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  desk = await openPaymentsDesk(await createTestDatabase('payments'));
  vi.spyOn(log, 'error').mockImplementation(() => undefined);
});
afterEach(() => desk.sql('TRUNCATE payment, refund, ledger_entry, test_intent, test_refund, reconciliation, outbox'));
afterAll(() => desk.close());

const now = () => ({ since: new Date(Date.now() - HOUR_MS), until: new Date(Date.now() + 1_000) });

/** Orders in every state, in which both books agree. */
async function trade(): Promise<string[]> {
  const ids = Array.from({ length: 8 }, () => newId('ord'));
  const [open, paid, refunded, voided, declined, waits, back, charged] = ids as [string, ...string[]];
  const tokens: Record<string, string> = {
    [declined!]: 'pm_card_chargeDeclined',
    [waits!]: 'pm_card_threeDSecure2Required',
  };
  for (const id of ids) await desk.authorize(id, { token: tokens[id] ?? 'pm_card_visa' });
  await desk.capture(paid!, refunded!, back!, charged!);
  await desk.refund(refunded!, '10.00');
  await desk.giveUp(voided!);
  await desk.giveUp(back!);
  await desk.charge(charged!, 'edit_1', { amount: '5.00' });
  expect(open).toBeDefined();
  return ids;
}

test('books that agree give a report without differences, however often it is made', async () => {
  await trade();
  expect(await reconcile(testProvider, now())).toEqual([]);
  const window = now();
  await Promise.all([reconcile(testProvider, window), reconcile(testProvider, window)]);
  expect(await desk.sql('SELECT payments, refunds, differences FROM reconciliation ORDER BY since')).toEqual(
    Array(2).fill({ payments: 9, refunds: 2, differences: [] }),
  );
});

test('what differs is told with both sides, and nothing is changed by it', async () => {
  const [open, paid, refunded, voided] = (await trade()) as [string, string, string, string];
  const ref = async (orderId: string) =>
    (
      await desk.sql<{ id: string; provider_ref: string }>('SELECT id, provider_ref FROM payment WHERE order_id = $1', [
        orderId,
      ])
    )[0]!;
  const set = (sql: string, orderId: string) =>
    desk.sql(`UPDATE test_intent SET ${sql} WHERE idempotency_key = $1`, [orderId]);
  await set("status = 'canceled'", open);
  await set('captured = 4000', paid);
  await set('refunded = 1100', refunded);
  await desk.sql('DELETE FROM test_intent WHERE idempotency_key = $1', [voided]);
  await desk.sql(
    `INSERT INTO test_intent (id, idempotency_key, status, amount, currency, secret) VALUES ('pi_stray', 'stray', 'succeeded', 100, 'EUR', '')`,
  );
  const before = await desk.sql('SELECT * FROM payment ORDER BY id');
  const differences = await reconcile(testProvider, now());
  const expected = [
    { kind: 'STATE_DIFFERS', at: await ref(open), detail: 'VOIDED there, AUTHORIZED here' },
    { kind: 'AMOUNT_DIFFERS', at: await ref(paid), detail: '40.00 EUR captured there, 44.90 EUR here' },
    { kind: 'AMOUNT_DIFFERS', at: await ref(refunded), detail: '11.00 EUR refunded there, 10.00 EUR here' },
    {
      kind: 'MISSING_THERE',
      at: await ref(voided),
      detail: "a payment that is VOIDED here, and not in the provider's list",
    },
  ];
  expect(differences).toHaveLength(5);
  for (const { kind, at, detail } of expected)
    expect(differences).toContainEqual({ kind, subject: at.id, providerRef: at.provider_ref, detail });
  expect(differences).toContainEqual({
    ...{ kind: 'MISSING_HERE', subject: 'stray', providerRef: 'pi_stray' },
    detail: '1.00 EUR, CAPTURED at the provider, and unknown here',
  });
  expect(await desk.sql('SELECT * FROM payment ORDER BY id')).toEqual(before);
  expect(log.error).toHaveBeenCalledWith(
    expect.objectContaining({ alert: 'reconciliation', differences: 5 }),
    expect.any(String),
  );
  expect(await brokenPaymentInvariants()).toEqual([]);
});

test('a refund that is not in the other book is told of', async () => {
  const [, , refunded] = (await trade()) as [string, string, string];
  await desk.sql("UPDATE test_refund SET status = 'failed' WHERE amount = 1000");
  await desk.sql('UPDATE test_intent SET refunded = 0 WHERE idempotency_key = $1', [refunded]);
  const kinds = (await reconcile(testProvider, now())).map(({ kind, detail }) => `${kind}: ${detail}`);
  expect(kinds.sort()).toEqual([
    'AMOUNT_DIFFERS: 0.00 EUR refunded there, 10.00 EUR here',
    'STATE_DIFFERS: a refund that is FAILED there, SUCCEEDED here',
  ]);
});

test('windows of a day follow each other from the first payment on, without what may still be under way', async () => {
  await trade();
  await desk.sql(`UPDATE payment SET created_at = created_at - interval '50 hours'`);
  await desk.sql(`UPDATE test_intent SET created_at = created_at - interval '50 hours'`);
  const looks = [await reconcileAll(), await reconcileAll(), await reconcileAll()];
  expect(looks).toEqual([true, false, false]);
  const windows = await desk.sql<{ since: Date; until: Date; payments: number }>(
    'SELECT since, until, payments FROM reconciliation ORDER BY since',
  );
  expect(windows.map(({ payments }) => payments)).toEqual([9, 0, 0]);
  expect(windows[1]?.since).toEqual(windows[0]?.until);
  expect(windows[2]?.since).toEqual(windows[1]?.until);
  expect(windows[2]!.until.getTime()).toBeLessThanOrEqual(Date.now() - HOUR_MS);
});

test('staff with payments:read sees the reports, newest first; others do not', async () => {
  await trade();
  await reconcile(testProvider, now());
  const { schema } = await buildSubgraph(payments);
  const ask = (scopes: string[]) =>
    graphql({
      schema,
      source:
        '{ paymentReconciliations(first: 1) { totalCount nodes { provider payments refunds differences { kind } } } }',
      contextValue: new Context('payments', null as never, {
        viewer: { customerId: 'cus_1', sessionId: 'ses_1', scopes },
        caller: 'router',
      }),
    });
  expect((await ask(['payments:read'])).data).toMatchObject({
    paymentReconciliations: { totalCount: 1, nodes: [{ provider: 'test', payments: 9, refunds: 2, differences: [] }] },
  });
  const refused = await ask(['orders:read']);
  expect(refused.data).toEqual({ paymentReconciliations: null });
  expect(refused.errors).toHaveLength(1);
});
