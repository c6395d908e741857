import { orderEdited } from '#subgraphs/orders/contracts/orders.events.ts';
import { orderEditedMail } from '../mails/order-edited.mail.tsx';
import { mailsAboutOrders } from './mails-about-orders.ts';

/** Each change has its own mail. */
export const sendOrderEdited = mailsAboutOrders(orderEdited, 'notifications-order-edited', async (order, payload) => ({
  kind: 'order-edited',
  subjectId: payload.editId,
  ...(await orderEditedMail(order, payload)),
}));
