import { live } from '#platform/live/live.ts';
import { defineBatchListener } from '#platform/outbox/listener.ts';
import { emailVerified } from '#subgraphs/accounts/contracts/accounts.ts';
import { database } from '../database.ts';

/** Who proved an address owns what guests ordered under it. What has an owner keeps him. */
export const claimGuestOrders = defineBatchListener(emailVerified, 'orders-claim-guest-orders', async (events) => {
  const claimed = await claim(
    events.map(({ id }) => id),
    events.map(({ payload }) => payload.customerId),
    events.map(({ payload }) => payload.email.toLowerCase()),
  );
  for (const { order_id } of claimed) live.publish(`order:${order_id}`);
});

const claim = database.statement<{ order_id: string }>(
  'orders.claim-guest-orders',
  `WITH news AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS n(event_id, customer_id, email)),
   k AS (
     INSERT INTO handled (event_id, consumer) SELECT event_id, 'orders-claim-guest-orders' FROM news
     ON CONFLICT DO NOTHING RETURNING event_id),
   due AS (
     SELECT o.id, n.customer_id FROM news n JOIN k USING (event_id) JOIN orders o ON lower(o.email) = n.email
     WHERE o.customer_id IS NULL ORDER BY o.id FOR UPDATE OF o),
   o AS (
     UPDATE orders SET customer_id = d.customer_id, version = version + 1, updated_at = now() FROM due d WHERE orders.id = d.id
     RETURNING orders.*)
   INSERT INTO order_event (order_id, seq, type, message, status, payment_status, fulfillment_status)
   SELECT id, version, 'order.claimed', 'Added to your account', status, payment_status, fulfillment_status FROM o RETURNING order_id`,
);
