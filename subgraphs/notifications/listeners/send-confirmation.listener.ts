import { defineBatchListener } from '#platform/outbox/listener.ts';
import { Hopeless } from '#platform/queue/queues.ts';
import { ordersForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { orderConfirmationMail } from '../mails/order-confirmation.mail.ts';

const CONSUMER = 'notifications-confirmation';

/** The events carry the orders' ids only: what the mails say is asked of orders as they stand now. */
export const sendConfirmation = defineBatchListener(orderConfirmed, CONSUMER, async (events, context) => {
  const ids = events.map(({ payload }) => payload.orderId);
  const { ordersForMail: orders } = await context.ask(ordersForMail, { ids });
  const mails = events.map(({ id, payload }, i) => {
    const order = orders[i];
    if (!order) throw new Hopeless(`There is no order ${payload.orderId} to confirm.`);
    const mail = {
      kind: 'order-confirmation' as const,
      subjectId: order.id,
      to: order.email,
      ...orderConfirmationMail(order),
    };
    return { mail, cause: { eventId: id, consumer: CONSUMER } };
  });
  await shopMailer.sendAll(mails);
});
