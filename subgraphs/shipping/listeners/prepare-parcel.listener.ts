import { newId } from '#platform/database/id.ts';
import { outboxColumns } from '#platform/outbox/announce.ts';
import { defineListener } from '#platform/outbox/listener.ts';
import { orderPaid } from '#subgraphs/orders/contracts/orders.events.ts';
import { demoCarrier } from '../carriers/demo-carrier.ts';
import { fulfillmentsMoved } from '../contracts/fulfillments-moved.event.ts';
import { database } from '../database.ts';

/** A paid order becomes a parcel, unless it was stopped before. */
export const prepareParcel = defineListener(orderPaid, 'shipping-prepare-parcel', async ({ id, payload }) => {
  const fulfillmentId = newId('ful');
  const { trackingNumber, route, fetchedInMs } = demoCarrier.consign(payload);
  const lines = payload.lines.map(({ lineId, variantId, quantity }) => ({ lineId, variantId, quantity }));
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const progress = { sequence: 1, ordered: units, prepared: units, shipped: 0, outForDelivery: 0, delivered: 0 };
  const at = new Date().toISOString();
  const moved = fulfillmentsMoved({
    moves: [{ fulfillmentId, orderId: payload.orderId, status: 'PREPARING', at, lines, progress }],
  });
  await make(
    id,
    fulfillmentId,
    payload.orderId,
    demoCarrier.name,
    trackingNumber,
    JSON.stringify(payload.lines),
    JSON.stringify(route),
    payload.deliveryOption.estimatedDays.max,
    fetchedInMs,
    ...outboxColumns(moved),
  );
});

const make = database.statement(
  'shipping.make-parcel',
  `WITH k AS (INSERT INTO handled (event_id, consumer) VALUES ($1, 'shipping-prepare-parcel') ON CONFLICT DO NOTHING RETURNING event_id),
   f AS (
     INSERT INTO fulfillment (id, order_id, status, carrier, tracking_number, lines, route, estimated_delivery, next_move_at)
     SELECT $2, $3, 'PREPARING', $4, $5, $6, $7, now() + make_interval(days => $8), now() + make_interval(secs => $9::float8 / 1000) FROM k
     ON CONFLICT (order_id) DO NOTHING RETURNING id, route -> 'PREPARING' AS stop),
   e AS (
     INSERT INTO tracking_event (fulfillment_id, status, message, place, latitude, longitude)
     SELECT id, 'PREPARING', stop ->> 'message', stop ->> 'place', (stop ->> 'latitude')::float8, (stop ->> 'longitude')::float8 FROM f)
   INSERT INTO outbox (id, topic, consumer, payload) SELECT a.* FROM f, unnest($10::text[], $11::text[], $12::text[], $13::jsonb[]) AS a`,
);
