import { log } from '#platform/telemetry/log.ts';
import { captureCharge } from './capture-charge.ts';
import { database } from './database.ts';
import { giveBack, released } from './give-back.ts';
import { bookSql, paidStatusSql } from './ledger.ts';
import { type PaymentRecord, paymentByKey } from './payment.records.ts';
import type { PaymentProvider, ProviderPayment, ProviderRefund } from './provider/payment-provider.ts';
import { withinDeadline } from './provider/within-deadline.ts';
import { captureOf, recordCaptures } from './record-captures.ts';
import { type RefundRecord, refundById, settleRefund } from './refund.records.ts';
import { settlePayment } from './settle-payment.ts';

/** What the provider says of a payment, now or once: what is further on already stays as it is, whatever came late. */
export async function learnPayment(provider: PaymentProvider, told: ProviderPayment): Promise<PaymentRecord | null> {
  const record = told.key === null ? null : await paymentByKey(told.key);
  if (!record || record.provider !== provider.name) return null;
  if (told.status === 'PENDING') return record;
  const waits = record.status === 'PENDING' || record.status === 'REQUIRES_ACTION';
  if (record.voided) {
    // The status may be of long ago: the provider is asked for the present one by giving it back.
    return giveBack(record, told.ref);
  }
  if (told.status === 'CAPTURED') await recordCaptures([captureOf(record, told)]);
  else if (waits) return captureCharge(await settlePayment(record, told, true));
  else if (told.status === 'VOIDED' && record.status === 'AUTHORIZED') await learnRelease(record, told);
  return record;
}

/** Only money that the shop counts on: its order cannot be captured any more, and somebody has to know. */
async function learnRelease(record: PaymentRecord, told: ProviderPayment): Promise<void> {
  const [changed] = await released(record.id, told.ref);
  if (!changed) return;
  log.error(
    { alert: 'authorization-lost', payment: record.id, order: record.order_id },
    'The provider released an authorization that was not given up: ask the customer to pay again, or cancel the order',
  );
}

/** What the provider says of money on its way back; also of what was given back there, by no hand of ours. */
export async function learnRefund(provider: PaymentProvider, told: ProviderRefund): Promise<RefundRecord | null> {
  const known = await refundById(told.key ?? told.ref ?? '');
  if (known) return settleRefund(known, told);
  if (told.ref === null) return null;
  const payment = await withinDeadline(provider.retrieve(told.paymentRef));
  // Its capture may not have been told yet.
  const record = await learnPayment(provider, payment);
  if (!record || told.status === 'FAILED' || told.amount.currency !== record.currency) return null;
  const [noted] = await note(told.ref, record.id, told.amount.minor);
  const refund = noted ?? (await refundById(told.ref));
  if (!refund) {
    const fields = { alert: 'refund-too-large', payment: record.id, refund: told.ref };
    log.error(fields, 'The provider gave back more than was captured by our books: see the next reconciliation');
  }
  return refund && settleRefund(refund, told);
}

const note = database.statement<RefundRecord>(
  'payments.note-outside-refund',
  `WITH was AS MATERIALIZED (
     SELECT * FROM payment WHERE id = $2 AND captured - refunded >= $3::bigint FOR UPDATE),
   r AS (
     INSERT INTO refund (id, order_id, payment_id, amount, currency, provider_ref, reason)
     SELECT $1, order_id, id, $3::bigint, currency, $1, 'Made at the provider' FROM was ON CONFLICT DO NOTHING RETURNING *),
   p AS (
     UPDATE payment SET refunded = was.refunded + r.amount, movements = was.movements + 1, updated_at = now(),
       status = ${paidStatusSql('was.captured', '(was.refunded + r.amount)')}
     FROM r JOIN was ON was.id = r.payment_id WHERE payment.id = was.id RETURNING payment.id, payment.movements, r.amount AS part),
   l AS (${bookSql({ rows: 'p', kind: 'refund', number: 'movements', amount: 'part' })})
   SELECT * FROM r`,
);
