import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Refusal } from '#platform/errors/refusal.ts';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { backoffMs, StepTooSlow } from './faults.ts';
import { crashPointsOf, runSaga, type Step } from './saga.ts';
import { LeaseLost } from './saga-store.ts';
import {
  clear,
  database,
  LEASE_MS,
  moveOn,
  NEW,
  never,
  openToys,
  parked,
  refuse,
  start,
  stateOf,
  store,
  storyOf,
  sweepUntil,
  toy,
} from './testing/toy-saga.ts';

let close: () => Promise<void>;

beforeAll(async () => {
  const { url, drop } = await createTestDatabase('toys');
  await openToys(url);
  close = async () => {
    await database.close();
    await drop();
  };
});

afterAll(() => close());
beforeEach(() => clear());

const down = () => {
  throw new SubgraphUnavailable('inventory', 'it is down');
};
const bug = () => {
  throw new TypeError('undefined is not a function');
};
const TOO_LATE = new Refusal('BUSY', 'Try again later.');

test('the journal tells each step with its time, and costs no statement of its own', async () => {
  const before = Date.now();
  await runSaga(toy([]), await start());
  const { journal } = await storyOf();
  expect(journal.map(([step, what]) => `${step} ${what}`)).toEqual([
    'first done',
    'joined done',
    'third done',
    'last done',
  ]);
  expect(journal.every(([, , at]) => at >= before && at <= Date.now())).toBe(true);
});

test('a refusal and its undoing are in the journal', async () => {
  await runSaga(toy([], { third: refuse }), await start());
  expect((await storyOf()).journal.map(([step, what]) => `${step} ${what}`)).toEqual([
    ...['first done', 'joined done', 'third refused', 'third undone', 'joined undone', 'first undone'],
  ]);
});

test('the pause before the next try doubles, with jitter, up to a bound', () => {
  const most = (attempts: number) => backoffMs(attempts, 1);
  expect([1, 2, 3, 4].map(most)).toEqual([500, 1_000, 2_000, 4_000]);
  expect(most(50)).toBe(30_000);
  expect(backoffMs(3, 0)).toBe(1_000);
});

test('an outage is tried for longer than a bug, and undone after its deadline', async () => {
  const told: string[] = [];
  const saga = { ...toy(told, { third: down }), tooLate: TOO_LATE, deadlineMs: 60_000 };
  const row = await start();
  await expect(runSaga(saga, { ...row, attempts: 90, bugs: 1, age_ms: 59_000 })).rejects.toThrow(
    'inventory is unavailable',
  );
  expect(await storyOf()).toMatchObject({ state: 'RUNNING', fault: 'inventory is unavailable: it is down' });
  const late = { ...row, step: 'third', attempts: 91, age_ms: 60_001 };
  expect(await runSaga(saga, late)).toEqual({ refusal: { code: 'BUSY', message: 'Try again later.', details: {} } });
  expect(told.slice(-3)).toEqual(['a third undone', 'a joined undone', 'a first undone']);
});

test('a bug that stays is given up where it can be undone', async () => {
  const saga = { ...toy([], { third: bug }), tooLate: TOO_LATE };
  const row = { ...(await start()), step: 'third', bugs: 20, attempts: 20 };
  await moveOn('a', 1, 'third');
  expect(await runSaga(saga, row)).toMatchObject({ refusal: { code: 'BUSY' } });
});

test('past the pivot it is parked with its reason, left alone, and goes on when a hand retries it', async () => {
  const told: string[] = [];
  const steps = (broken: boolean): Step<string>[] => [
    { name: 'first', pivot: true, do: async () => {}, undo: async () => void told.push('undone') },
    { name: 'third', do: async () => (broken ? bug() : refuse()) },
  ];
  const broken = { ...toy(told), tooLate: TOO_LATE, steps: steps(true) };
  await start();
  await moveOn('a', 1, 'third');
  await expect(runSaga(broken, { ...NEW, id: 'a', step: 'third', bugs: 20, attempts: 20 })).rejects.toThrow(TypeError);
  expect(await storyOf()).toMatchObject({ state: 'PARKED', fault: 'undefined is not a function', step: 'third' });
  await sleep(LEASE_MS + 50);
  expect(await store.take()).toEqual([]);
  expect(await parked.list(10)).toMatchObject([{ id: 'a', name: 'toy', step: 'third' }]);
  expect(await parked.retry('a', 'toy', 'cus_1')).toBe(true);
  expect(await parked.retry('a', 'toy', 'cus_1')).toBe(false);
  expect(told).toEqual([]);
  await sweepUntil({ ...broken, steps: [steps(true)[0]!, { name: 'third', do: async () => {} }] }, 'DONE');
  expect((await storyOf()).journal.map(([, what]) => what)).toEqual([
    ...['taken over', 'parked', 'retried', 'taken over', 'done'],
  ]);
});

test('one that cannot be undone is parked, and a retry goes on undoing', async () => {
  const told: string[] = [];
  const saga = toy(told, { 'joined undone': bug });
  const refusal = { code: 'NO', message: 'no', details: {} };
  await start();
  await store.giveUp({ id: 'a', fence: 1 }, refusal, 'third', 'first');
  const row = { ...NEW, id: 'a', step: 'third', state: 'COMPENSATING' as const, refusal, bugs: 21, attempts: 21 };
  await expect(runSaga(saga, row)).rejects.toThrow('never heard of again');
  expect((await storyOf()).state).toBe('PARKED');
  await parked.retry('a', 'toy', 'cus_1');
  await sweepUntil(toy(told), 'REFUSED');
  expect(told).toEqual(['a third undone', 'a joined undone', 'a first undone']);
});

test('a step that hangs counts as failed after its time, and who asked is not kept waiting', async () => {
  const saga = { ...toy([]), steps: [{ name: 'first', timeoutMs: 60, do: never }] };
  await expect(runSaga(saga, await start())).rejects.toBeInstanceOf(StepTooSlow);
  expect((await storyOf()).fault).toBe('first took longer than 60 ms.');
});

test('what moved beyond undoing without our hearing of it is not undone', async () => {
  const told: string[] = [];
  const saga = {
    ...toy(told, {
      third: async () => {
        await moveOn('a', 1, 'last');
        throw new SubgraphUnavailable('orders', 'its answer got lost');
      },
    }),
    tooLate: TOO_LATE,
    deadlineMs: 0,
  };
  await expect(runSaga(saga, { ...(await start()), age_ms: 5 })).rejects.toBeInstanceOf(LeaseLost);
  expect(told).toEqual(['a first', 'a joined', 'a third']);
  expect((await stateOf())?.state).toBe('RUNNING');
});

test('the crash points of a saga are named from its table', () => {
  expect(crashPointsOf(toy([]))).toEqual([
    ...['first', 'joined', 'third', 'last'].flatMap((step) => [`toy.${step}:before`, `toy.${step}:after`]),
    ...['first', 'joined', 'third'].flatMap((step) => [`toy.${step}:before-undo`, `toy.${step}:after-undo`]),
  ]);
});
