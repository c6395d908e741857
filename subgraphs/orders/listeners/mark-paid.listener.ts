import { live } from '#platform/live/live.ts';
import { defineListener } from '#platform/outbox/listener.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import { paymentCaptured } from '#subgraphs/payments/contracts/payments.ts';
import { orderPaid } from '../contracts/orders.events.ts';
import { database } from '../database.ts';

/** The money is captured: the order is paid, and shipping may start. */
export const markPaid = defineListener(paymentCaptured, 'orders-mark-paid', async ({ id, payload: { orderId } }) => {
  await paid(id, orderId, orderPaid.topic, consumersOf(orderPaid.topic));
  live.publish(`order:${orderId}`);
});

const paid = database.statement(
  'orders.mark-paid',
  `WITH k AS (INSERT INTO handled (event_id, consumer) VALUES ($1, 'orders-mark-paid') ON CONFLICT DO NOTHING RETURNING event_id),
   o AS (
     UPDATE orders SET payment_status = 'PAID', version = version + 1, updated_at = now()
     FROM k WHERE orders.id = $2 AND status <> 'CANCELLED' RETURNING orders.*),
   e AS (
     INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
     SELECT id, version, 'payment.captured', 'Payment received', status, payment_status, fulfillment_status FROM o)
   INSERT INTO outbox (id, topic, consumer, payload)
   SELECT $1 || 'p-' || consumer, $3, consumer, jsonb_build_object(
     'orderId', o.id, 'number', o.number, 'country', o.delivery_address ->> 'country', 'city', o.delivery_address ->> 'city',
     'deliveryOption', jsonb_build_object('id', o.delivery_option -> 'id', 'title', o.delivery_option -> 'title',
       'estimatedDays', o.delivery_option -> 'estimatedDays'),
     'lines', (SELECT jsonb_agg(jsonb_build_object('lineId', l.id, 'variantId', l.variant_id, 'title', l.title, 'sku', l.sku,
       'options', l.options, 'imageUrl', l.image_url, 'quantity', l.quantity, 'weightGrams', l.weight_grams) ORDER BY l.position)
       FROM order_line l WHERE l.order_id = o.id))
   FROM o, unnest($4::text[]) AS consumer`,
);
