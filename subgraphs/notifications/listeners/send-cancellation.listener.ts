import { orderCancelled } from '#subgraphs/orders/contracts/orders.events.ts';
import { orderCancelledMail } from '../mails/order-cancelled.mail.ts';
import { mailsAboutOrders } from './mails-about-orders.ts';

export const sendCancellation = mailsAboutOrders(orderCancelled, 'notifications-cancellation', (order, payload) => ({
  kind: 'order-cancelled',
  subjectId: order.id,
  ...orderCancelledMail(order, payload),
}));
