import { orderRefunded } from '#subgraphs/orders/contracts/orders.events.ts';
import { orderRefundedMail } from '../mails/order-refunded.mail.ts';
import { mailsAboutOrders } from './mails-about-orders.ts';

/** Each refund has its own mail. */
export const sendRefund = mailsAboutOrders(orderRefunded, 'notifications-refund', (order, payload) => ({
  kind: 'order-refunded',
  subjectId: payload.refundId,
  ...orderRefundedMail(order, payload),
}));
