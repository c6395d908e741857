import { defineListener } from '#platform/outbox/listener.ts';
import { orderStatusChanged } from '#subgraphs/orders/contracts/orders.events.ts';
import { NoticeKind } from '../choices/notice-kind.ts';
import { giveNotice } from '../give-notice.ts';
import { orderNotice } from '../rules/order-notices.ts';

const CONSUMER = 'notifications-order-status';

/** The event carries all that the notification says. */
export const notifyOrderStatus = defineListener(orderStatusChanged, CONSUMER, async ({ id, payload }) => {
  const { orderId, number, customerId, status, at } = payload;
  const notice = orderNotice(status, number);
  if (!notice) return;
  await giveNotice(
    { ...notice, customerId, kind: NoticeKind.ORDER_UPDATES, order: { id: orderId, number }, at },
    { eventId: id, consumer: CONSUMER },
  );
});
