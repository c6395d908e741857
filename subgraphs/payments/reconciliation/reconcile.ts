import { newId } from '#platform/database/id.ts';
import { onceEvery } from '#platform/schedule/once-every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { log } from '#platform/telemetry/log.ts';
import { paymentsConfig } from '../config.ts';
import { database } from '../database.ts';
import { type PaymentRecord, paymentByKey } from '../payment.records.ts';
import { allProviders } from '../provider/choose-provider.ts';
import type { PaymentProvider, ProviderEntry, ProviderPayment, ProviderRefund } from '../provider/payment-provider.ts';
import { type RefundRecord, refundById } from '../refund.records.ts';
import { comparePayment, compareRefund, type Difference, missingThere } from './compare.ts';

const DAY_MS = 86_400_000;
/** The two clocks, and how long a payment may take from being noted here to being made there. */
const SKEW_MS = 15 * 60_000;
/** A report names so many; past that, something is wrong that needs no list. */
const MOST_DIFFERENCES = 1_000;

/** Once a day, over all processes: the provider's list and ours, day by day, since the last time. Changes no money. */
export const startReconciling = (): Running =>
  onceEvery(database, { name: 'reconcile', periodMs: DAY_MS }, () => reconcileAll());

/** One window of each provider; true when some have more. */
export async function reconcileAll(now = new Date()): Promise<boolean> {
  let more = false;
  for (const provider of allProviders()) {
    const window = await nextWindow(provider.name, now);
    if (!window) continue;
    await reconcile(provider, window);
    more ||= now.getTime() - paymentsConfig.reconcileAfterMs - window.until.getTime() >= DAY_MS;
  }
  return more;
}

interface Window {
  readonly since: Date;
  readonly until: Date;
}

/** From where the last report ended, or the first payment began; at most a day, and nothing that may still be under way. */
async function nextWindow(provider: string, now: Date): Promise<Window | null> {
  const [row] = await lastEnd(provider);
  const settled = now.getTime() - paymentsConfig.reconcileAfterMs;
  if (!row?.since || row.since.getTime() >= settled) return null;
  return { since: row.since, until: new Date(Math.min(settled, row.since.getTime() + DAY_MS)) };
}

/** Compares what was made in a window and keeps the report. A second one of the same window takes the first's place. */
export async function reconcile(provider: PaymentProvider, { since, until }: Window): Promise<Difference[]> {
  const differences: Difference[] = [];
  const seen = new Set<string>();
  const counts = { payments: 0, refunds: 0 };
  const wider = { since: new Date(since.getTime() - SKEW_MS), until: new Date(until.getTime() + SKEW_MS) };
  for await (const entry of provider.reconcile(wider)) {
    const made = entry.payment ?? entry.refund;
    if (made.ref) seen.add(made.ref);
    // Before and after is for finding ours; those are of another window.
    if (made.createdAt < since || made.createdAt >= until) continue;
    counts[entry.payment ? 'payments' : 'refunds']++;
    const difference = await compared(provider, entry);
    if (difference) differences.push(difference);
  }
  for (const row of await madeHere(provider.name, since, until))
    if (!seen.has(row.provider_ref)) differences.push(missingThere(row.id, row.provider_ref, row.what));
  await keep(
    ...[newId('rec'), provider.name, since, until, counts.payments, counts.refunds],
    JSON.stringify(differences.slice(0, MOST_DIFFERENCES)),
  );
  if (differences.length > 0) {
    const fields = { alert: 'reconciliation', provider: provider.name, since, until, differences: differences.length };
    log.error(fields, "The provider's books and ours differ: see paymentReconciliations");
  }
  return differences;
}

/** What differs is looked at once more, both sides as they are then: money moves while it is compared. */
async function compared(provider: PaymentProvider, { payment, refund }: ProviderEntry): Promise<Difference | null> {
  if (payment) {
    const once = comparePayment(payment, await oursOf(provider, payment));
    if (!once) return null;
    const present = await provider.retrieve(payment.ref);
    return comparePayment(present, await oursOf(provider, present));
  }
  return compareRefund(refund, await refundHere(refund));
}

async function oursOf(provider: PaymentProvider, { key, ref }: ProviderPayment): Promise<PaymentRecord | null> {
  const record = key === null ? null : await paymentByKey(key);
  return record?.provider === provider.name && (record.provider_ref ?? ref) === ref ? record : null;
}

const refundHere = (refund: ProviderRefund): Promise<RefundRecord | null> => refundById(refund.key ?? refund.ref ?? '');

const lastEnd = database.statement<{ since: Date | null }>(
  'payments.last-reconciled',
  `SELECT coalesce((SELECT max(until) FROM reconciliation WHERE provider = $1),
     (SELECT min(created_at) FROM payment WHERE provider = $1 AND amount > 0)) AS since`,
);

const madeHere = database.statement<{ id: string; provider_ref: string; what: string }>(
  'payments.made-here',
  `SELECT id, provider_ref, 'a payment that is ' || status AS what FROM payment
   WHERE provider = $1 AND created_at >= $2 AND created_at < $3 AND provider_ref IS NOT NULL AND status <> 'FAILED'
   UNION ALL
   SELECT r.id, r.provider_ref, 'a refund that is ' || r.status FROM refund r JOIN payment p ON p.id = r.payment_id
   WHERE p.provider = $1 AND r.created_at >= $2 AND r.created_at < $3 AND r.provider_ref IS NOT NULL AND r.status <> 'FAILED'`,
  'values',
);

const keep = database.statement(
  'payments.keep-reconciliation',
  `INSERT INTO reconciliation (id, provider, since, until, payments, refunds, differences) VALUES ($1, $2, $3, $4, $5, $6, $7)
   ON CONFLICT (provider, since) DO UPDATE SET until = excluded.until, payments = excluded.payments, refunds = excluded.refunds,
     differences = excluded.differences, created_at = now()`,
);
