import { defineBatchListener } from '#platform/outbox/listener.ts';
import { log } from '#platform/telemetry/log.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { commitStock, isHeld } from '../commit-stock.ts';
import { database } from '../database.ts';

const CONSUMER = 'inventory-commit-reservation';

/** Confirmed orders keep their goods, however long shipping takes. */
export const commitReservation = defineBatchListener(orderConfirmed, CONSUMER, async (events) => {
  const rest = await commitAll(
    events.map(({ id }) => id),
    events.map(({ payload }) => payload.orderId),
    CONSUMER,
  );
  for (const { event_id, order_id } of rest) {
    const state = await commitStock(order_id, { id: event_id, consumer: CONSUMER });
    // Released means cancelled meanwhile; an order of gift cards alone never held anything.
    if (isHeld(state) || state === 'RELEASED' || state === null) continue;
    log.error(
      { orderId: order_id },
      'A confirmed order holds no stock: its reservation expired and the goods are gone',
    );
  }
});

/**
 * Once for each purchase, so it does what is common and answers the events that need a closer look: those whose
 * reservation is not open. Reservations are locked in the order of their ids.
 */
const commitAll = database.statement<{ event_id: string; order_id: string }>(
  'inventory.commit-all',
  `WITH event AS (SELECT * FROM unnest($1::text[], $2::text[]) AS e(event_id, order_id)),
   mine AS (
     SELECT order_id, state FROM reservation WHERE order_id = ANY($2::text[]) ORDER BY order_id COLLATE "C" FOR UPDATE),
   open AS (SELECT event_id, order_id, state FROM event JOIN mine USING (order_id) WHERE state IN ('RESERVED', 'COMMITTED')),
   noted AS (
     INSERT INTO handled (event_id, consumer) SELECT event_id, $3 FROM open ORDER BY event_id COLLATE "C"
     ON CONFLICT DO NOTHING),
   committed AS (
     UPDATE reservation r SET state = 'COMMITTED', previous_state = mine.state, expires_at = NULL, changed_at = now()
     FROM mine WHERE r.order_id = mine.order_id AND mine.state = 'RESERVED')
   SELECT event_id, order_id FROM event WHERE event_id NOT IN (SELECT event_id FROM open)`,
);
