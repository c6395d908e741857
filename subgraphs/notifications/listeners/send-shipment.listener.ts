import type { Context } from '#platform/graphql/context.ts';
import type { Event } from '#platform/outbox/event.ts';
import { defineBatchListener } from '#platform/outbox/listener.ts';
import { ordersForShipmentMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { type FulfillmentMove, fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import type { CausedMail } from '../mailer/mailer.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { orderDeliveredMail } from '../mails/order-delivered.mail.tsx';
import { orderShippedMail } from '../mails/order-shipped.mail.tsx';

const CONSUMER = 'notifications-shipment';
/** As many as orders answers at once. */
const MOST_ORDERS = 200;

/** A mail for each parcel that leaves, and one when all of its order has arrived; guests have no other news of it. */
export const sendShipment = defineBatchListener(fulfillmentsMoved, CONSUMER, sendAll, { callsOut: true });

async function sendAll(
  events: readonly Event<{ moves: readonly FulfillmentMove[] }>[],
  context: Context,
): Promise<void> {
  const told = events.flatMap(({ id, payload }) =>
    payload.moves
      .filter(isTold)
      .map((move) => ({ move, cause: { eventId: `${id}.${move.fulfillmentId}`, consumer: CONSUMER } })),
  );
  for (let first = 0; first < told.length; first += MOST_ORDERS) {
    const some = told.slice(first, first + MOST_ORDERS);
    const ids = [...new Set(some.map(({ move }) => move.orderId))];
    const { ordersForMail: found } = await context.ask(ordersForShipmentMail, { ids });
    const orders = new Map(ids.map((id, i) => [id, found[i]]));
    const mails = some.map(async ({ move, cause }): Promise<CausedMail | null> => {
      const order = orders.get(move.orderId);
      if (!order) return null;
      const mail =
        move.status === 'SHIPPED'
          ? {
              kind: 'order-shipped' as const,
              subjectId: move.fulfillmentId,
              ...(await orderShippedMail(order, move.lines)),
            }
          : { kind: 'order-delivered' as const, subjectId: order.id, ...(await orderDeliveredMail(order)) };
      return { mail: { to: order.email, ...mail }, cause };
    });
    await shopMailer.sendAll((await Promise.all(mails)).filter((mail) => mail !== null));
  }
}

const isTold = ({ status, progress }: FulfillmentMove): boolean =>
  status === 'SHIPPED' || (status === 'DELIVERED' && progress.delivered >= progress.ordered);
