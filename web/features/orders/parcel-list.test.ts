import { expect, test } from 'vitest';
import { goingParcels, stillToCome } from './parcel-list.ts';

const lines = [
  { id: 'cup', title: 'Cup', quantity: 2, isGiftCard: false },
  { id: 'rug', title: 'Rug', quantity: 1, isGiftCard: false },
  { id: 'card', title: 'Gift card', quantity: 1, isGiftCard: true },
];
const parcel = (status: 'SHIPPED' | 'CANCELLED', id: string, quantity: number) => ({
  status,
  lines: [{ quantity, line: { id } }],
});

test('a parcel that was called off is not counted, nor what was to be in it', () => {
  const parcels = [parcel('SHIPPED', 'cup', 2), parcel('CANCELLED', 'rug', 1)];
  expect(goingParcels(parcels)).toEqual([parcels[0]]);
  expect(stillToCome({ fulfillments: parcels, lines })).toEqual([{ id: 'rug', title: 'Rug', quantity: 1 }]);
});

test('what comes later is told once something has been packed, and as many as are missing', () => {
  expect(stillToCome({ fulfillments: null, lines })).toEqual([]);
  expect(stillToCome({ fulfillments: [parcel('CANCELLED', 'cup', 1)], lines })).toEqual([]);
  expect(stillToCome({ fulfillments: [parcel('SHIPPED', 'cup', 1)], lines })).toEqual([
    { id: 'cup', title: 'Cup', quantity: 1 },
    { id: 'rug', title: 'Rug', quantity: 1 },
  ]);
  const all = [parcel('SHIPPED', 'cup', 2), parcel('SHIPPED', 'rug', 1)];
  expect(stillToCome({ fulfillments: all, lines })).toEqual([]);
});
