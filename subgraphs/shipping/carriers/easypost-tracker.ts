import { createHash } from 'node:crypto';
import type { Said } from '../dispatch/dispatch.ts';
import type { ParcelStop } from '../rules/parcel-way.ts';
import type { CarrierNews } from './carrier.ts';

/** What is read of a Tracker, https://docs.easypost.com/docs/trackers. */
export interface Tracker {
  shipment_id: string | null;
  status: string;
  carrier: string | null;
  est_delivery_date: string | null;
  public_url: string | null;
  /** All that was said so far, not only the last of it. */
  tracking_details?:
    | {
        status: string;
        message: string;
        datetime: string;
        tracking_location: { city: string | null; state: string | null; country: string | null } | null;
      }[]
    | null;
}

/** Their statuses in our words; what is missing here moves no parcel. */
const STOPS: Record<string, ParcelStop> = {
  pre_transit: 'PREPARING',
  in_transit: 'SHIPPED',
  out_for_delivery: 'OUT_FOR_DELIVERY',
  // Waits at a shop or a locker for whoever ordered it.
  available_for_pickup: 'OUT_FOR_DELIVERY',
  delivered: 'DELIVERED',
};

const TROUBLES: Record<string, string> = {
  return_to_sender: 'The carrier is bringing the parcel back.',
  failure: 'The carrier could not deliver the parcel.',
  cancelled: 'The carrier says that the parcel was cancelled.',
  error: 'The carrier has an error with the parcel.',
};

export function newsOf(ref: string, tracker: Tracker): CarrierNews {
  const said: Said[] = (tracker.tracking_details ?? []).flatMap(({ status, message, datetime, tracking_location }) => {
    const stop = STOPS[status];
    const at = new Date(datetime);
    if (!stop || Number.isNaN(at.getTime())) return [];
    const place = tracking_location?.city ?? tracking_location?.state ?? tracking_location?.country ?? null;
    return [
      { key: digest(status, datetime, message, place ?? ''), status: stop, message: message || status, place, at },
    ];
  });
  const stop = STOPS[tracker.status];
  // Some carriers tell a status without a line of its own.
  if (stop && stop !== 'PREPARING' && !said.some(({ status }) => status === stop))
    said.push({
      key: digest('status', tracker.status),
      status: stop,
      message: WORDS[stop],
      place: null,
      at: new Date(),
    });
  const estimatedDelivery = tracker.est_delivery_date ? new Date(tracker.est_delivery_date) : null;
  return { eventId: null, ref, said, estimatedDelivery, trouble: TROUBLES[tracker.status] ?? null };
}

const WORDS: Record<ParcelStop, string> = {
  PREPARING: 'Announced to the carrier',
  SHIPPED: 'On its way',
  OUT_FOR_DELIVERY: 'Out for delivery',
  DELIVERED: 'Delivered',
};

/** The same words about the same moment are the same news. */
const digest = (...words: string[]): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, 22);
