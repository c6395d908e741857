import { defineListener } from '#platform/outbox/listener.ts';
import { log } from '#platform/telemetry/log.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { commitStock, isHeld } from '../commit-stock.ts';

const CONSUMER = 'inventory-commit-reservation';

/** A confirmed order keeps its goods, however long shipping takes. */
export const commitReservation = defineListener(orderConfirmed, CONSUMER, async ({ id, payload: { orderId } }) => {
  const state = await commitStock(orderId, { id, consumer: CONSUMER });
  // Released means cancelled meanwhile: then there is nothing to hold.
  if (!isHeld(state) && state !== 'RELEASED')
    log.error({ orderId }, 'A confirmed order holds no stock: its reservation expired and the goods are gone');
});
