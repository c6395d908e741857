import { expect, test } from 'vitest';
import { MAP, parcelWay } from './parcel-way.ts';

const event = (place: string, latitude: number | null, longitude: number | null) => ({
  status: 'SHIPPED' as const,
  message: '',
  place,
  latitude,
  longitude,
  at: '2026-11-21T09:00:00Z',
});

test('north is up, east is right, and all of it lies inside the frame', () => {
  const { stops } = parcelWay([
    event('Leipzig', 51.34, 12.37),
    event('Hamburg', 53.55, 9.99),
    event('Berlin', 52.52, 13.4),
  ]);
  const [leipzig, hamburg, berlin] = stops;
  expect(stops.map(({ place }) => place)).toEqual(['Leipzig', 'Hamburg', 'Berlin']);
  expect(hamburg?.y).toBeLessThan(berlin?.y ?? 0);
  expect(berlin?.y).toBeLessThan(leipzig?.y ?? 0);
  expect(hamburg?.x).toBeLessThan(leipzig?.x ?? 0);
  for (const { x, y } of stops) {
    expect(x).toBeGreaterThanOrEqual(MAP.margin);
    expect(x).toBeLessThanOrEqual(MAP.width - MAP.margin);
    expect(y).toBeGreaterThanOrEqual(MAP.margin);
    expect(y).toBeLessThanOrEqual(MAP.height - MAP.margin);
  }
});

test('events without coordinates or at the same place make no new stop', () => {
  const { stops, path } = parcelWay([
    event('Leipzig', 51.34, 12.37),
    event('Leipzig', 51.34, 12.37),
    event('?', null, null),
  ]);
  expect(stops).toEqual([{ x: MAP.width / 2, y: MAP.height / 2, place: 'Leipzig' }]);
  expect(path).toBe(`M${MAP.width / 2} ${MAP.height / 2}`);
});

test('no events, no way', () => {
  expect(parcelWay([])).toEqual({ stops: [], path: '' });
});
