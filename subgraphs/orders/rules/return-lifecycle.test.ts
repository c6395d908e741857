import { expect, test } from 'vitest';
import { RETURN_STATUSES, returnMayBecome } from './return-lifecycle.ts';

test('25: of all 25 steps of a return exactly the five legal ones are allowed', () => {
  const allowed = RETURN_STATUSES.flatMap((from) =>
    RETURN_STATUSES.filter((to) => returnMayBecome(from, to)).map((to) => `${from}>${to}`),
  );
  expect(new Set(allowed)).toEqual(
    new Set([
      ...['REQUESTED>APPROVED', 'REQUESTED>REJECTED', 'APPROVED>RECEIVED', 'APPROVED>REJECTED'],
      'RECEIVED>REFUNDED',
    ]),
  );
});
