import { expect, test } from 'vitest';
import { LEGS_MS, TICK_MS } from './demo-carrier.ts';

/** Payment, capture and the jobs between take up to this long before a parcel is made. */
const BEFORE_MS = 2_000;
const legs = Object.values(LEGS_MS);

test('a parcel is delivered 10 to 25 seconds after its order was confirmed', () => {
  const least = legs.reduce((ms, [from]) => ms + from, 0);
  const most = legs.reduce((ms, [, to]) => ms + to + TICK_MS, BEFORE_MS);
  expect(least).toBeGreaterThan(10_000);
  expect(most).toBeLessThan(25_000);
});

test('each leg lasts longer than a tick, so that every status can be seen', () => {
  for (const [from, to] of legs) {
    expect(from).toBeGreaterThan(2 * TICK_MS);
    expect(to).toBeGreaterThan(from);
  }
});
