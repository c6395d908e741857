import { kept } from '#platform/cache/kept.ts';
import type { DeliveryRate, Prisma, DeliveryZone as ZoneRow } from '#prisma/shipping/generated/client.ts';
import { database } from './database.ts';
import { placeKey, type Rate, type RatesByPlace } from './rules/delivery-options.ts';
import { type NewZone } from './rules/new-delivery-zone.ts';

/** A zone as it is stored. */
export interface ZoneRecord extends NewZone {
  readonly id: string;
  readonly version: number;
}

const RELOAD_MS = 5_000;

/** Every cart reads them, so they are kept in memory for five seconds. */
export const ratesByPlace = kept('delivery rates', RELOAD_MS, async (): Promise<RatesByPlace> => {
  const zones = await allZones();
  return new Map(
    zones.flatMap(({ places, rates }) =>
      places.map(({ country, region }) => [placeKey(country, region), rates] as const),
    ),
  );
});

/** In the order in which they were made. */
export async function allZones(): Promise<ZoneRecord[]> {
  const rows = await database.prisma.deliveryZone.findMany({
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: INCLUDED,
  });
  return rows.map(toZone);
}

export const INCLUDED = {
  places: { orderBy: [{ country: 'asc' }, { region: 'asc' }] },
  rates: { orderBy: { position: 'asc' } },
} satisfies Prisma.DeliveryZoneInclude;

type Row = ZoneRow & { places: { country: string; region: string }[]; rates: DeliveryRate[] };

export const toZone = ({ id, name, version, places, rates }: Row): ZoneRecord => ({
  ...{ id, name, version },
  places: places.map(({ country, region }) => ({ country, region })),
  rates: rates.map(toRate),
});

const toRate = (row: DeliveryRate): Rate => ({
  optionId: row.optionId,
  title: row.title,
  currency: row.currency,
  price: row.price,
  freeFrom: row.freeFrom,
  minimumSubtotal: row.minimumSubtotal,
  minimumGrams: row.minimumGrams,
  maximumGrams: row.maximumGrams,
  surcharge:
    row.surcharge === null
      ? null
      : { amount: row.surcharge, aboveGrams: row.surchargeAboveGrams!, perGrams: row.surchargePerGrams! },
  days: { min: row.minimumDays, max: row.maximumDays },
});

/** As rows of the zone. */
export const rateRows = (rates: readonly Rate[]) =>
  rates.map(({ surcharge, days, ...rate }, position) => ({
    ...rate,
    position,
    surcharge: surcharge?.amount ?? null,
    surchargeAboveGrams: surcharge?.aboveGrams ?? null,
    surchargePerGrams: surcharge?.perGrams ?? null,
    minimumDays: days.min,
    maximumDays: days.max,
  }));
