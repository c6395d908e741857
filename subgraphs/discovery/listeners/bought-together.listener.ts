import { defineBatchListener } from '#platform/outbox/listener.ts';
import { orderedProducts } from '#subgraphs/orders/contracts/ordered-products.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { countOrders } from '../count-orders.ts';

/** Confirmed orders are counted: one question to orders and one statement here for all that come together. */
export const boughtTogether = defineBatchListener(
  orderConfirmed,
  'discovery-bought-together',
  async (events, context) => {
    const orderIds = events.map(({ payload }) => payload.orderId);
    const { orderedProducts: orders } = await context.ask(orderedProducts, { orderIds });
    await countOrders(orders.filter(({ isGone }) => !isGone));
  },
);
