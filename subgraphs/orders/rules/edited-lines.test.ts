import { expect, test } from 'vitest';
import { Refusal } from '#platform/errors/refusal.ts';
import { keptLines, mostOf, unitsOf } from './edited-lines.ts';

const LINES = [
  { id: 'a', variant_id: 'lamp', quantity: 2, refunded: 1 },
  { id: 'b', variant_id: 'shade', quantity: 3 },
  { id: 'c', variant_id: 'lamp', quantity: 1 },
];

test('lines not named stay, those taken down to 0 go', () => {
  const kept = keptLines(
    LINES,
    [
      { lineId: 'b', quantity: 0 },
      { lineId: 'c', quantity: 4 },
    ],
    [],
  );
  expect(kept.map(({ id, quantity }) => [id, quantity])).toEqual([
    ['a', 2],
    ['c', 4],
  ]);
});

test.each([
  [
    'twice the same line',
    [
      { lineId: 'b', quantity: 1 },
      { lineId: 'b', quantity: 2 },
    ],
    ['input', 'lines', '1', 'lineId'],
  ],
  ['fewer than were refunded', [{ lineId: 'a', quantity: 0 }], ['input', 'lines', '0', 'quantity']],
  ['a fraction', [{ lineId: 'b', quantity: 1.5 }], ['input', 'lines', '0', 'quantity']],
  ['2^31', [{ lineId: 'b', quantity: 2 ** 31 }], ['input', 'lines', '0', 'quantity']],
])('%s is refused, and where is told', (_what, changes, path) => {
  const refused = () => keptLines(LINES, changes, []);
  expect(refused).toThrow(Refusal);
  try {
    refused();
  } catch (reason) {
    expect(reason).toMatchObject({ code: 'INVALID_QUANTITY', path });
  }
});

test('more lines than an order may have are refused', () => {
  const add = Array.from({ length: 248 }, () => ({ variantId: 'x', quantity: 1 }));
  expect(() => keptLines(LINES, [], add)).toThrow('at most 250 lines');
});

test('what is held while an edit is open is the larger of both, of each variant over all its lines', () => {
  const after = [
    { id: 'b', variant_id: 'shade', quantity: 5 },
    { id: 'c', variant_id: 'lamp', quantity: 1 },
    { id: 'd', variant_id: 'rug', quantity: 1 },
  ];
  expect(unitsOf(LINES)).toEqual([
    { variantId: 'lamp', quantity: 3 },
    { variantId: 'shade', quantity: 3 },
  ]);
  expect(mostOf(LINES, after)).toEqual([
    { variantId: 'lamp', quantity: 3 },
    { variantId: 'shade', quantity: 5 },
    { variantId: 'rug', quantity: 1 },
  ]);
});
