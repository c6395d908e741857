import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { orderConfirmationMail } from '../mails/order-confirmation.mail.ts';
import { mailsAboutOrders } from './mails-about-orders.ts';

export const sendConfirmation = mailsAboutOrders(orderConfirmed, 'notifications-confirmation', (order) => ({
  kind: 'order-confirmation',
  subjectId: order.id,
  ...orderConfirmationMail(order),
}));
