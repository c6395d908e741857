/** The way of every parcel. It goes forward only, and CANCELLED from PREPARING only. */
export const PARCEL_WAY = ['PREPARING', 'SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED'] as const;
export type ParcelStop = (typeof PARCEL_WAY)[number];
export type ParcelStatus = ParcelStop | 'CANCELLED';

/** What a parcel passes on its way to a status, that one last; nothing when it is there already, further, or cancelled. */
export function stopsBetween(from: ParcelStatus, to: ParcelStop): ParcelStop[] {
  if (from === 'CANCELLED') return [];
  return PARCEL_WAY.slice(PARCEL_WAY.indexOf(from) + 1, PARCEL_WAY.indexOf(to) + 1);
}
