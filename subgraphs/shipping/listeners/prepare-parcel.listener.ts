import { newId } from '#platform/database/id.ts';
import { outboxColumns } from '#platform/outbox/announce.ts';
import type { Event } from '#platform/outbox/event.ts';
import { defineBatchListener } from '#platform/outbox/listener.ts';
import { type OrderPaid, orderPaid } from '#subgraphs/orders/contracts/orders.events.ts';
import { consign } from '../carriers/choose-carrier.ts';
import { shippingConfig } from '../config.ts';
import { type FulfillmentMove, fulfillmentsMoved } from '../contracts/fulfillments-moved.event.ts';
import { database } from '../database.ts';
import { changeAnyDispatch, changeDispatch, type Dispatch } from '../dispatch/dispatch.ts';
import { goodsAwaited, sendWhatIsThere } from '../dispatch/goods-awaited.ts';
import type { Awaited } from '../rules/rest-of-order.ts';

/**
 * Paid orders are taken note of, and become parcels where that is automatic. An order's own row says that this was done,
 * so that every repetition changes nothing. One of gift cards alone has nothing to send.
 */
export const prepareParcel = defineBatchListener(orderPaid, 'shipping-prepare-parcel', async (events, context) => {
  const all = [...new Map(events.map(({ payload }) => [payload.orderId, payload])).values()].filter(
    ({ lines }) => lines.length > 0,
  );
  const awaited = await goodsAwaited(
    context,
    all.filter(({ backordered }) => backordered).map(({ orderId }) => orderId),
  );
  for (const order of all) {
    const goods = awaited.get(order.orderId);
    if (goods) await changeAnyDispatch(order.orderId, (dispatch) => takeUnder(dispatch, order, goods));
  }
  const orders = all.filter(({ orderId }) => !awaited.has(orderId));
  const taken = new Set((await take(events, orders)).map(({ order_id }) => order_id));
  for (const order of orders) if (!taken.has(order.orderId)) await takeKnown(order);
});

/** Orders that shipping had not heard of, which is nearly all, in one statement. */
function take(events: readonly Event[], orders: readonly OrderPaid[]): Promise<{ order_id: string }[]> {
  const parcels = shippingConfig.isAutomatic ? orders.map(parcelOf) : [];
  const lines = orders.flatMap(({ orderId, lines }) => lines.map((line, position) => ({ orderId, position, ...line })));
  return takeNew(
    orders.map((order) => order.orderId),
    orders.map((order) => order.country),
    orders.map((order) => order.city),
    orders.map((order) => order.deliveryOption.estimatedDays.max),
    orders.map((order) => unitsOf(order.lines)),
    orders.map((_, i) => parcels[i]?.move.fulfillmentId ?? null),
    orders.map((_, i) => parcels[i]?.consignment.carrier ?? null),
    orders.map((_, i) => parcels[i]?.consignment.carriedBy ?? null),
    orders.map((_, i) => parcels[i]?.consignment.trackingNumber ?? null),
    orders.map((_, i) => parcels[i]?.consignment.route ?? null).map((route) => route && JSON.stringify(route)),
    orders.map((_, i) => parcels[i]?.consignment.fetchedInMs ?? null),
    orders.map((_, i) => parcels[i]?.consignment.toBeTaken ?? false),
    orders.map((_, i) => (parcels[i] ? JSON.stringify(parcels[i].move) : null)),
    lines.map((line) => line.orderId),
    lines.map((line) => line.lineId),
    lines.map((line) => line.position),
    lines.map((line) => line.variantId),
    lines.map((line) => line.title),
    lines.map((line) => line.sku),
    lines.map((line) => JSON.stringify(line.options)),
    lines.map((line) => line.imageUrl),
    lines.map((line) => line.weightGrams),
    lines.map((line) => line.quantity),
    // Which of the moves are told is known to the statement only.
    ...outboxColumns(fulfillmentsMoved({ moves: [] })).slice(0, 3),
    events.map(({ id }) => id),
  );
}

/** The parcel of a whole order, and its announcement. */
function parcelOf({ orderId, country, city, lines }: OrderPaid) {
  const contents = lines.map(({ lineId, variantId, quantity }) => ({ lineId, variantId, quantity }));
  const units = unitsOf(lines);
  const progress = { sequence: 1, ordered: units, prepared: units, shipped: 0, outForDelivery: 0, delivered: 0 };
  const move: FulfillmentMove = {
    ...{ fulfillmentId: newId('ful'), orderId, status: 'PREPARING', at: new Date().toISOString() },
    ...{ lines: contents, progress },
  };
  return { move, consignment: consign(country, city) };
}

const unitsOf = (lines: OrderPaid['lines']): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** An order that was held, resumed or stopped before it was paid, or that was paid already. */
const takeKnown = (order: OrderPaid): Promise<unknown> =>
  changeDispatch(order.orderId, (dispatch) => takeUnder(dispatch, order, []));

/** Goods that are not there yet wait: `sendArrived` sends them. */
async function takeUnder(dispatch: Dispatch, order: OrderPaid, goods: readonly Awaited[]): Promise<void> {
  const { row } = dispatch;
  if (row.paid) return;
  const { country, city, deliveryOption } = order;
  Object.assign(row, { paid: true, country, city, deliveryDays: deliveryOption.estimatedDays.max });
  // An edit that was quicker has newer lines, and knows what they wait for.
  if (row.ordered === 0) {
    await dispatch.setLines(order.lines);
    if (goods.length > 0) await dispatch.wait(goods);
  }
  await sendWhatIsThere(dispatch);
}

// In the order of their ids, so that two at once with the same orders wait for one another and not each for the other.
const takeNew = database.statement<{ order_id: string }>(
  'shipping.take-paid-orders',
  `WITH news AS MATERIALIZED (
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::jsonb[],
       $11::float8[], $12::bool[], $13::jsonb[]) AS n(order_id, country, city, delivery_days, units, fulfillment_id, carrier, carried_by,
       tracking_number, route, fetched_in_ms, to_be_taken, move)),
   d AS (
     INSERT INTO dispatch (order_id, country, city, delivery_days, paid_at, sequence, ordered, prepared)
     SELECT order_id, country, city, delivery_days, now(), CASE WHEN move IS NULL THEN 0 ELSE 1 END, units,
       CASE WHEN move IS NULL THEN 0 ELSE units END FROM news ORDER BY order_id
     ON CONFLICT (order_id) DO NOTHING RETURNING order_id),
   l AS (
     INSERT INTO dispatch_line (order_id, line_id, position, variant_id, title, sku, options, image_url, weight_grams, ordered, fulfilled)
     SELECT l.order_id, line_id, position, variant_id, title, sku, options, image_url, weight_grams, quantity,
       CASE WHEN move IS NULL THEN 0 ELSE quantity END
     FROM unnest($14::text[], $15::text[], $16::int[], $17::text[], $18::text[], $19::text[], $20::jsonb[], $21::text[], $22::int[], $23::int[])
       AS l(order_id, line_id, position, variant_id, title, sku, options, image_url, weight_grams, quantity)
     JOIN d ON d.order_id = l.order_id JOIN news ON news.order_id = l.order_id),
   made AS (SELECT news.*, route -> 'PREPARING' AS stop FROM news JOIN d USING (order_id) WHERE move IS NOT NULL),
   f AS (
     INSERT INTO fulfillment (id, order_id, status, carrier, carried_by, tracking_number, contents, units, route, estimated_delivery,
       next_move_at, errand_at)
     SELECT fulfillment_id, order_id, 'PREPARING', carrier, carried_by, tracking_number, move -> 'lines', units, route,
       now() + make_interval(days => delivery_days), now() + make_interval(secs => fetched_in_ms / 1000), CASE WHEN to_be_taken THEN now() END
     FROM made),
   e AS (
     INSERT INTO tracking_event (fulfillment_id, key, status, message, place, latitude, longitude)
     SELECT fulfillment_id, 'PREPARING', 'PREPARING', coalesce(stop ->> 'message', 'Being packed'), stop ->> 'place',
       (stop ->> 'latitude')::float8, (stop ->> 'longitude')::float8 FROM made),
   told AS MATERIALIZED (SELECT jsonb_build_object('moves', jsonb_agg(move)) AS payload FROM made HAVING count(*) > 0),
   x AS (INSERT INTO outbox (id, topic, consumer, payload)
     SELECT a.*, told.payload FROM told, unnest($24::text[], $25::text[], $26::text[]) AS a),
   k AS (INSERT INTO handled (event_id, consumer) SELECT id, 'shipping-prepare-parcel' FROM unnest($27::text[]) AS id ON CONFLICT DO NOTHING)
   SELECT order_id FROM d`,
);
