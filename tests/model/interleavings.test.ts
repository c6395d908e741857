import { expect, test } from 'vitest';
import { explanations, type Process, type Step } from './interleavings.ts';

type Count = { n: number };
type Seen = { n: number };

const add: Step<Count, Seen> = ({ n }) => [{ world: { n: n + 1 }, result: String(n + 1) }];
const look: Step<Count, Seen> = ({ n }) => [{ world: { n }, local: { n } }];
const put: Step<Count, Seen> = (_, { n }) => [{ world: { n: n + 1 }, result: 'ok' }];
const process = (steps: Step<Count, Seen>[], observed: string): Process<Count, Seen> => ({
  steps,
  local: { n: 0 },
  observed,
});

test('what some order explains is explained, whichever it was', () => {
  expect(explanations([{ n: 0 }], [process([add], '2'), process([add], '1')])).toEqual([{ n: 2 }]);
});

test('what no order explains is not: two were told the same, or a value that never was', () => {
  expect(explanations([{ n: 0 }], [process([add], '1'), process([add], '1')])).toEqual([]);
  expect(explanations([{ n: 0 }], [process([add], '3')])).toEqual([]);
});

test('steps of several lie between each other: an update can get lost, and need not', () => {
  const ends = explanations([{ n: 0 }], [process([look, put], 'ok'), process([look, put], 'ok')]);
  expect(ends.map(({ n }) => n).sort()).toEqual([1, 2]);
});

test('a step that waits lets others go first; one that ends leaves out the rest', () => {
  const wait: Step<Count, Seen> = (world) => (world.n === 0 ? [] : [{ world, result: 'waited', ends: true }]);
  expect(explanations([{ n: 0 }], [process([wait, put], 'waited'), process([add], '1')])).toEqual([{ n: 1 }]);
  expect(explanations([{ n: 0 }], [process([wait, put], 'waited')])).toEqual([]);
});
