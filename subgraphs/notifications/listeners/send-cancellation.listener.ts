import { orderCancelled } from '#subgraphs/orders/contracts/orders.events.ts';
import { orderCancelledMail } from '../mails/order-cancelled.mail.tsx';
import { mailsAboutOrders } from './mails-about-orders.ts';

export const sendCancellation = mailsAboutOrders(
  orderCancelled,
  'notifications-cancellation',
  async (order, payload) => ({
    kind: 'order-cancelled',
    subjectId: order.id,
    ...(await orderCancelledMail(order, payload)),
  }),
);
