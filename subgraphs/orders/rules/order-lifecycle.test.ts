import { expect, test } from 'vitest';
import { before, isFinal, mayBecome, ORDER_STATUSES, PARCEL_WAY } from './order-lifecycle.ts';

const LEGAL = new Set([
  'PENDING_PAYMENT>CONFIRMED',
  'PENDING_PAYMENT>CANCELLED',
  'CONFIRMED>PREPARING',
  'CONFIRMED>CANCELLED',
  // Gift cards alone: they are mailed, and no parcel is packed.
  'CONFIRMED>DELIVERED',
  'PREPARING>SHIPPED',
  'PREPARING>CANCELLED',
  'SHIPPED>OUT_FOR_DELIVERY',
  'OUT_FOR_DELIVERY>DELIVERED',
  'DELIVERED>RETURNED',
]);

test('25: of all 64 transitions exactly the ten legal ones are allowed', () => {
  const allowed = ORDER_STATUSES.flatMap((from) =>
    ORDER_STATUSES.filter((to) => mayBecome(from, to)).map((to) => `${from}>${to}`),
  );
  expect(new Set(allowed)).toEqual(LEGAL);
});

test('the way of a parcel is made of legal transitions', () => {
  PARCEL_WAY.slice(1).forEach((status, i) => {
    expect(mayBecome(PARCEL_WAY[i]!, status)).toBe(true);
  });
});

test('a cancellation may only come before the parcel leaves', () => {
  expect(before('CANCELLED')).toEqual(['PENDING_PAYMENT', 'CONFIRMED', 'PREPARING']);
});

test('live status ends at delivered, cancelled and returned', () => {
  expect(ORDER_STATUSES.filter(isFinal)).toEqual(['DELIVERED', 'CANCELLED', 'RETURNED']);
});
