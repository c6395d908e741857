import { defineListener } from '#platform/outbox/listener.ts';
import { Hopeless } from '#platform/queue/queues.ts';
import { orderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { orderConfirmationMail } from '../mails/order-confirmation.mail.ts';

const CONSUMER = 'notifications-confirmation';

/** The event carries the order's id only: what the mail says is asked of orders as it stands now. */
export const sendConfirmation = defineListener(orderConfirmed, CONSUMER, async ({ id, payload }, context) => {
  const { orderForMail: order } = await context.ask(orderForMail, { id: payload.orderId });
  if (!order) throw new Hopeless(`There is no order ${payload.orderId} to confirm.`);
  await shopMailer.send(
    { kind: 'order-confirmation', subjectId: order.id, to: order.email, ...orderConfirmationMail(order) },
    { eventId: id, consumer: CONSUMER },
  );
});
