import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { log } from '#platform/telemetry/log.ts';
import { captureCharge } from './capture-charge.ts';
import { database } from './database.ts';
import { giveBack } from './give-back.ts';
import { type PaymentRecord, providerKey } from './payment.records.ts';
import { providerOf } from './provider/choose-provider.ts';
import { withinDeadline } from './provider/within-deadline.ts';
import { askRefund, type RefundRecord } from './refund.records.ts';
import { settlePayment } from './settle-payment.ts';

const EVERY_MS = 1_000;
const AT_ONCE = 20;

/** Asks providers for what nobody waits for any more: what was given up, charges and refunds cut short, absent shoppers. */
export const startSweepingPayments = (): Running[] => [
  every(EVERY_MS, 'The sweeper of payments', sweepPayments),
  every(EVERY_MS, 'The sweeper of refunds at providers', sweepRefunds),
];

export async function sweepPayments(): Promise<boolean> {
  const due = await duePayments(AT_ONCE);
  await Promise.all(due.map((record) => logged(record, () => lookAt(record))));
  return due.length === AT_ONCE;
}

export async function sweepRefunds(): Promise<boolean> {
  const due = await dueRefunds(AT_ONCE);
  await Promise.all(
    due.map((refund) =>
      logged(refund, () => askRefund(refund, { provider: refund.provider, ref: refund.payment_ref })),
    ),
  );
  return due.length === AT_ONCE;
}

async function lookAt(record: PaymentRecord): Promise<unknown> {
  if (record.voided) return giveBack(record);
  if (record.status === 'AUTHORIZED') return captureCharge(record);
  const provider = providerOf(record.provider);
  const answer = await withinDeadline(
    record.provider_ref
      ? provider.retrieve(record.provider_ref)
      : provider.find(providerKey(record), record.created_at),
  );
  if (!answer || answer.status === 'PENDING' || answer.status === record.status) return;
  return captureCharge(await settlePayment(record, answer, true));
}

async function logged({ id, order_id }: { id: string; order_id: string }, deed: () => Promise<unknown>): Promise<void> {
  await deed().catch((reason) =>
    log.warn({ err: reason, id, order: order_id }, 'The provider could not be asked; it is asked again'),
  );
}

// Taking is the pause before the next look as well: so no other process looks meanwhile, and what takes long is asked less.
const PAUSE = `least(interval '1 hour', greatest(interval '5 seconds', (now() - due.created_at) / 4))`;

const duePayments = database.statement<PaymentRecord>(
  'payments.sweep',
  `WITH due AS MATERIALIZED (
     SELECT id, created_at FROM payment WHERE look_at <= now() ORDER BY look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
   UPDATE payment SET look_at = now() + ${PAUSE} FROM due WHERE payment.id = due.id RETURNING payment.*`,
);

const dueRefunds = database.statement<RefundRecord & { provider: string; payment_ref: string }>(
  'payments.sweep-refunds',
  `WITH due AS MATERIALIZED (
     SELECT id, created_at FROM refund WHERE look_at <= now() ORDER BY look_at LIMIT $1 FOR UPDATE SKIP LOCKED)
   UPDATE refund SET look_at = now() + ${PAUSE} FROM due, payment
   WHERE refund.id = due.id AND payment.id = refund.payment_id AND payment.provider_ref IS NOT NULL
   RETURNING refund.*, payment.provider, payment.provider_ref AS payment_ref`,
);
