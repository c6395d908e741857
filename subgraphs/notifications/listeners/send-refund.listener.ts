import { orderRefunded } from '#subgraphs/orders/contracts/orders.events.ts';
import { orderRefundedMail } from '../mails/order-refunded.mail.tsx';
import { mailsAboutOrders } from './mails-about-orders.ts';

/** Each refund has its own mail. */
export const sendRefund = mailsAboutOrders(orderRefunded, 'notifications-refund', async (order, payload) => ({
  kind: 'order-refunded',
  subjectId: payload.refundId,
  ...(await orderRefundedMail(order, payload)),
}));
