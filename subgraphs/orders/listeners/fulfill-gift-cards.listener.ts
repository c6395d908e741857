import { live } from '#platform/live/live.ts';
import { defineListener } from '#platform/outbox/listener.ts';
import { orderGiftCardsIssued } from '#subgraphs/payments/contracts/gift-cards.ts';
import { database } from '../database.ts';

const CONSUMER = 'orders-fulfill-gift-cards';

/** Issued gift cards are fulfilled: nothing of them is sent. An order of nothing else has arrived with them. */
export const fulfillGiftCards = defineListener(orderGiftCardsIssued, CONSUMER, async ({ id, payload: { orderId } }) => {
  const [changed] = await fulfill(id, orderId);
  if (changed) live.publish(`order:${orderId}`);
});

// The units that are on their way already say that this was done: news twice changes nothing.
const fulfill = database.statement<{ order_id: string }>(
  'orders.fulfill-gift-cards',
  `WITH k AS (
     INSERT INTO handled (event_id, consumer) VALUES ($1, '${CONSUMER}') ON CONFLICT DO NOTHING RETURNING event_id),
   due AS MATERIALIZED (
     SELECT o.id, NOT EXISTS (SELECT FROM order_line l WHERE l.order_id = o.id AND NOT l.gift_card) AS alone
     FROM orders o WHERE o.id = $2 AND EXISTS (SELECT FROM k) AND o.status <> 'CANCELLED' FOR UPDATE OF o),
   l AS (
     UPDATE order_line SET shipped = quantity FROM due
     WHERE order_line.order_id = due.id AND gift_card AND shipped < quantity RETURNING order_line.id),
   o AS (
     UPDATE orders SET version = version + 1, updated_at = now(),
       status = CASE WHEN due.alone AND status = 'CONFIRMED' THEN 'DELIVERED' ELSE status END,
       fulfillment_status = CASE WHEN due.alone THEN 'DELIVERED' WHEN fulfillment_status = 'UNFULFILLED' THEN 'PARTIALLY_FULFILLED'
         ELSE fulfillment_status END
     FROM due WHERE orders.id = due.id AND EXISTS (SELECT FROM l) RETURNING orders.*, due.alone)
   INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
   SELECT id, version, CASE WHEN alone THEN 'order.delivered' ELSE 'order.gift-cards-mailed' END, 'Gift cards mailed to ' || email,
     status, payment_status, fulfillment_status FROM o RETURNING order_id`,
);
