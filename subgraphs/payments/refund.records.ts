import { fractionDigits, money } from '#platform/money/money.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import { crashPoint } from '#platform/saga/crash-point.config.ts';
import { log } from '#platform/telemetry/log.ts';
import { paymentRefunded } from './contracts/payments.events.ts';
import { database } from './database.ts';
import { bookSql, paidStatusSql } from './ledger.ts';
import { providerOf } from './provider/choose-provider.ts';
import type { ProviderRefund } from './provider/payment-provider.ts';
import { withinDeadline } from './provider/within-deadline.ts';

/** Money that goes back on one payment. */
export interface RefundRecord {
  /** Its key at the provider. */
  id: string;
  refund_id: string | null;
  order_id: string;
  payment_id: string;
  status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  amount: bigint;
  currency: string;
  provider_ref: string | null;
  refusal: { code: string; message: string } | null;
}

export async function refundById(id: string): Promise<RefundRecord | null> {
  return (await byId(id))[0] ?? null;
}

/** Asks the provider for a refund that is noted, under its id, and writes the answer. */
export async function askRefund(
  refund: RefundRecord,
  { provider, ref }: { provider: string; ref: string },
): Promise<RefundRecord> {
  const answer = await withinDeadline(
    providerOf(provider).refund(ref, money(refund.amount, refund.currency), refund.id),
  );
  crashPoint('payments.refund:answered');
  return settleRefund(refund, answer);
}

/**
 * The end of a refund: once SUCCEEDED it may still come back from the bank, once FAILED it stays so. What failed is the
 * shop's again, and may be refunded anew. Orders are told of both.
 */
export async function settleRefund(refund: RefundRecord, answer: ProviderRefund): Promise<RefundRecord> {
  const refusal = answer.status === 'FAILED' && answer.refusal ? JSON.stringify(answer.refusal) : null;
  const [settled] = await settle(
    ...[refund.id, answer.status, answer.ref, refusal, fractionDigits(refund.currency)],
    ...[paymentRefunded.topic, consumersOf(paymentRefunded.topic)],
  );
  if (settled?.status === 'FAILED') {
    const fields = { alert: 'refund-failed', refund: refund.id, order: refund.order_id, refusal: answer.refusal };
    log.error(fields, 'Money that was to go back did not arrive: refund it anew, or in another way');
  }
  return settled ?? (await refundById(refund.id)) ?? refund;
}

const byId = database.statement<RefundRecord>('payments.refund-by-id', 'SELECT * FROM refund WHERE id = $1');

// All payments of the order are locked, oldest first, so that its totals and their sequence are of one moment; and before the
// refund, as whoever notes one does, so that the two never wait for each other crosswise. Gift cards whose purchase was to be
// paid back are worth again what they were, where nothing of it arrived.
const settle = database.statement<RefundRecord>(
  'payments.settle-refund',
  `WITH o AS MATERIALIZED (
     SELECT * FROM payment WHERE order_id = (SELECT order_id FROM refund WHERE id = $1) ORDER BY created_at, id FOR UPDATE),
   was AS MATERIALIZED (
     SELECT id, status FROM refund WHERE id = $1 AND (SELECT count(*) FROM o) > 0
       AND (status = 'PENDING' OR (status = 'SUCCEEDED' AND $2 = 'FAILED')) FOR UPDATE),
   r AS (
     UPDATE refund SET status = $2, provider_ref = coalesce($3, provider_ref), refusal = $4, updated_at = now(),
       look_at = CASE $2 WHEN 'PENDING' THEN now() + least(interval '1 hour', greatest(interval '10 seconds', (now() - created_at) / 4)) END
     FROM was WHERE refund.id = was.id RETURNING refund.*, was.status AS was),
   due AS MATERIALIZED (
     SELECT o.*, r.amount AS part, r.status AS became, r.was, o.refunded - CASE r.status WHEN 'FAILED' THEN r.amount ELSE 0 END AS remaining
     FROM o JOIN r ON r.payment_id = o.id WHERE r.status <> 'PENDING'),
   p AS (
     UPDATE payment SET refunded = due.remaining, movements = due.movements + 1, updated_at = now(),
       status = ${paidStatusSql('due.captured', 'due.remaining')}
     FROM due WHERE payment.id = due.id RETURNING payment.id, payment.movements, due.part, due.became, due.was),
   l AS (${bookSql(
     { rows: 'p', kind: 'refunded', number: 'movements', amount: 'part', where: `became = 'SUCCEEDED'` },
     {
       ...{ rows: 'p', kind: 'refund-failed', number: 'movements', amount: 'part' },
       where: `became = 'FAILED' AND was = 'PENDING'`,
     },
     {
       ...{ rows: 'p', kind: 'refund-returned', number: 'movements', amount: 'part' },
       where: `became = 'FAILED' AND was = 'SUCCEEDED'`,
     },
   )}),
   g AS (
     UPDATE gift_card c SET balance = c.balance + c.taken, taken = 0, taken_for = NULL
     FROM r WHERE r.status = 'FAILED' AND c.order_id = r.order_id AND c.taken_for = r.refund_id AND NOT EXISTS (
       SELECT FROM refund other WHERE other.order_id = r.order_id AND other.refund_id = r.refund_id AND other.id <> r.id AND other.status <> 'FAILED')),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT 'evt_' || replace(gen_random_uuid()::text, '-', '') || '-' || consumer, $6, consumer, jsonb_build_object(
       'orderId', r.order_id, 'refundId', r.refund_id, 'currency', r.currency,
       'amount', decimal_of(CASE r.status WHEN 'FAILED' THEN -r.amount ELSE r.amount END, $5),
       'capturedTotal', decimal_of(t.captured, $5),
       'refundedTotal', decimal_of(t.refunded - CASE r.status WHEN 'FAILED' THEN r.amount ELSE 0 END, $5),
       'sequence', t.sequence + 1)
     FROM r, unnest($7::text[]) AS consumer,
       (SELECT sum(captured) AS captured, sum(refunded) AS refunded, sum(movements) AS sequence FROM o) t
     WHERE r.status <> 'PENDING')
   SELECT * FROM r`,
);
