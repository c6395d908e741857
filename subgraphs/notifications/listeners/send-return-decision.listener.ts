import { returnDecided } from '#subgraphs/orders/contracts/orders.events.ts';
import { returnDecidedMail } from '../mails/return-decided.mail.tsx';
import { mailsAboutOrders } from './mails-about-orders.ts';

/** One an event: a return that was approved may be refused later. */
export const sendReturnDecision = mailsAboutOrders(returnDecided, 'notifications-return', async (order, payload) => ({
  kind: 'return-decided',
  subjectId: `${payload.returnId}-${payload.approved ? 'approved' : 'rejected'}`,
  ...(await returnDecidedMail(order, payload)),
}));
