import type { PARCEL_WAY } from './order-lifecycle.ts';

/** How many units of an order came how far; each number counts those that went further too. */
export interface Progress {
  readonly ordered: number;
  readonly prepared: number;
  readonly shipped: number;
  readonly outForDelivery: number;
  readonly delivered: number;
}

/** One word for all parcels of an order: it is only as far as the last of its units, but for being packed. */
export function statusOfUnits(units: Progress): (typeof PARCEL_WAY)[number] {
  if (hasAll(units, 'delivered')) return 'DELIVERED';
  if (hasAll(units, 'outForDelivery')) return 'OUT_FOR_DELIVERY';
  if (hasAll(units, 'shipped')) return 'SHIPPED';
  return units.prepared > 0 ? 'PREPARING' : 'CONFIRMED';
}

/** Whether units have left while others have not. */
export const isPartlyShipped = (units: Progress): boolean => units.shipped > 0 && !hasAll(units, 'shipped');

const hasAll = (units: Progress, stage: Exclude<keyof Progress, 'ordered'>): boolean =>
  units.ordered > 0 && units[stage] >= units.ordered;
