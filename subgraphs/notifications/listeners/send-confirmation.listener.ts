import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { orderConfirmationMail } from '../mails/order-confirmation.mail.tsx';
import { mailsAboutOrders } from './mails-about-orders.ts';

export const sendConfirmation = mailsAboutOrders(orderConfirmed, 'notifications-confirmation', async (order) => ({
  kind: 'order-confirmation',
  subjectId: order.id,
  ...(await orderConfirmationMail(order)),
}));
