import type { OrdersFinding } from '../contracts/orders-audit.ts';
import { database } from '../database.ts';
import type { PaymentStatus } from '../order.type.ts';
import { NEXT, type OrderStatus } from '../rules/order-lifecycle.ts';

/** How long a saga or an event may take before it counts as forgotten. */
const UNFINISHED_AFTER_SECONDS = 60;
const MOST_FINDINGS = 100;

export interface ChangedOrder {
  id: string;
  status: OrderStatus;
  payment_status: PaymentStatus;
  currency: string;
  owed: bigint;
  codes: string[];
  has_goods: boolean;
  gift_cards: { lineId: string; units: number }[];
  placed_at: Date;
  cart_id: string;
  settled: boolean;
}

export const giftCardLines = database.statement<{ orderId: string; lineId: string; units: number }>(
  'orders.gift-card-lines',
  `SELECT order_id AS "orderId", id AS "lineId", quantity AS units FROM order_line WHERE order_id = ANY($1::text[]) AND gift_card`,
  'values',
);

/** Orders with an event in the window, by id. */
export const changedOrders = (since: Date, until: Date, after: string, most: number): Promise<ChangedOrder[]> =>
  changed(since, until, after, most);

/** What of these orders must never be. */
export const brokenOrders = (ids: readonly string[]): Promise<OrdersFinding[]> => broken(ids, LEGAL, MOST_FINDINGS);

/** What is under way for longer than anything should, or waits for a hand. */
export const leftUnfinished = (): Promise<OrdersFinding[]> => unfinished(UNFINISHED_AFTER_SECONDS, MOST_FINDINGS);

const LEGAL = Object.entries(NEXT).flatMap(([from, next]) => next.map((to) => `${from}>${to}`));

/** In the words of the index `saga_unfinished`, which is the only one that knows these few among all. */
const UNDER_WAY = `state <> 'DONE' AND state <> 'REFUSED'`;

/**
 * The window is read first, and alone, each time: asked in the order of ids, Postgres would walk through all events that ever
 * were for those of a minute. So is what is under way: Postgres, which took a new shop's tables for small, read them anew for
 * each order, and a look took five seconds. A checkout and a cancellation have the order's id; the other sagas name it in their
 * input.
 */
export const CHANGED = `WITH seen AS MATERIALIZED (SELECT DISTINCT order_id AS id FROM order_event WHERE at >= $1 AND at < $2),
   w AS (SELECT id FROM seen WHERE id > $3 ORDER BY id LIMIT $4),
   busy AS MATERIALIZED (
     SELECT id FROM saga WHERE ${UNDER_WAY}
     UNION ALL SELECT input ->> 'orderId' FROM saga WHERE ${UNDER_WAY}
     UNION ALL SELECT payload ->> 'orderId' FROM outbox)
   SELECT o.id, o.status, o.payment_status, o.currency,
     CASE WHEN o.status = 'CANCELLED' OR o.confirmed_at IS NULL THEN 0
       ELSE o.total - coalesce((SELECT sum(amount) FROM refund f WHERE f.order_id = o.id AND f.status <> 'RUNNING'), 0) END::bigint AS owed,
     CASE WHEN o.status = 'CANCELLED' THEN '{}' ELSE o.discount_codes END AS codes, o.placed_at, o.cart_id,
     EXISTS (SELECT FROM order_line l WHERE l.order_id = o.id AND NOT l.gift_card) AS has_goods,
     CASE WHEN o.status = 'CANCELLED' OR o.paid_at IS NULL THEN '[]' ELSE coalesce(
       (SELECT jsonb_agg(jsonb_build_object('lineId', l.id, 'units', l.quantity - l.refunded) ORDER BY l.position) FROM order_line l
        WHERE l.order_id = o.id AND l.gift_card AND l.quantity > l.refunded), '[]') END AS gift_cards,
     o.edit_id IS NULL AND NOT EXISTS (SELECT FROM busy WHERE busy.id = o.id) AS settled
   FROM w JOIN orders o USING (id) ORDER BY o.id`;

const changed = database.statement<ChangedOrder>('orders.audit-changed', CHANGED, 'values');

const broken = database.statement<OrdersFinding>(
  'orders.audit-broken',
  `WITH w AS MATERIALIZED (SELECT * FROM orders WHERE id = ANY($1::text[])),
   e AS MATERIALIZED (
     SELECT e.order_id, e.seq, e.status, lag(e.status) OVER (PARTITION BY e.order_id ORDER BY e.seq) AS was,
       row_number() OVER (PARTITION BY e.order_id ORDER BY e.seq) AS place
     FROM order_event e JOIN w ON w.id = e.order_id),
   u AS (
     SELECT l.order_id, l.id, l.returned, l.refunded,
       coalesce((SELECT sum(rl.quantity) FROM order_return_line rl JOIN order_return r ON r.id = rl.return_id
         WHERE r.order_id = l.order_id AND rl.line_id = l.id AND r.status <> 'REJECTED'), 0) AS sent_back,
       coalesce((SELECT sum(x.priced) FROM refund f, jsonb_to_recordset(f.lines) AS x("lineId" text, priced int)
         WHERE f.order_id = l.order_id AND f.status <> 'FAILED' AND x."lineId" = l.id), 0) AS priced,
       coalesce((SELECT sum(x.restocked) FROM refund f, jsonb_to_recordset(f.lines) AS x("lineId" text, restocked int)
         WHERE f.order_id = l.order_id AND x."lineId" = l.id), 0) AS restocked
     FROM order_line l JOIN w ON w.id = l.order_id)
   SELECT 'one-order-a-cart' AS invariant, o.cart_id AS subject, count(*) || ' orders that are not cancelled' AS detail
   FROM orders o WHERE o.cart_id IN (SELECT cart_id FROM w) AND o.status <> 'CANCELLED' GROUP BY o.cart_id HAVING count(*) > 1
   UNION ALL
   SELECT 'one-order-a-key', i.order_id, 'the key ' || i.key || ' is of another cart' FROM idempotency i JOIN w ON w.id = i.order_id
   WHERE i.cart_id <> w.cart_id
   UNION ALL
   SELECT 'history-gapless', w.id, 'version ' || w.version || ' with ' || count(e.seq) || ' events up to ' || coalesce(max(e.seq), 0)
   FROM w LEFT JOIN e ON e.order_id = w.id GROUP BY w.id, w.version
   HAVING count(e.seq) <> w.version OR coalesce(max(e.seq), 0) <> w.version OR coalesce(min(e.seq), 0) <> 1
   UNION ALL
   SELECT 'history-never-back', order_id, was || ' > ' || status || ' at ' || seq FROM e
   WHERE was <> status AND NOT (was || '>' || status = ANY($2::text[]))
   UNION ALL
   SELECT 'history-tells-status', w.id, 'the order is ' || w.status || ', its history ends with ' || e.status FROM w
   JOIN e ON e.order_id = w.id AND e.seq = w.version WHERE e.status <> w.status
   UNION ALL
   SELECT 'units-returned', id, returned || ' counted, ' || (sent_back + restocked) || ' came back' FROM u
   WHERE returned <> sent_back + restocked
   UNION ALL
   SELECT 'units-refunded', id, refunded || ' counted, ' || priced || ' paid back' FROM u WHERE refunded <> priced
   LIMIT $3`,
  'values',
);

const unfinished = database.statement<OrdersFinding>(
  'orders.audit-unfinished',
  `(SELECT CASE state WHEN 'PARKED' THEN 'saga-parked' ELSE 'saga-unfinished' END AS invariant, name || ' ' || id AS subject,
      state || ' at ' || step || coalesce(': ' || fault, '') AS detail
    FROM saga WHERE ${UNDER_WAY} AND (state = 'PARKED' OR (state IN ('RUNNING', 'COMPENSATING') AND begun_at < now() - make_interval(secs => $1))
      OR (state = 'WAITING' AND due_at < now() - make_interval(secs => $1))) LIMIT $2)
   UNION ALL
   (SELECT 'outbox-unfinished', id, topic || ' waits since ' || created_at FROM outbox
    WHERE created_at < now() - make_interval(secs => $1) ORDER BY created_at LIMIT $2)`,
  'values',
);
