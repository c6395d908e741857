import { randomInt } from 'node:crypto';
import { newId } from '#platform/database/id.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import { every } from '#platform/schedule/every.ts';
import { shippingConfig } from '../config.ts';
import { fulfillmentsMoved } from '../contracts/fulfillments-moved.event.ts';
import { database } from '../database.ts';
import { parcelRoute } from '../rules/parcel-route.ts';
import type { Carrier } from './carrier.ts';

/**
 * How long each leg takes, from and to milliseconds. With a second or two for payment and jobs before, and a tick's
 * delay at each leg, an order is delivered 10 to 25 seconds after it was confirmed.
 */
export const LEGS_MS = { fetched: [3_400, 4_500], onTheVan: [3_500, 5_500], delivered: [3_500, 5_500] } as const;

export const TICK_MS = 500;
/** However fast it goes: an idle carrier asks the database no more often. */
const LEAST_TICK_MS = 20;
const BATCH = 200;

/** A carrier that moves by itself, for shops that send nothing yet: one tick for all its parcels. */
export const demoCarrier: Carrier = {
  name: 'Demo carrier',
  consign: ({ country, city }) => ({
    trackingNumber: `DC${randomInt(1e9, 1e10)}`,
    route: parcelRoute(country, city),
    fetchedInMs: between(LEGS_MS.fetched) / shippingConfig.carrierSpeed,
  }),
  startWork: () => every(Math.max(LEAST_TICK_MS, TICK_MS / shippingConfig.carrierSpeed), 'The demo carrier', tick),
};

const between = ([from, to]: readonly [number, number]): number => from + Math.random() * (to - from);

/** Moves every parcel that is due one stop further, and announces them together; tells whether more are due. */
export async function tick(): Promise<boolean> {
  const speed = shippingConfig.carrierSpeed;
  const [onTheVanFrom, onTheVanTo] = LEGS_MS.onTheVan;
  const [deliveredFrom, deliveredTo] = LEGS_MS.delivered;
  const [row] = await move(
    newId('evt'),
    fulfillmentsMoved.topic,
    consumersOf(fulfillmentsMoved.topic),
    onTheVanFrom / speed,
    (onTheVanTo - onTheVanFrom) / speed,
    deliveredFrom / speed,
    (deliveredTo - deliveredFrom) / speed,
  );
  return row?.moved === BATCH;
}

const move = database.statement<{ moved: number }>(
  'shipping.demo-carrier-tick',
  `WITH due AS (
     SELECT id, route, CASE status WHEN 'PREPARING' THEN 'SHIPPED' WHEN 'SHIPPED' THEN 'OUT_FOR_DELIVERY' ELSE 'DELIVERED' END AS next
     FROM fulfillment WHERE next_move_at <= now() AND status IN ('PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY')
     ORDER BY next_move_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED),
   f AS (
     UPDATE fulfillment SET status = due.next, updated_at = now(),
       shipped_at = CASE due.next WHEN 'SHIPPED' THEN now() ELSE shipped_at END,
       delivered_at = CASE due.next WHEN 'DELIVERED' THEN now() ELSE delivered_at END,
       next_move_at = CASE due.next WHEN 'SHIPPED' THEN now() + make_interval(secs => ($4::float8 + random() * $5::float8) / 1000)
         WHEN 'OUT_FOR_DELIVERY' THEN now() + make_interval(secs => ($6::float8 + random() * $7::float8) / 1000) END
     FROM due WHERE fulfillment.id = due.id RETURNING fulfillment.id, order_id, status, due.route -> due.next AS stop, lines,
       array_position('{PREPARING,SHIPPED,OUT_FOR_DELIVERY,DELIVERED}'::text[], status) AS rank,
       (SELECT sum((l ->> 'quantity')::int) FROM jsonb_array_elements(lines) l) AS units),
   e AS (
     INSERT INTO tracking_event (fulfillment_id, status, message, place, latitude, longitude)
     SELECT id, status, stop ->> 'message', stop ->> 'place', (stop ->> 'latitude')::float8, (stop ->> 'longitude')::float8 FROM f),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT $1 || '-' || consumer, $2, consumer, jsonb_build_object('moves', (SELECT jsonb_agg(jsonb_build_object(
       'fulfillmentId', id, 'orderId', order_id, 'status', status,
       'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
       'lines', (SELECT jsonb_agg(jsonb_build_object('lineId', l -> 'lineId', 'variantId', l -> 'variantId', 'quantity', l -> 'quantity'))
         FROM jsonb_array_elements(lines) l),
       'progress', jsonb_build_object('sequence', rank, 'ordered', units, 'prepared', units, 'shipped', units,
         'outForDelivery', CASE WHEN rank >= 3 THEN units ELSE 0 END, 'delivered', CASE WHEN rank = 4 THEN units ELSE 0 END))) FROM f))
     FROM unnest($3::text[]) AS consumer WHERE EXISTS (SELECT 1 FROM f))
   SELECT count(*)::int AS moved FROM f`,
);
