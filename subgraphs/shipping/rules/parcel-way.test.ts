import { expect, test } from 'vitest';
import { PARCEL_WAY, stopsBetween } from './parcel-way.ts';

test('25: a parcel goes forward through every status, never back, and a cancelled one not at all', () => {
  expect(stopsBetween('PREPARING', 'DELIVERED')).toEqual(['SHIPPED', 'OUT_FOR_DELIVERY', 'DELIVERED']);
  expect(stopsBetween('SHIPPED', 'OUT_FOR_DELIVERY')).toEqual(['OUT_FOR_DELIVERY']);
  for (const [rank, from] of PARCEL_WAY.entries())
    for (const to of PARCEL_WAY.slice(0, rank + 1)) expect(stopsBetween(from, to), `${from} to ${to}`).toEqual([]);
  for (const to of PARCEL_WAY) expect(stopsBetween('CANCELLED', to)).toEqual([]);
});
