import { database } from './database.ts';

export interface PaymentsFinding {
  /** `gift-card`, `gift-cards-paid`, `gift-use`, `ledger-sums`, `ledger-columns`, `captured`, `refunded`, `refund-parts` or `outbox`. */
  invariant: string;
  /** The payment, or the event. */
  subject: string;
  detail: string;
}

/** A finding more than this is cut off: who reads the first hundred knows enough. */
const MOST_FINDINGS = 100;

/**
 * What breaks the books of the payments whose money moved in a window; empty when all is well: every movement sums to zero,
 * what a payment says is what its ledger comes to, no more is captured than was authorized and no more refunded than
 * captured, and what was to be announced was handled within a minute. One statement sees the books as of one moment.
 */
export const brokenPaymentInvariants = (
  since = new Date(0),
  until = new Date(Date.now() + 60_000),
): Promise<PaymentsFinding[]> => broken(since, until);

const broken = database.statement<PaymentsFinding>(
  'payments.broken-invariants',
  `WITH touched AS MATERIALIZED (
     SELECT DISTINCT payment_id FROM ledger_entry WHERE at >= $1 AND at < $2
     UNION SELECT id FROM payment WHERE created_at >= $1 AND created_at < $2),
   movement AS (
     SELECT payment_id, movement, sum(amount) AS sum, count(*) AS sides FROM ledger_entry
     WHERE payment_id IN (SELECT payment_id FROM touched) GROUP BY payment_id, movement),
   balance AS (
     SELECT payment_id, max(movement) AS movements, count(DISTINCT movement) AS numbered,
       coalesce(sum(amount) FILTER (WHERE account = 'held'), 0) AS held,
       coalesce(sum(amount) FILTER (WHERE account = 'clearing' AND kind = 'capture'), 0) AS captured,
       coalesce(sum(amount) FILTER (WHERE account = 'clearing'), 0) AS clearing,
       coalesce(sum(amount) FILTER (WHERE account = 'returning'), 0) AS returning_
     FROM ledger_entry WHERE payment_id IN (SELECT payment_id FROM touched) GROUP BY payment_id),
   back AS (
     SELECT payment_id, coalesce(sum(amount) FILTER (WHERE status <> 'FAILED'), 0) AS refunded,
       coalesce(sum(amount) FILTER (WHERE status = 'PENDING'), 0) AS pending
     FROM refund WHERE order_id IN (SELECT order_id FROM payment WHERE id IN (SELECT payment_id FROM touched)) GROUP BY payment_id),
   book AS (
     SELECT p.*, coalesce(b.movements, 0) AS booked, coalesce(b.numbered, 0) AS numbered, coalesce(b.held, 0) AS ledger_held,
       coalesce(b.captured, 0) AS ledger_captured, coalesce(b.clearing, 0) AS ledger_clearing,
       coalesce(b.returning_, 0) AS ledger_returning, coalesce(back.refunded, 0) AS parts, coalesce(back.pending, 0) AS pending
     FROM touched JOIN payment p ON p.id = touched.payment_id
     LEFT JOIN balance b USING (payment_id) LEFT JOIN back ON back.payment_id = p.id)
   SELECT 'ledger-sums' AS invariant, payment_id AS subject, format('movement %s of %s sides sums to %s', movement, sides, sum) AS detail
   FROM movement WHERE sum <> 0 OR sides <> 2
   UNION ALL SELECT 'ledger-columns', id, format('%s, %s captured, %s refunded, %s on its way; its ledger has %s held, %s captured, %s cleared, %s on its way in %s movements of %s',
     status, captured, refunded, pending, ledger_held, ledger_captured, ledger_clearing, ledger_returning, booked, movements)
   FROM book WHERE ledger_held <> CASE WHEN status = 'AUTHORIZED' THEN amount ELSE 0 END OR ledger_captured <> captured
     OR ledger_clearing <> captured - refunded OR ledger_returning <> pending OR booked <> movements OR numbered <> movements
   UNION ALL SELECT 'captured', id, format('%s captured of %s authorized', captured, amount) FROM book WHERE captured NOT BETWEEN 0 AND amount
   UNION ALL SELECT 'refunded', id, format('%s refunded of %s captured', refunded, captured) FROM book WHERE refunded NOT BETWEEN 0 AND captured
   UNION ALL SELECT 'refund-parts', id, format('%s refunded, its refunds come to %s', refunded, parts) FROM book WHERE refunded <> parts
   UNION ALL SELECT 'gift-card', c.id, format('%s left of %s, %s taken back, its uses come to %s', c.balance, c.amount, c.taken, u.used)
   FROM gift_card c, LATERAL (
     SELECT coalesce(sum(amount - refunded) FILTER (WHERE status IN ('HELD', 'CAPTURED')), 0) AS used FROM gift_use WHERE card_id = c.id) u
   WHERE (c.balance <> c.amount - c.taken - u.used OR c.balance < 0) AND (c.created_at >= $1 AND c.created_at < $2 OR c.id IN (
     SELECT card_id FROM gift_use WHERE key IN (SELECT order_id || '/' || charge FROM payment WHERE id IN (SELECT payment_id FROM touched)))
     OR c.order_id IN (SELECT order_id FROM payment WHERE id IN (SELECT payment_id FROM touched)))
   UNION ALL SELECT 'gift-cards-paid', c.order_id, format('its gift cards owe %s, of what was paid for it %s was kept', c.owed, paid.kept)
   FROM (
     SELECT order_id, sum(amount - taken) AS owed FROM gift_card
     WHERE told AND order_id IN (
       SELECT order_id FROM payment WHERE id IN (SELECT payment_id FROM touched)
       UNION SELECT order_id FROM gift_card WHERE created_at >= $1 AND created_at < $2) GROUP BY order_id) c,
     LATERAL (SELECT coalesce(sum(captured - refunded), 0) AS kept FROM payment p WHERE p.order_id = c.order_id) paid
   WHERE c.owed > paid.kept
   UNION ALL SELECT 'gift-use', p.id, format('%s, %s captured, %s refunded; the card says %s, %s, %s given back in %s', p.status, p.captured, p.refunded,
     coalesce(u.status, 'nothing'), coalesce(u.amount, 0), coalesce(u.refunded, 0), coalesce(back.sum, 0))
   FROM touched JOIN payment p ON p.id = touched.payment_id LEFT JOIN gift_use u ON u.key = p.order_id || '/' || p.charge
   LEFT JOIN LATERAL (SELECT sum(amount) AS sum FROM gift_refund WHERE use_id = u.id) back ON true
   WHERE p.provider = 'gift-card' AND (
     (p.status = 'AUTHORIZED') IS DISTINCT FROM (u.status IS NOT DISTINCT FROM 'HELD')
     OR p.captured <> CASE u.status WHEN 'CAPTURED' THEN u.amount ELSE 0 END
     OR p.refunded <> coalesce(u.refunded, 0) OR coalesce(u.refunded, 0) <> coalesce(back.sum, 0))
   UNION ALL SELECT 'outbox', id, format('%s is not handled since %s', topic, created_at)
   FROM outbox WHERE created_at < now() - interval '1 minute'
   LIMIT ${MOST_FINDINGS}`,
  'values',
);
