import { expect, test } from 'vitest';
import { parcelRoute } from './parcel-route.ts';

test('a parcel goes from the workshop over the hub to the town it is sent to', () => {
  const route = parcelRoute('DE', ' München ');
  expect(Object.entries(route).map(([status, { place }]) => `${status} ${place}`)).toEqual([
    'PREPARING Leipzig',
    'SHIPPED Kassel',
    'OUT_FOR_DELIVERY München',
    'DELIVERED München',
  ]);
  expect(route.DELIVERED).toMatchObject({ latitude: 48.14, longitude: 11.58 });
});

test('a town that is not known stands where the capital of its country does', () => {
  expect(parcelRoute('FR', 'Trifouillis').DELIVERED).toEqual({
    message: 'Handed over',
    place: 'Trifouillis',
    latitude: 48.86,
    longitude: 2.35,
  });
});
