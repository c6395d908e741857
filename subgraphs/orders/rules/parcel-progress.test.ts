import { expect, test } from 'vitest';
import { isPartlyShipped, statusOfUnits } from './parcel-progress.ts';

const units = (ordered: number, prepared: number, shipped: number, outForDelivery: number, delivered: number) => ({
  ...{ ordered, prepared, shipped, outForDelivery, delivered },
});

test.each([
  [units(3, 0, 0, 0, 0), 'CONFIRMED', false],
  [units(3, 1, 0, 0, 0), 'PREPARING', false],
  [units(3, 3, 0, 0, 0), 'PREPARING', false],
  [units(3, 2, 1, 0, 0), 'PREPARING', true],
  [units(3, 3, 2, 2, 2), 'PREPARING', true],
  [units(3, 3, 3, 0, 0), 'SHIPPED', false],
  [units(3, 3, 3, 2, 2), 'SHIPPED', false],
  [units(3, 3, 3, 3, 1), 'OUT_FOR_DELIVERY', false],
  [units(3, 3, 3, 3, 3), 'DELIVERED', false],
  // Nothing ordered is nothing delivered.
  [units(0, 0, 0, 0, 0), 'CONFIRMED', false],
])('26: units %j are %s', (progress, status, partly) => {
  expect(statusOfUnits(progress)).toBe(status);
  expect(isPartlyShipped(progress)).toBe(partly);
});
