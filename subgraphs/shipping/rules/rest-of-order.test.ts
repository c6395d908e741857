import { expect, test } from 'vitest';
import { chosenFrom, restOf } from './rest-of-order.ts';

const line = (lineId: string, ordered: number, fulfilled: number) => ({
  ...{ lineId, variantId: `var_${lineId}` },
  ordered,
  fulfilled,
});
const LINES = [line('a', 3, 1), line('b', 2, 2), line('c', 1, 0)];

test('26: the rest is what no parcel holds', () => {
  expect(restOf(LINES)).toEqual([
    { lineId: 'a', variantId: 'var_a', quantity: 2 },
    { lineId: 'c', variantId: 'var_c', quantity: 1 },
  ]);
  expect(restOf([line('b', 2, 2)])).toEqual([]);
});

test('26: a line named twice is one line of the parcel, and both count against what is left', () => {
  const twice = (second: number) => [
    { lineId: 'a', quantity: 1 },
    { lineId: 'a', quantity: second },
  ];
  expect(chosenFrom(LINES, twice(1))).toEqual([{ lineId: 'a', variantId: 'var_a', quantity: 2 }]);
  expect(chosenFrom(LINES, twice(2))).toEqual({ code: 'INVALID_QUANTITY', at: 1, left: 1 });
});

test.each([
  ['LINE_NOT_FOUND', 'x', 1, 0],
  ['INVALID_QUANTITY', 'a', 0, 2],
  ['INVALID_QUANTITY', 'a', -1, 2],
  ['INVALID_QUANTITY', 'a', 3, 2],
  ['INVALID_QUANTITY', 'b', 0, 0],
  ['ALREADY_FULFILLED', 'b', 1, 0],
])('26: %s for %s times %i', (code, lineId, quantity, left) => {
  expect(
    chosenFrom(LINES, [
      { lineId: 'c', quantity: 1 },
      { lineId, quantity },
    ]),
  ).toEqual({ code, at: 1, left });
});
