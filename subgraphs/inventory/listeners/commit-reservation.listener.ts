import { defineListener } from '#platform/outbox/listener.ts';
import { log } from '#platform/telemetry/log.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { commitStock } from '../commit-stock.ts';

const CONSUMER = 'inventory-commit-reservation';

/** A confirmed order keeps its goods, however long shipping takes. */
export const commitReservation = defineListener(orderConfirmed, CONSUMER, async ({ id, payload: { orderId } }) => {
  const held = await commitStock(orderId, { id, consumer: CONSUMER });
  if (!held) log.error({ orderId }, 'A confirmed order holds no stock: its reservation expired and the goods are gone');
});
