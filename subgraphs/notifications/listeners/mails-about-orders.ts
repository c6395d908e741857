import type { EventKind } from '#platform/outbox/event.ts';
import { defineBatchListener, type Listener } from '#platform/outbox/listener.ts';
import { Hopeless } from '#platform/queue/queues.ts';
import { type OrderForMail, ordersForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import type { Mail } from '../mailer/mailer.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';

/**
 * A listener that writes to who placed the order of each event. The events carry little more than ids: what the mails
 * say is asked of orders as they stand now, for all events of a job at once.
 */
export const mailsAboutOrders = <Payload extends { orderId: string }>(
  kind: EventKind<Payload>,
  consumer: string,
  write: (order: OrderForMail, payload: Payload) => Promise<Omit<Mail, 'to'>>,
): Listener =>
  defineBatchListener(
    kind,
    consumer,
    async (events, context) => {
      const ids = events.map(({ payload }) => payload.orderId);
      const { ordersForMail: orders } = await context.ask(ordersForMail, { ids });
      const mails = await Promise.all(
        events.map(async ({ id, payload }, i) => {
          const order = orders[i];
          if (!order) throw new Hopeless(`There is no order ${payload.orderId} to write about.`);
          return { mail: { to: order.email, ...(await write(order, payload)) }, cause: { eventId: id, consumer } };
        }),
      );
      await shopMailer.sendAll(mails);
    },
    { callsOut: true },
  );
