import { randomInt } from 'node:crypto';
import { newId } from '#platform/database/id.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import { every } from '#platform/schedule/every.ts';
import { shippingConfig } from '../config.ts';
import { fulfillmentsMoved } from '../contracts/fulfillments-moved.event.ts';
import { database } from '../database.ts';
import { parcelRoute } from '../rules/parcel-route.ts';
import type { Consignment } from './carrier.ts';

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
export const demoCarrier = {
  key: 'demo',
  name: 'Demo carrier',
  take: (country: string, city: string): Consignment => ({
    carriedBy: 'demo',
    carrier: 'Demo carrier',
    trackingNumber: `DC${randomInt(1e9, 1e10)}`,
    route: parcelRoute(country, city),
    fetchedInMs: between(LEGS_MS.fetched) / shippingConfig.carrierSpeed,
    toBeTaken: false,
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

// Never waits: what somebody else holds, the parcel or its order, is left for the next tick.
const move = database.statement<{ moved: number }>(
  'shipping.demo-carrier-tick',
  `WITH due AS (
     SELECT f.id, f.order_id, f.units, f.contents, d.sequence, d.ordered, d.prepared, d.shipped, d.out_for_delivery, d.delivered,
       way.next, f.route -> way.next AS stop
     FROM fulfillment f JOIN dispatch d USING (order_id) CROSS JOIN LATERAL (
       SELECT CASE f.status WHEN 'PREPARING' THEN 'SHIPPED' WHEN 'SHIPPED' THEN 'OUT_FOR_DELIVERY' ELSE 'DELIVERED' END AS next) way
     WHERE f.next_move_at <= now() ORDER BY f.next_move_at LIMIT ${BATCH} FOR UPDATE OF f, d SKIP LOCKED),
   moved AS (
     SELECT id, order_id, next, contents, ordered, prepared, sequence + row_number() OVER w AS sequence,
       shipped + coalesce(sum(units) FILTER (WHERE next = 'SHIPPED') OVER w, 0) AS shipped,
       out_for_delivery + coalesce(sum(units) FILTER (WHERE next = 'OUT_FOR_DELIVERY') OVER w, 0) AS out_for_delivery,
       delivered + coalesce(sum(units) FILTER (WHERE next = 'DELIVERED') OVER w, 0) AS delivered
     FROM due WINDOW w AS (PARTITION BY order_id ORDER BY id ROWS UNBOUNDED PRECEDING)),
   f AS (
     UPDATE fulfillment SET status = next, updated_at = now(),
       shipped_at = CASE next WHEN 'SHIPPED' THEN now() ELSE shipped_at END,
       delivered_at = CASE next WHEN 'DELIVERED' THEN now() ELSE delivered_at END,
       next_move_at = CASE next WHEN 'SHIPPED' THEN now() + make_interval(secs => ($4::float8 + random() * $5::float8) / 1000)
         WHEN 'OUT_FOR_DELIVERY' THEN now() + make_interval(secs => ($6::float8 + random() * $7::float8) / 1000) END
     FROM due WHERE fulfillment.id = due.id),
   o AS (
     UPDATE dispatch d SET sequence = l.sequence, shipped = l.shipped, out_for_delivery = l.out_for_delivery, delivered = l.delivered,
       updated_at = now()
     FROM (SELECT DISTINCT ON (order_id) * FROM moved ORDER BY order_id, sequence DESC) l WHERE d.order_id = l.order_id),
   e AS (
     INSERT INTO tracking_event (fulfillment_id, key, status, message, place, latitude, longitude)
     SELECT id, next, next, stop ->> 'message', stop ->> 'place', (stop ->> 'latitude')::float8, (stop ->> 'longitude')::float8 FROM due),
   news AS MATERIALIZED (
     SELECT jsonb_build_object('moves', jsonb_agg(jsonb_build_object('fulfillmentId', id, 'orderId', order_id, 'status', next,
       'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lines', contents,
       'progress', jsonb_build_object('sequence', sequence, 'ordered', ordered, 'prepared', prepared, 'shipped', shipped,
         'outForDelivery', out_for_delivery, 'delivered', delivered)) ORDER BY order_id, sequence)) AS payload
     FROM moved HAVING count(*) > 0),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT $1 || '-' || consumer, $2, consumer, payload FROM news, unnest($3::text[]) AS consumer)
   SELECT count(*)::int AS moved FROM due`,
);
