import type { Context } from '#platform/graphql/context.ts';
import type { Event, EventKind } from '#platform/outbox/event.ts';
import { Hopeless } from '#platform/queue/queues.ts';
import { productsChanged } from '#subgraphs/catalog/contracts/products-changed.event.ts';
import { stockLow, stockTurned } from '#subgraphs/inventory/contracts/inventory.events.ts';
import { type OrderForWebhook, ordersForWebhook } from '#subgraphs/orders/contracts/order-for-mail.ts';
import {
  orderCancelled,
  orderConfirmed,
  orderEdited,
  orderPaid,
  orderRefunded,
  returnDecided,
} from '#subgraphs/orders/contracts/orders.events.ts';
import { fulfillmentsMoved } from '#subgraphs/shipping/contracts/fulfillments-moved.event.ts';
import { WebhookKind } from './webhook-kind.ts';

/** What is told of an event, under an id that is the same whenever it is made again. */
export interface WebhookMessage {
  readonly id: string;
  readonly eventId: string;
  readonly kind: WebhookKind;
  readonly data: object;
}

type Maker<Payload> = (
  events: readonly Event<Payload>[],
  context: Context,
) => Promise<WebhookMessage[]> | WebhookMessage[];

/** Which event becomes which message; docs/webhooks.md shows each. */
const MAKERS = new Map<string, { kind: WebhookKind; make: Maker<never> }>();

const tell = <Payload>(event: EventKind<Payload>, kind: WebhookKind, make: Maker<Payload>) =>
  MAKERS.set(event.topic, { kind, make });

tell(orderConfirmed, WebhookKind.ORDER_CONFIRMED, async (events, context) => {
  const { ordersForMail: orders } = await context.ask(ordersForWebhook, {
    ids: events.map(({ payload }) => payload.orderId),
  });
  return events.map(({ id, payload }, i) => {
    const order = orders[i];
    if (!order) throw new Hopeless(`There is no order ${payload.orderId} to tell of.`);
    return { id: messageId(id), eventId: id, kind: WebhookKind.ORDER_CONFIRMED, data: { order: shownOrder(order) } };
  });
});
tell(
  orderPaid,
  WebhookKind.ORDER_PAID,
  one(WebhookKind.ORDER_PAID, ({ orderId, number }) => ({ order: { id: orderId, number } })),
);
tell(
  orderEdited,
  WebhookKind.ORDER_EDITED,
  one(WebhookKind.ORDER_EDITED, ({ orderId, number, editId, balance, refund, currency }) => ({
    order: { id: orderId, number },
    edit: { id: editId, balance: { amount: balance, currency }, refund: { amount: refund, currency } },
  })),
);
tell(
  orderCancelled,
  WebhookKind.ORDER_CANCELLED,
  one(WebhookKind.ORDER_CANCELLED, ({ orderId, number, reason }) => ({ order: { id: orderId, number }, reason })),
);
tell(
  orderRefunded,
  WebhookKind.REFUND_CREATED,
  one(WebhookKind.REFUND_CREATED, ({ orderId, number, refundId, amount, currency }) => ({
    order: { id: orderId, number },
    refund: { id: refundId, amount: { amount, currency } },
  })),
);
tell(
  returnDecided,
  WebhookKind.RETURN_DECIDED,
  one(WebhookKind.RETURN_DECIDED, ({ orderId, number, returnId, approved, reason }) => ({
    order: { id: orderId, number },
    return: { id: returnId, approved, reason },
  })),
);
tell(fulfillmentsMoved, WebhookKind.FULFILLMENT_UPDATED, (events) =>
  events.flatMap(({ id, payload }) =>
    payload.moves.map(({ fulfillmentId, orderId, status, at, lines }) => ({
      id: `${messageId(id)}_${fulfillmentId}_${status}`,
      eventId: id,
      kind: WebhookKind.FULFILLMENT_UPDATED,
      data: { order: { id: orderId }, fulfillment: { id: fulfillmentId, status, at, lines } },
    })),
  ),
);
tell(productsChanged, WebhookKind.PRODUCT_CHANGED, (events) =>
  events.flatMap(({ id, payload }) =>
    payload.products.map(({ productId, version, published, deleted }) => ({
      id: `${messageId(id)}_${productId}`,
      eventId: id,
      kind: WebhookKind.PRODUCT_CHANGED,
      data: { product: { id: productId, version, published, deleted } },
    })),
  ),
);
tell(stockTurned, WebhookKind.STOCK_TURNED, (events) =>
  events.flatMap(({ id, payload: { variants, sequence } }) =>
    variants.map(({ variantId, inStock }) => ({
      id: `${messageId(id)}_${variantId}`,
      eventId: id,
      kind: WebhookKind.STOCK_TURNED,
      data: { stock: { variantId, inStock, sequence } },
    })),
  ),
);
tell(
  stockLow,
  WebhookKind.STOCK_LOW,
  one(WebhookKind.STOCK_LOW, (payload) => ({ stock: payload })),
);

export const TOLD_TOPICS: readonly string[] = [...MAKERS.keys()];

/** The topics that none of these kinds needs. */
export const topicsBeyond = (kinds: ReadonlySet<string>): string[] =>
  [...MAKERS].filter(([, { kind }]) => !kinds.has(kind)).map(([topic]) => topic);

/** What events of one topic become. */
export async function messagesOf(events: readonly Event[], context: Context): Promise<WebhookMessage[]> {
  const maker = MAKERS.get(events[0]?.topic ?? '');
  return maker ? maker.make(events as readonly Event<never>[], context) : [];
}

/** An event of its own for each message. */
function one<Payload>(kind: WebhookKind, dataOf: (payload: Payload) => object): Maker<Payload> {
  return (events) => events.map(({ id, payload }) => ({ id: messageId(id), eventId: id, kind, data: dataOf(payload) }));
}

const messageId = (eventId: string): string => eventId.replace(/^evt_/, 'msg_');

const shownOrder = ({ lines, ...order }: OrderForWebhook) => ({
  ...order,
  lines: lines.map(({ variant, ...line }) => ({ variantId: variant?.id ?? null, ...line })),
});
