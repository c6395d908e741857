import { fractionDigits } from '#platform/money/money.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import { paymentCaptured } from './contracts/payments.ts';
import { database } from './database.ts';
import { bookSql } from './ledger.ts';
import type { PaymentRecord } from './payment.records.ts';
import type { ProviderPayment } from './provider/payment-provider.ts';

/** What became of a payment at the provider, or of an order that has none. */
export interface Capture {
  /** The event that asked for it; null when something else did. Noted as handled. */
  readonly eventId: string | null;
  readonly orderId: string;
  /** Null for an order that cost nothing: there is nothing to capture, and it is announced all the same. */
  readonly payment: {
    readonly id: string;
    readonly ref: string;
    readonly captured: bigint;
    readonly currency: string;
  } | null;
  /** There is nothing to take any more: only the event is noted. */
  readonly skipped?: boolean;
}

export const captureOf = (record: PaymentRecord, answer: ProviderPayment, eventId: string | null = null): Capture => ({
  eventId,
  orderId: record.order_id,
  payment: { id: record.id, ref: answer.ref, captured: answer.captured, currency: record.currency },
});

/**
 * Writes many captures in one statement: payment, ledger, announcement and event. Each once; what was given up since the
 * provider answered is not written, as who gave it up gives it back. He writes it himself, `evenVoided`, and silently.
 */
export async function recordCaptures(captures: readonly Capture[], evenVoided = false): Promise<void> {
  if (captures.length === 0) return;
  await record(
    captures.map(({ eventId }) => eventId),
    captures.map(({ orderId }) => orderId),
    captures.map(({ payment, skipped }) => (skipped ? 'none' : (payment?.id ?? null))),
    captures.map(({ payment }) => payment?.captured.toString() ?? null),
    captures.map(({ payment }) => payment?.ref ?? null),
    captures.map(({ payment }) => (payment ? fractionDigits(payment.currency) : 0)),
    evenVoided,
    paymentCaptured.topic,
    consumersOf(paymentCaptured.topic),
  );
}

// A charge is told of once the checkout's payment is: orders take the first for it. Of an order's payments that are captured
// at once, as with gift cards, one is told of.
const record = database.statement(
  'payments.record-captures',
  `WITH n AS MATERIALIZED (
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::int[])
       AS n(event_id, order_id, payment_id, captured, ref, digits)),
   k AS (
     INSERT INTO handled (event_id, consumer) SELECT event_id, 'payments-capture' FROM n WHERE event_id IS NOT NULL
     ON CONFLICT DO NOTHING RETURNING event_id),
   due AS MATERIALIZED (
     SELECT p.id, p.movements AS before, p.status AS was, n.event_id, n.captured, n.ref, n.digits
     FROM n JOIN payment p ON p.id = n.payment_id LEFT JOIN k ON k.event_id = n.event_id
     WHERE (n.event_id IS NULL OR k.event_id IS NOT NULL) AND p.captured = 0
       AND ($7 OR NOT p.voided AND p.status IN ('AUTHORIZED', 'PENDING', 'REQUIRES_ACTION'))
     ORDER BY p.id FOR UPDATE OF p),
   p AS (
     UPDATE payment SET status = 'PAID', captured = due.captured, provider_ref = due.ref, next_action = NULL, refusal = NULL,
       look_at = NULL, updated_at = now(),
       movements = movements + 1 + (due.was <> 'AUTHORIZED')::int + (due.captured < amount)::int
     FROM due WHERE payment.id = due.id
     RETURNING payment.id, order_id, charge, amount, payment.captured, refunded, currency, movements, before, was, event_id, digits),
   l AS (${bookSql(
     { rows: 'p', kind: 'authorize', number: 'before + 1', amount: 'amount', where: `was <> 'AUTHORIZED'` },
     { rows: 'p', kind: 'capture', number: `before + 1 + (was <> 'AUTHORIZED')::int`, amount: 'captured' },
     { rows: 'p', kind: 'release', number: 'movements', amount: '(amount - captured)', where: 'captured < amount' },
   )}),
   told AS (
     (SELECT DISTINCT ON (order_id) coalesce(event_id, 'evt_' || replace(gen_random_uuid()::text, '-', '')) || 'c-' AS id, jsonb_build_object(
       'orderId', order_id, 'paymentId', p.id, 'amount', decimal_of(captured, digits), 'currency', currency,
       'capturedTotal', decimal_of(captured + o.captured_before, digits),
       'refundedTotal', decimal_of(refunded + o.refunded_before, digits)) AS payload
     FROM p, LATERAL (
       SELECT coalesce(sum(coalesce(now.captured, o.captured)), 0) AS captured_before, coalesce(sum(o.refunded), 0) AS refunded_before,
         bool_or(o.charge = '' AND o.captured = 0 AND o.amount > 0) AS unpaid
       FROM payment o LEFT JOIN p AS now ON now.id = o.id WHERE o.order_id = p.order_id AND o.id <> p.id) o
     WHERE NOT $7 AND o.unpaid IS NOT TRUE ORDER BY order_id, charge)
     UNION ALL
     SELECT event_id || 'c-', jsonb_build_object('orderId', order_id, 'paymentId', '', 'amount', '0', 'currency', 'XXX',
       'capturedTotal', '0', 'refundedTotal', '0')
     FROM n JOIN k USING (event_id) WHERE payment_id IS NULL)
   INSERT INTO outbox (id, topic, consumer, payload) SELECT id || consumer, $8, consumer, payload FROM told, unnest($9::text[]) AS consumer`,
);
