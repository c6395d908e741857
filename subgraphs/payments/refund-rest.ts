import { database } from './database.ts';
import { bookSql } from './ledger.ts';
import type { PaymentRecord } from './payment.records.ts';
import { askRefund, type RefundRecord, refundById } from './refund.records.ts';

/** Gives back all of a given up payment that was captured and did not go back yet; once. */
export async function refundRest(record: PaymentRecord, ref: string): Promise<void> {
  const id = `${record.id}-void`;
  // Of a charge it has a name: the order stands, and is not to take it for a refund that somebody made at the provider.
  const refundId = record.charge === '' ? null : `${record.charge}-void`;
  const refund = (await note(record.id, id, refundId))[0] ?? (await refundById(id));
  if (refund?.status === 'PENDING') await askRefund(refund, { provider: record.provider, ref });
}

const note = database.statement<RefundRecord>(
  'payments.note-rest',
  `WITH was AS MATERIALIZED (
     SELECT * FROM payment WHERE id = $1 AND voided AND captured > refunded FOR UPDATE),
   r AS (
     INSERT INTO refund (id, refund_id, order_id, payment_id, amount, currency, look_at)
     SELECT $2, $3, order_id, id, captured - refunded, currency, now() + interval '10 seconds' FROM was
     ON CONFLICT DO NOTHING RETURNING *),
   p AS (
     UPDATE payment SET refunded = payment.refunded + r.amount, status = 'REFUNDED', movements = movements + 1, look_at = NULL, updated_at = now()
     FROM r WHERE payment.id = r.payment_id RETURNING payment.id, movements, r.amount AS part),
   l AS (${bookSql({ rows: 'p', kind: 'refund', number: 'movements', amount: 'part' })})
   SELECT * FROM r`,
);
