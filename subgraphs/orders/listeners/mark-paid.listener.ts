import { live } from '#platform/live/live.ts';
import { defineBatchListener } from '#platform/outbox/listener.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import { paymentCaptured } from '#subgraphs/payments/contracts/payments.ts';
import { giftCardsBought, orderPaid } from '../contracts/orders.events.ts';
import { database } from '../database.ts';

/**
 * The money is captured: the orders are paid, shipping may start and gift cards are issued. What is captured later, for an
 * edit, starts nothing anew.
 */
export const markPaid = defineBatchListener(paymentCaptured, 'orders-mark-paid', async (events) => {
  const orderIds = events.map(({ payload }) => payload.orderId);
  await paid(
    events.map(({ id }) => id),
    orderIds,
    orderPaid.topic,
    consumersOf(orderPaid.topic),
    giftCardsBought.topic,
    consumersOf(giftCardsBought.topic),
  );
  for (const orderId of orderIds) live.publish(`order:${orderId}`);
});

const paid = database.statement(
  'orders.mark-paid',
  `WITH news AS MATERIALIZED (
     SELECT * FROM unnest($1::text[], $2::text[]) AS n(event_id, order_id) ORDER BY order_id),
   k AS (
     INSERT INTO handled (event_id, consumer) SELECT event_id, 'orders-mark-paid' FROM news
     ON CONFLICT DO NOTHING RETURNING event_id),
   o AS (
     UPDATE orders SET payment_status = CASE WHEN refunded = 0 THEN 'PAID' ELSE payment_status END, paid_at = now(), version = version + 1, updated_at = now()
     FROM news JOIN k USING (event_id) WHERE orders.id = news.order_id AND status <> 'CANCELLED' AND paid_at IS NULL
     RETURNING orders.*, event_id),
   g AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT o.event_id || 'g-' || consumer, $5, consumer, jsonb_build_object(
       'orderId', o.id, 'number', o.number, 'currency', o.currency, 'email', o.email, 'lines', l.lines)
     FROM o, LATERAL (
       SELECT jsonb_agg(jsonb_build_object('lineId', l.id, 'quantity', l.quantity, 'unitMinor', l.unit_price::text) ORDER BY l.position) AS lines
       FROM order_line l WHERE l.order_id = o.id AND l.gift_card) l, unnest($6::text[]) AS consumer WHERE l.lines IS NOT NULL),
   e AS (
     INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
     SELECT id, version, 'payment.captured', 'Payment received', status, payment_status, fulfillment_status FROM o)
   INSERT INTO outbox (id, topic, consumer, payload)
   SELECT event_id || 'p-' || consumer, $3, consumer, jsonb_build_object(
     'orderId', o.id, 'number', o.number, 'backordered', o.backordered, 'country', o.delivery_address ->> 'country', 'city', o.delivery_address ->> 'city',
     'deliveryOption', jsonb_build_object('id', o.delivery_option -> 'id', 'title', o.delivery_option -> 'title',
       'estimatedDays', o.delivery_option -> 'estimatedDays'),
     'lines', (SELECT coalesce(jsonb_agg(jsonb_build_object('lineId', l.id, 'variantId', l.variant_id, 'title', l.title, 'sku', l.sku,
       'options', l.options, 'imageUrl', l.image_url, 'quantity', l.quantity, 'weightGrams', l.weight_grams) ORDER BY l.position), '[]')
       FROM order_line l WHERE l.order_id = o.id AND NOT l.gift_card))
   FROM o, unnest($4::text[]) AS consumer`,
);
