import { returnDecided } from '#subgraphs/orders/contracts/orders.events.ts';
import { returnDecidedMail } from '../mails/return-decided.mail.ts';
import { mailsAboutOrders } from './mails-about-orders.ts';

/** One an event: a return that was approved may be refused later. */
export const sendReturnDecision = mailsAboutOrders(returnDecided, 'notifications-return', (order, payload) => ({
  kind: 'return-decided',
  subjectId: `${payload.returnId}-${payload.approved ? 'approved' : 'rejected'}`,
  ...returnDecidedMail(order, payload),
}));
