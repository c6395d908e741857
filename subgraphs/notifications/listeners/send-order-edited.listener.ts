import { orderEdited } from '#subgraphs/orders/contracts/orders.events.ts';
import { orderEditedMail } from '../mails/order-edited.mail.ts';
import { mailsAboutOrders } from './mails-about-orders.ts';

/** Each change has its own mail. */
export const sendOrderEdited = mailsAboutOrders(orderEdited, 'notifications-order-edited', (order, payload) => ({
  kind: 'order-edited',
  subjectId: payload.editId,
  ...orderEditedMail(order, payload),
}));
