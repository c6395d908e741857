import { expect, test } from 'vitest';
import { awaitedByLine, chosenFrom, restOf, sendableOf } from './rest-of-order.ts';

const line = (lineId: string, ordered: number, fulfilled: number) => ({
  ...{ lineId, variantId: `var_${lineId}` },
  ordered,
  fulfilled,
  awaited: 0,
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

test('12: what is not there yet waits, the last lines of a variant first, and never more than is left', () => {
  const lines = [line('a', 3, 1), { ...line('b', 4, 0), variantId: 'var_a' }, line('c', 1, 0)];
  const wait = (...goods: [string, number][]) => {
    const byLine = awaitedByLine(
      lines,
      goods.map(([variantId, quantity]) => ({ variantId, quantity })),
    );
    return sendableOf(lines.map((each) => ({ ...each, awaited: byLine.get(each.lineId)! }))).map(
      ({ lineId, quantity }) => `${quantity} ${lineId}`,
    );
  };
  expect(wait()).toEqual(['2 a', '4 b', '1 c']);
  expect(wait(['var_a', 3])).toEqual(['2 a', '1 b', '1 c']);
  expect(wait(['var_a', 5], ['var_c', 1])).toEqual(['1 a']);
  expect(wait(['var_a', 99], ['var_c', 99], ['var_other', 1])).toEqual([]);
  // What staff put into a parcel all the same is in it.
  expect(sendableOf([{ ...line('a', 3, 2), awaited: 3 }])).toEqual([]);
});
