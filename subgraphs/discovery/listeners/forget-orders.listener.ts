import type { Context } from '#platform/graphql/context.ts';
import { defineBatchListener } from '#platform/outbox/listener.ts';
import { orderedProducts } from '#subgraphs/orders/contracts/ordered-products.ts';
import { orderCancelled, orderRefunded } from '#subgraphs/orders/contracts/orders.events.ts';
import { forgetOrders } from '../count-orders.ts';

/** What was given up says nothing of what goes together. */
export const forgetCancelled = defineBatchListener(orderCancelled, 'discovery-forget-cancelled', (events) =>
  forgetOrders(events.map(({ payload }) => payload.orderId)),
);

/** Nor does what was wholly paid back; a refund of a part leaves its order counted. */
export const forgetRefunded = defineBatchListener(orderRefunded, 'discovery-forget-refunded', (events, context) =>
  forgetGone(
    context,
    events.map(({ payload }) => payload.orderId),
  ),
);

async function forgetGone(context: Context, orderIds: string[]): Promise<void> {
  const { orderedProducts: orders } = await context.ask(orderedProducts, { orderIds });
  await forgetOrders(orders.filter(({ isGone }) => isGone).map(({ orderId }) => orderId));
}
