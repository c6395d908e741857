import { live } from '#platform/live/live.ts';
import { database } from '../database.ts';

/** The end of one refund: below 0 it came back from the bank. */
export interface RefundNews {
  eventId: string;
  orderId: string;
  /** Null when it was made at the provider, by no hand of ours. */
  refundId: string | null;
  minor: bigint;
}

/** What payments says of an order's money as of a moment; minor units. */
export interface PaymentNews {
  orderId: string;
  captured: bigint;
  refunded: bigint;
  /** Of two pieces of news, the one with the higher is the newer. */
  sequence: number;
  /** What the history says when it changes something. */
  message: string;
}

/**
 * Has orders follow what payments says; older news changes nothing, and what is known already needs no telling. What an
 * edit gave back is no refund to the shopper: the order costs less.
 */
export async function followPayments(news: readonly PaymentNews[], refunds: readonly RefundNews[] = []): Promise<void> {
  const newest = new Map<string, PaymentNews>();
  for (const each of news)
    if ((newest.get(each.orderId)?.sequence ?? 0) < each.sequence) newest.set(each.orderId, each);
  const rows = [...newest.values()];
  const outside = refunds.filter(({ refundId, minor }) => refundId === null && minor > 0n);
  const ours = refunds.filter(({ refundId }) => refundId !== null);
  const changed = await follow(
    refunds.map(({ eventId }) => eventId),
    rows.map(({ orderId }) => orderId),
    rows.map(({ captured }) => captured.toString()),
    rows.map(({ refunded }) => refunded.toString()),
    rows.map(({ sequence }) => sequence),
    rows.map(({ message }) => message),
    outside.map(({ eventId }) => eventId),
    outside.map(({ orderId }) => orderId),
    outside.map(({ minor }) => minor.toString()),
    ours.map(({ eventId }) => eventId),
    ours.map(({ refundId }) => refundId),
    ours.map(({ minor }) => minor.toString()),
  );
  for (const { order_id } of changed) live.publish(`order:${order_id}`);
}

// A refund that came back from the bank lets go of its units, so that they can be paid back anew.
// Of a cancelled order all goes back, and it says so from the start: what went back before is no news then.
const follow = database.statement<{ order_id: string }>(
  'orders.follow-payments',
  `WITH k AS (INSERT INTO handled (event_id, consumer) SELECT unnest($1::text[]), 'orders-follow-refunds' ON CONFLICT DO NOTHING RETURNING event_id),
   made AS (
     INSERT INTO refund (id, order_id, key, request_hash, amount, reason, status)
     SELECT 'ref_' || r.event_id, o.id, 'provider/' || r.event_id, '', r.amount, 'Made at the provider', 'SUCCEEDED'
     FROM unnest($7::text[], $8::text[], $9::bigint[]) AS r(event_id, order_id, amount) JOIN k USING (event_id)
     JOIN orders o ON o.id = r.order_id WHERE o.status <> 'CANCELLED'),
   told AS (
     SELECT r.refund_id, sum(least(r.amount, 0)) AS lost, bool_or(r.amount > 0) AS arrived
     FROM unnest($10::text[], $11::text[], $12::bigint[]) AS r(event_id, refund_id, amount) JOIN k USING (event_id) GROUP BY r.refund_id),
   ended AS (
     UPDATE refund f SET amount = f.amount + t.lost,
       status = CASE WHEN f.amount + t.lost <= 0 THEN 'FAILED' WHEN t.arrived THEN 'SUCCEEDED' ELSE f.status END
     FROM told t WHERE f.id = t.refund_id AND f.status IN ('PENDING', 'SUCCEEDED') RETURNING f.lines, f.status),
   units AS (
     UPDATE order_line l SET refunded = l.refunded - x.priced
     FROM ended, jsonb_to_recordset(ended.lines) AS x("lineId" text, priced int) WHERE ended.status = 'FAILED' AND l.id = x."lineId"),
   due AS (
     SELECT o.id, n.captured, n.sequence, n.message, n.refunded, n.refunded <> o.refunded AS changed, n.refunded < o.refunded AS less, CASE
         WHEN o.status = 'CANCELLED' OR n.refunded >= n.captured THEN CASE WHEN n.captured = 0 THEN o.payment_status ELSE 'REFUNDED' END
         WHEN n.refunded > o.edit_refunded THEN 'PARTIALLY_REFUNDED'
         WHEN o.payment_status IN ('PARTIALLY_REFUNDED', 'REFUNDED') THEN 'PAID' ELSE o.payment_status END AS payment_status
     FROM orders o JOIN unnest($2::text[], $3::bigint[], $4::bigint[], $5::int[], $6::text[]) AS t(order_id, captured, refunded, sequence, message)
       ON o.id = t.order_id
     CROSS JOIN LATERAL (SELECT t.captured, t.sequence, t.message,
       CASE WHEN o.status = 'CANCELLED' THEN greatest(o.refunded, t.refunded) ELSE t.refunded END AS refunded) n
     WHERE o.payment_sequence < n.sequence ORDER BY o.id FOR UPDATE OF o),
   o AS (
     UPDATE orders SET payment_sequence = d.sequence, refunded = d.refunded, payment_status = d.payment_status,
       version = version + d.changed::int, updated_at = now()
     FROM due d WHERE orders.id = d.id RETURNING orders.*, d.changed, d.less, d.message)
   INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
   SELECT id, version, CASE WHEN less THEN 'payment.refund-failed' ELSE 'payment.refunded' END,
     CASE WHEN less THEN 'A refund did not arrive' ELSE message END, status, payment_status, fulfillment_status
   FROM o WHERE changed RETURNING order_id`,
);
