import { log } from '#platform/telemetry/log.ts';
import { database } from '../database.ts';
import { changeDispatch, type Said } from '../dispatch/dispatch.ts';
import { PARCEL_WAY, type ParcelStop } from '../rules/parcel-way.ts';
import type { CarrierNews } from './carrier.ts';

/** How long a carrier may be silent about a parcel before it is asked. */
export const POLL_HOURS = 6;

/**
 * What a carrier says of a parcel, by webhook or when asked. It may say it again, in any order and many times at once:
 * each word is written down once, and the parcel goes forward or stays where it is.
 */
export async function hearNews(
  carriedBy: string,
  { eventId, ref, said, estimatedDelivery, trouble }: CarrierNews,
): Promise<void> {
  const [known] = await parcelOf(carriedBy, ref);
  // Other shops may share the account.
  if (!known) return;
  await changeDispatch(known.order_id, async (dispatch) => {
    const parcel = (await dispatch.parcels()).find(({ id }) => id === known.id);
    if (!parcel) return;
    if (eventId !== null && (await dispatch.query(NOTE, [eventId, `${carriedBy}-webhook`])) === 0) return;
    await dispatch.say(parcel.id, said);
    const furthest = said.reduce<ParcelStop>((far, { status }) => laterOf(far, status), 'PREPARING');
    if (parcel.status === 'CANCELLED' && furthest !== 'PREPARING')
      log.error(
        { fulfillment: parcel.id, alert: 'cancelled-parcel-moves' },
        'A carrier moves a parcel that was cancelled',
      );
    await dispatch.advance(parcel, furthest, (stop) => momentOf(said, stop));
    await dispatch.query(
      `UPDATE fulfillment SET estimated_delivery = coalesce($2, estimated_delivery), trouble = $3, errand_tries = 0, updated_at = now(),
         errand_at = CASE status WHEN 'DELIVERED' THEN NULL WHEN 'CANCELLED' THEN errand_at ELSE now() + interval '${POLL_HOURS} hours' END
       WHERE id = $1`,
      [parcel.id, estimatedDelivery, parcel.status === 'DELIVERED' ? null : trouble],
    );
  });
}

const NOTE = 'INSERT INTO handled (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING';

const laterOf = (a: ParcelStop, b: ParcelStop): ParcelStop => (PARCEL_WAY.indexOf(b) > PARCEL_WAY.indexOf(a) ? b : a);

/** When a stop was first passed: when it was said, or what lies after it was; never in the future. */
function momentOf(said: readonly Said[], stop: ParcelStop): Date {
  const passed = said.filter(({ status }) => PARCEL_WAY.indexOf(status) >= PARCEL_WAY.indexOf(stop));
  return new Date(Math.min(Date.now(), ...passed.map(({ at }) => at.getTime())));
}

const parcelOf = database.statement<{ id: string; order_id: string }>(
  'shipping.parcel-by-carrier-ref',
  'SELECT id, order_id FROM fulfillment WHERE carried_by = $1 AND carrier_ref = $2',
);
