import { database } from './database.ts';
import { bookSql } from './ledger.ts';
import { type PaymentRecord, paymentOf, providerKey } from './payment.records.ts';
import { providerOf } from './provider/choose-provider.ts';
import { withinDeadline } from './provider/within-deadline.ts';
import { captureOf, recordCaptures } from './record-captures.ts';
import { refundRest } from './refund-rest.ts';

/**
 * Of a payment that was given up: what the provider holds is released, what was captured goes back. Repeatable, by several
 * at once and in the middle of everything else; the provider decides whether a capture or the release came first.
 * `toldRef` is the provider's id where it was heard of only now.
 */
export async function giveBack(record: PaymentRecord, toldRef: string | null = null): Promise<PaymentRecord> {
  // Never asked for, refused, or done.
  if (record.amount === 0n || record.status === 'FAILED') return record;
  if (record.status === 'REFUNDED' || (record.status === 'VOIDED' && record.provider_ref)) return record;
  const provider = providerOf(record.provider);
  const find = () => withinDeadline(provider.find(providerKey(record), record.created_at));
  const ref = record.provider_ref ?? toldRef ?? (await find())?.ref ?? null;
  if (!ref) return (await notFound(record.id, provider.certainAfterMs))[0] ?? record;
  const answer = await withinDeadline(provider.void(ref));
  if (answer.status === 'CAPTURED') {
    await recordCaptures([captureOf(record, answer)], true);
    await refundRest(record, ref);
    return (await paymentOf(record.order_id, record.charge)) ?? record;
  }
  if (answer.status !== 'VOIDED' && answer.status !== 'DECLINED')
    throw new Error(`The provider did not release ${ref} yet.`);
  return (await released(record.id, ref))[0] ?? record;
}

/** Releases what was held; also written when the provider did it without us. */
export const released = database.statement<PaymentRecord>(
  'payments.released',
  `WITH was AS (SELECT id, status FROM payment WHERE id = $1 AND captured = 0 FOR UPDATE),
   p AS (
     UPDATE payment SET status = 'VOIDED', provider_ref = $2, next_action = NULL, look_at = NULL, updated_at = now(),
       movements = movements + CASE was.status WHEN 'AUTHORIZED' THEN 1 ELSE 0 END
     FROM was WHERE payment.id = was.id RETURNING payment.*, was.status AS was),
   l AS (${bookSql({ rows: 'p', kind: 'release', number: 'p.movements', amount: 'p.amount', where: `was = 'AUTHORIZED'` })})
   SELECT * FROM p`,
);

// Whoever asked may still be heard: it is looked for until nothing can come any more, less and less often.
const notFound = database.statement<PaymentRecord>(
  'payments.not-found',
  `UPDATE payment SET status = 'VOIDED', look_at = CASE WHEN updated_at + make_interval(secs => $2::float8 / 1000) > now()
     THEN now() + greatest(interval '1 second', (now() - updated_at) / 4) END
   WHERE id = $1 AND provider_ref IS NULL AND status IN ('PENDING', 'VOIDED') RETURNING *`,
);
