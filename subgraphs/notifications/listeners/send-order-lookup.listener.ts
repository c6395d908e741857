import { defineListener } from '#platform/outbox/listener.ts';
import { orderLookupRequested } from '#subgraphs/orders/contracts/orders.events.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { orderLookupMail } from '../mails/order-lookup.mail.tsx';

const CONSUMER = 'notifications-order-lookup';

/** Each request has its own link, so each has its own mail. */
export const sendOrderLookup = defineListener(orderLookupRequested, CONSUMER, async ({ id, payload }) => {
  await shopMailer.send(
    { kind: 'order-lookup', subjectId: id, to: payload.email, ...(await orderLookupMail(payload)) },
    { eventId: id, consumer: CONSUMER },
  );
});
