import type { Context } from '#platform/graphql/context.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { log } from '#platform/telemetry/log.ts';
import { ordersForParcels } from '#subgraphs/orders/contracts/orders-for-parcels.ts';
import { database } from '../database.ts';
import { changeDispatch } from '../dispatch/dispatch.ts';
import { type Carrier, CarrierTrouble, type ParcelToCarry } from './carrier.ts';
import { hearNews, POLL_HOURS } from './carrier-news.ts';

const LOOK_EVERY_MS = 1_000;
const AT_ONCE = 8;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/** Longer than all calls of an errand take at the longest deadline: then another process may take it over. */
const LEASE_MS = 240_000;

interface Errand {
  id: string;
  order_id: string;
  status: string;
  carried_by: string;
  carrier_ref: string | null;
  tracking_number: string | null;
  errand_tries: number;
  delivery_days: number;
  weight_grams: number;
}

/** Does what there is to do with a carrier over the network: hands it parcels, takes them back, asks where they are. */
export const startErrands = (carrier: Carrier, contextFor: () => Context): Running =>
  every(LOOK_EVERY_MS, `Errands to ${carrier.name}`, () => runErrands(carrier, contextFor()));

/** Those that are due now, in a few processes at once; tells whether there may be more. */
export async function runErrands(carrier: Carrier, context: Context): Promise<boolean> {
  const errands = await take(carrier.key, AT_ONCE, LEASE_MS);
  await Promise.all(errands.map((errand) => run(carrier, context, errand)));
  return errands.length === AT_ONCE;
}

async function run(carrier: Carrier, context: Context, errand: Errand): Promise<void> {
  try {
    if (errand.status === 'CANCELLED') await takeBack(carrier, errand);
    else if (errand.tracking_number === null) await handOver(carrier, context, errand);
    else if (errand.carrier_ref) await hearNews(carrier.key, await carrier.track(errand.carrier_ref));
  } catch (reason) {
    const words = reason instanceof CarrierTrouble ? reason.message : 'Souk failed; see its log.';
    const why = reason instanceof CarrierTrouble ? { reason: words } : { err: reason };
    log.warn({ ...why, fulfillment: errand.id, tries: errand.errand_tries }, 'An errand to a carrier failed');
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(errand.errand_tries - 1, 20));
    await tryLater(errand.id, pause * (0.75 + Math.random() / 2), words);
  }
}

async function handOver(carrier: Carrier, context: Context, errand: Errand): Promise<void> {
  const ref = errand.carrier_ref ?? (await registered(carrier, context, errand));
  // Cancelled meanwhile, and nothing was bought.
  if (ref === null) return;
  const { carrier: by, trackingNumber, trackingUrl, estimatedDelivery } = await carrier.take(ref, errand.delivery_days);
  await changeDispatch(errand.order_id, (dispatch) =>
    dispatch.query(
      `UPDATE fulfillment SET carrier = $2, tracking_number = $3, tracking_url = $4, trouble = NULL, errand_tries = 0, updated_at = now(),
         estimated_delivery = coalesce($5, estimated_delivery),
         errand_at = CASE status WHEN 'CANCELLED' THEN now() WHEN 'DELIVERED' THEN NULL ELSE now() + interval '${POLL_HOURS} hours' END
       WHERE id = $1`,
      [errand.id, by, trackingNumber, trackingUrl, estimatedDelivery],
    ),
  );
}

/** The carrier's reference, written down before anything is bought under it. */
async function registered(carrier: Carrier, context: Context, errand: Errand): Promise<string | null> {
  const ref = await carrier.register(await parcelToCarry(context, errand));
  const [kept] = await keepRef(errand.id, ref);
  return kept?.carrier_ref ?? null;
}

async function takeBack(carrier: Carrier, errand: Errand): Promise<void> {
  if (errand.carrier_ref) await carrier.cancel(errand.carrier_ref);
  await takenBack(errand.id);
}

async function parcelToCarry(context: Context, errand: Errand): Promise<ParcelToCarry> {
  const [order] = (await context.ask(ordersForParcels, { ids: [errand.order_id] })).ordersForMail;
  if (!order) throw new CarrierTrouble('Orders does not know the order of this parcel.');
  return {
    ...{ fulfillmentId: errand.id, orderNumber: order.number, weightGrams: errand.weight_grams },
    to: { ...order.deliveryAddress, email: order.email },
  };
}

// Held orders stay where they are; what is cancelled, or with the carrier already, goes on.
const take = database.statement<Errand>(
  'shipping.take-errands',
  `WITH due AS (
     SELECT f.id, d.delivery_days FROM fulfillment f JOIN dispatch d USING (order_id)
     WHERE f.errand_at <= now() AND f.carried_by = $1
       AND (f.status <> 'PREPARING' OR f.tracking_number IS NOT NULL OR d.held_by IS NULL)
     ORDER BY f.errand_at LIMIT $2 FOR UPDATE OF f SKIP LOCKED)
   UPDATE fulfillment f SET errand_at = now() + make_interval(secs => $3::float8 / 1000), errand_tries = errand_tries + 1
   FROM due WHERE f.id = due.id
   RETURNING f.id, order_id, status, carried_by, carrier_ref, tracking_number, errand_tries, due.delivery_days,
     (SELECT coalesce(sum(l.weight_grams * c.quantity), 0)::int FROM jsonb_to_recordset(f.contents) AS c("lineId" text, quantity int)
      JOIN dispatch_line l ON l.order_id = f.order_id AND l.line_id = c."lineId") AS weight_grams`,
);

const keepRef = database.statement<{ carrier_ref: string }>(
  'shipping.keep-carrier-ref',
  `UPDATE fulfillment SET carrier_ref = coalesce(carrier_ref, $2), updated_at = now() WHERE id = $1 AND status <> 'CANCELLED'
   RETURNING carrier_ref`,
);

const takenBack = database.statement(
  'shipping.taken-back',
  'UPDATE fulfillment SET errand_at = NULL, errand_tries = 0, trouble = NULL, updated_at = now() WHERE id = $1',
);

const tryLater = database.statement(
  'shipping.try-later',
  `UPDATE fulfillment SET errand_at = now() + make_interval(secs => $2::float8 / 1000), trouble = $3, updated_at = now()
   WHERE id = $1 AND status <> 'DELIVERED'`,
);
