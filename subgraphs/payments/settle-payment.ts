import { outboxColumns } from '#platform/outbox/announce.ts';
import { paymentSettled } from './contracts/payments.events.ts';
import { database } from './database.ts';
import { giveBack } from './give-back.ts';
import { bookSql } from './ledger.ts';
import { type PaymentRecord, paymentOf, STATUS_OF } from './payment.records.ts';
import type { ProviderPayment } from './provider/payment-provider.ts';
import { captureOf, recordCaptures } from './record-captures.ts';

/**
 * Writes what the provider said of a payment that waited for it; what is settled stays as it is. What comes too late, because
 * the order was given up meanwhile, goes back at once. `announce` when nobody asked who would go on by the answer.
 */
export async function settlePayment(
  record: PaymentRecord,
  answer: ProviderPayment,
  announce: boolean,
): Promise<PaymentRecord> {
  if (answer.status === 'PENDING') throw new Error(`The provider does not know yet what becomes of ${answer.ref}.`);
  if (answer.status !== 'CAPTURED') {
    const status = STATUS_OF[answer.status];
    const refusal = status === 'FAILED' ? (answer.refusal ?? RELEASED) : null;
    const outcome = status === 'AUTHORIZED' || status === 'FAILED' ? status : null;
    const [settled] = await write(
      ...[record.order_id, record.charge, status, answer.ref, json(answer.nextAction), json(refusal)],
      ...outboxColumns(...(announce && outcome ? [paymentSettled({ orderId: record.order_id, outcome })] : [])),
    );
    if (settled) return settled;
  } else if (!record.voided) await recordCaptures([captureOf(record, answer)]);
  const present = await paymentOf(record.order_id, record.charge);
  if (!present) throw new Error('A payment that was noted is gone.');
  return present.voided ? giveBack(present, answer.ref) : present;
}

const RELEASED = { code: 'payment_cancelled', message: 'The payment was cancelled. Try again or use another card.' };

const json = (value: object | null): string | null => (value ? JSON.stringify(value) : null);

// Who waits for the shopper is asked for now and then; a charge that nobody captured is, but for what a gift card holds
// until the order is confirmed.
const write = database.groupedStatement<PaymentRecord>(
  'payments.settle',
  `WITH p AS (
     UPDATE payment SET status = $3, provider_ref = $4, next_action = $5, refusal = $6, updated_at = now(),
       movements = movements + CASE $3 WHEN 'AUTHORIZED' THEN 1 ELSE 0 END,
       look_at = CASE WHEN $3 = 'REQUIRES_ACTION' THEN now() + interval '1 minute'
         WHEN $3 = 'AUTHORIZED' AND charge <> '' AND provider <> 'gift-card' THEN now() + interval '10 seconds' END
     WHERE order_id = $1 AND charge = $2 AND status IN ('PENDING', 'REQUIRES_ACTION') AND NOT voided RETURNING *),
   l AS (${bookSql({ rows: 'p', kind: 'authorize', number: 'p.movements', amount: 'p.amount', where: "p.status = 'AUTHORIZED'" })}),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT a.* FROM p, unnest($7::text[], $8::text[], $9::text[], $10::jsonb[]) AS a)
   SELECT * FROM p`,
);
