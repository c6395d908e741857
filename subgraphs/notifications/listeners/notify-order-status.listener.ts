import { newId } from '#platform/database/id.ts';
import { live } from '#platform/live/live.ts';
import { defineListener } from '#platform/outbox/listener.ts';
import { orderStatusChanged } from '#subgraphs/orders/contracts/orders.events.ts';
import { database } from '../database.ts';
import { inboxTopic } from '../notification.type.ts';
import { orderNotice } from '../rules/order-notices.ts';

const CONSUMER = 'notifications-order-status';

/** The event carries all that the notification says. */
export const notifyOrderStatus = defineListener(orderStatusChanged, CONSUMER, async ({ id, payload }) => {
  const { orderId, number, customerId, status, at } = payload;
  const notice = orderNotice(status, number);
  if (!notice) return;
  const added = await add(id, CONSUMER, customerId, newId('ntf'), notice.title, notice.body, orderId, number, at);
  if (added.length > 0) live.publish(inboxTopic(customerId));
});

// The inbox's row stays locked until the notification is visible: see prisma/notifications/schema.prisma.
const add = database.statement<{ id: string }>(
  'notifications.add',
  `WITH noted AS (
     INSERT INTO handled (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event_id),
   numbered AS (
     INSERT INTO inbox (customer_id, last_seq) SELECT $3, 1 FROM noted
     ON CONFLICT (customer_id) DO UPDATE SET last_seq = inbox.last_seq + 1
     RETURNING customer_id, last_seq)
   INSERT INTO notification (id, customer_id, seq, title, body, order_id, order_number, created_at)
   SELECT $4, customer_id, last_seq, $5, $6, $7, $8, $9::timestamptz FROM numbered RETURNING id`,
);
