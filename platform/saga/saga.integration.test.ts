import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '#platform/errors/refusal.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { runSaga, type Step, sweep, Waiting } from './saga.ts';
import { type Lease, LeaseLost, sagaStore } from './saga-store.ts';
import {
  clear,
  database,
  LEASE_MS,
  moveOn,
  never,
  openToys,
  park,
  REFUSAL,
  refuse,
  release,
  rowOf,
  start,
  stateOf,
  store,
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

describe('doing', () => {
  test('the steps are done from the top, each recorded before it is done', async () => {
    const told: string[] = [];
    const recorded: (string | undefined)[] = [];
    const look = async () => void recorded.push((await stateOf())?.step);
    const saga = toy(told, { first: look, joined: look, third: look, last: look });
    expect(await runSaga(saga, await start())).toEqual({ done: true });
    expect(told).toEqual(['a first', 'a joined', 'a third', 'a last']);
    expect(recorded).toEqual(['first', 'first', 'third', 'last']);
    expect(await stateOf()).toEqual({ step: 'last', state: 'DONE', fence: 1 });
  });

  test('a step whose own write moves the saga on is not recorded twice', async () => {
    const told: string[] = [];
    const saga = toy(told);
    const steps: Step<string>[] = [
      { name: 'first', do: async () => {} },
      {
        name: 'writes',
        joins: true,
        recordsNext: true,
        do: async (id, lease) => void (await moveOn(id, lease.fence, 'third')),
      },
      { name: 'third', do: async () => void told.push((await stateOf())?.step ?? '') },
    ];
    expect(await runSaga({ ...saga, steps }, await start())).toEqual({ done: true });
    expect(told).toEqual(['third']);
  });

  test('what ended is over: nobody takes it up again', async () => {
    const told: string[] = [];
    await runSaga(toy(told), await start());
    await sleep(LEASE_MS + 50);
    expect(await sweep(toy(told))).toBe(false);
    expect(told).toHaveLength(4);
  });
});

describe('crashes', () => {
  test.each([
    ['first', ['a first', 'a joined', 'a third', 'a last']],
    ['joined', ['a first', 'a joined', 'a third', 'a last']],
    ['third', ['a third', 'a last']],
    ['last', ['a last']],
  ])('abandoned at %s it goes on from the recorded step once the lease ran out, and not before', async (at, rest) => {
    const crashed: string[] = [];
    void runSaga(toy(crashed, { [at]: never }), await start());
    await expect.poll(() => crashed.at(-1)).toBe(`a ${at}`);
    const told: string[] = [];
    await sweep(toy(told));
    expect(told).toEqual([]);
    await sweepUntil(toy(told), 'DONE');
    expect(told).toEqual(rest);
    expect((await stateOf())?.fence).toBe(2);
  });

  test('who lost the lease writes nothing more, and undoes nothing', async () => {
    const late: string[] = [];
    let wake = () => {};
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const sleepy = runSaga(toy(late, { joined: () => asleep }), await start());
    await sleep(LEASE_MS + 50);
    const told: string[] = [];
    await sweep(toy(told));
    const after = await rowOf('a');
    wake();
    await expect(sleepy).rejects.toBeInstanceOf(LeaseLost);
    expect(await rowOf('a')).toEqual(after);
    expect(late).toEqual(['a first', 'a joined']);
  });

  test.each(['record', 'giveUp', 'end', 'standDown'] as const)(
    '%s under an old fence changes nothing',
    async (write) => {
      await start('a', -1);
      await store.take();
      const before = await rowOf('a');
      const old: Lease = { id: 'a', fence: 1 };
      const writes = {
        record: () => store.record(old, 'third'),
        giveUp: () => store.giveUp(old, new Refusal('NO', 'no'), 'first', 'first'),
        end: () => store.end(old, 'DONE'),
        standDown: () => store.standDown(old, { parked: true, pauseMs: 1, attempts: 9, bugs: 9, message: 'late' }),
      };
      if (write === 'standDown') await writes.standDown();
      else await expect(writes[write]()).rejects.toBeInstanceOf(LeaseLost);
      expect(await rowOf('a')).toEqual(before);
    },
  );

  test('a saga that refused late, under a lost lease, undoes nothing', async () => {
    const late: string[] = [];
    const slow = toy(late, { third: async () => sleep(LEASE_MS + 300).then(refuse) });
    const sleepy = runSaga(slow, await start());
    await sleep(LEASE_MS + 50);
    const told: string[] = [];
    await sweepUntil(toy(told), 'DONE');
    await expect(sleepy).rejects.toBeInstanceOf(LeaseLost);
    expect(late).toEqual(['a first', 'a joined', 'a third']);
    expect((await stateOf())?.state).toBe('DONE');
  });
});

describe('giving up', () => {
  test('a refusal undoes from the step that refused upwards, and is kept', async () => {
    const told: string[] = [];
    expect(await runSaga(toy(told, { third: refuse }), await start())).toEqual({ refusal: REFUSAL });
    expect(told).toEqual([
      ...['a first', 'a joined', 'a third'],
      ...['a third undone', 'a joined undone', 'a first undone'],
    ]);
    expect(await stateOf()).toEqual({ step: 'third', state: 'REFUSED', fence: 1 });
    expect((await rowOf('a'))[0]?.refusal).toEqual(REFUSAL);
  });

  test('a refusal of a step that joins another undoes it as well', async () => {
    const told: string[] = [];
    await runSaga(toy(told, { joined: refuse }), await start());
    expect(told).toEqual(['a first', 'a joined', 'a joined undone', 'a first undone']);
  });

  test('a fault while undoing is tried again by the sweeper, with the refusal it had', async () => {
    const told: string[] = [];
    let faults = 0;
    const saga = toy(told, {
      third: refuse,
      'joined undone': () => {
        if (faults++ === 0) throw new Error('the network is down');
      },
    });
    await expect(runSaga(saga, await start())).rejects.toThrow('the network is down');
    expect((await stateOf())?.state).toBe('COMPENSATING');
    told.length = 0;
    await sweepUntil(saga, 'REFUSED');
    expect(told.slice(-2)).toEqual(['a joined undone', 'a first undone']);
    expect((await rowOf('a'))[0]?.refusal).toEqual(REFUSAL);
  });

  test('abandoned while undoing it goes on undoing', async () => {
    const crashed: string[] = [];
    void runSaga(toy(crashed, { third: refuse, 'third undone': never }), await start());
    await expect.poll(() => crashed.at(-1)).toBe('a third undone');
    const told: string[] = [];
    await sweepUntil(toy(told), 'REFUSED');
    expect(told).toEqual(['a third undone', 'a joined undone', 'a first undone']);
  });
});

test('a fault undoes nothing: the lease is given up, and the sweeper goes on within a second or two', async () => {
  const told: string[] = [];
  let faults = 0;
  const saga = toy(told, {
    third: () => {
      if (faults++ < 2) throw new Error('the network is down');
    },
  });
  const patient = { ...saga, store: sagaStore(database, 'patient', 60_000) };
  const started = Date.now();
  await expect(runSaga(patient, await start('a', 60, 'patient'))).rejects.toThrow('the network is down');
  await sweepUntil(patient, 'DONE');
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(told).toEqual(['a first', 'a joined', 'a third', 'a third', 'a third', 'a last']);
});

describe('waiting', () => {
  const waits = (seconds: number) => async (id: string, lease: Lease) => {
    await park(id, lease.fence, seconds);
    throw new Waiting('Somebody must act.');
  };

  test('it waits beyond its lease, and goes on when it is resumed, once', async () => {
    const told: string[] = [];
    expect(await runSaga(toy(told, { third: waits(60) }), await start())).toEqual({ waiting: true });
    await sleep(LEASE_MS + 50);
    await sweep(toy(told));
    expect((await stateOf())?.state).toBe('WAITING');
    const resumed = await Promise.all(['a', 'a', 'a', 'b'].map((id) => store.resume(id)));
    const [row, ...more] = resumed.filter((each) => each !== null);
    expect(more).toEqual([]);
    told.length = 0;
    expect(await runSaga(toy(told), row!)).toEqual({ done: true });
    expect(told).toEqual(['a third', 'a last']);
    expect(await store.resume('a')).toBeNull();
  });

  test('when its time is over it is given up', async () => {
    const told: string[] = [];
    await runSaga(toy(told, { third: waits(0.2) }), await start());
    told.length = 0;
    await sweepUntil(toy(told, { third: waits(0.2) }), 'REFUSED');
    expect(told).toEqual(['a third', 'a third undone', 'a joined undone', 'a first undone']);
    expect((await rowOf('a'))[0]?.refusal).toMatchObject({ code: 'TOO_LATE', message: 'Nobody came.' });
  });

  test('what was settled in time, though nobody said so, still counts', async () => {
    const told: string[] = [];
    await runSaga(toy(told, { third: waits(0.1) }), await start());
    await sweepUntil(toy(told), 'DONE');
  });

  test('a process that dies while it gives up an overdue saga leaves it to the next', async () => {
    await runSaga(toy([], { third: waits(0.1) }), await start());
    await sleep(150);
    expect(await store.take()).toMatchObject([{ id: 'a', overdue: true, state: 'RUNNING' }]);
    await sweepUntil(toy([], { third: waits(60) }), 'REFUSED');
  });
});

test('what several sweepers take at the same moment is taken once', async () => {
  for (let i = 0; i < 60; i++) await start(`due-${i}`, -1);
  for (let round = 0; round < 20; round++) {
    const taken = (await Promise.all(Array.from({ length: 8 }, () => store.take()))).flat();
    expect(taken.map(({ fence }) => fence)).toEqual(taken.map(() => 2));
    expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
    await release();
  }
});

test('several sweepers at once never run one saga beside itself, and bring all to an end', async () => {
  const ids = Array.from({ length: 45 }, (_, i) => `many-${i}`);
  for (const id of ids) await start(id, -1);
  const atWork = new Map<string, number>();
  const told: string[] = [];
  const saga = toy(told, {
    first: async (id) => {
      atWork.set(id, (atWork.get(id) ?? 0) + 1);
      await sleep(20);
    },
  });
  const more = await Promise.all([sweep(saga), sweep(saga), sweep(saga), sweep(saga)]);
  expect([...atWork.values()]).toEqual(ids.map(() => 1));
  // A full hand says that there may be more; how many have one depends on how they dealt the sagas out among them.
  expect(more.filter(Boolean).length).toBeLessThanOrEqual(2);
  expect(told).toHaveLength(45 * 4);
  for (const id of ids) expect(await stateOf(id)).toEqual({ step: 'last', state: 'DONE', fence: 2 });
});
