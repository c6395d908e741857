import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Database } from '#platform/database/database.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { backoffMs, StepTooSlow } from './faults.ts';
import { parkedSagas } from './parked-sagas.ts';
import { crashPointsOf, runSaga, type Saga, type Step, sweep, Waiting } from './saga.ts';
import { type JournalEntry, type Lease, LeaseLost, type SagaRow, sagaStore } from './saga-store.ts';

const LEASE_MS = 400;
const database = new Database('toys', () => ({ $connect: async () => {}, $disconnect: async () => {} }));
const store = sagaStore(database, 'toy', LEASE_MS);

const parked = parkedSagas(database);

const begin = database.statement(
  'toys.begin',
  `INSERT INTO saga (id, name, step, state, lease_until, input) VALUES ($1, $3, 'first', 'RUNNING', now() + make_interval(secs => $2), '{"n": 1}')`,
);
const rowOf = database.statement<SagaRow & { due_at: Date | null }>('toys.row', 'SELECT * FROM saga WHERE id = $1');
const park = database.statement(
  'toys.park',
  `UPDATE saga SET state = 'WAITING', due_at = coalesce(due_at, now() + make_interval(secs => $3))
   WHERE id = $1 AND fence = $2 AND state = 'RUNNING' RETURNING id`,
);
const moveOn = database.statement(
  'toys.move-on',
  `UPDATE saga SET step = $3 WHERE id = $1 AND fence = $2 AND state = 'RUNNING' RETURNING id`,
);
const release = database.statement(
  'toys.release',
  "UPDATE saga SET lease_until = now() - interval '1 second', fence = 1",
);
const clear = database.statement('toys.clear', 'TRUNCATE saga');

let close: () => Promise<void>;

beforeAll(async () => {
  const { url, drop } = await createTestDatabase('toys');
  await database.open(url, 16);
  await database.transaction((client) =>
    client.query(`CREATE TABLE saga (id text, name text, step text NOT NULL, state text NOT NULL, fence int NOT NULL DEFAULT 1,
      lease_until timestamptz(3) NOT NULL, due_at timestamptz(3), input jsonb NOT NULL, refusal jsonb,
      begun_at timestamptz(3) NOT NULL DEFAULT now(), attempts int NOT NULL DEFAULT 1, bugs int NOT NULL DEFAULT 1, fault text,
      journal jsonb NOT NULL DEFAULT '[]',
      created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (id, name))`),
  );
  close = async () => {
    await database.close();
    await drop();
  };
});

afterAll(() => close());
beforeEach(() => clear());

type Deed = (id: string, lease: Lease) => Promise<void> | void;

/** A saga of four steps that tells what it did; `deeds` say what happens at `third` or at `third undone`. */
function toy(told: string[], deeds: Record<string, Deed> = {}): Saga<string> {
  const tell = (what: string) => async (id: string, lease: Lease) => {
    told.push(`${id} ${what}`);
    await deeds[what]?.(id, lease);
  };
  const step = (name: string, more: Partial<Step<string>> = {}): Step<string> => ({
    name,
    timeoutMs: 60_000,
    do: tell(name),
    undo: tell(`${name} undone`),
    ...more,
  });
  return {
    name: 'toy',
    store,
    overdue: new Refusal('TOO_LATE', 'Nobody came.'),
    load: async (row) => row.id,
    steps: [
      step('first'),
      step('joined', { joins: true }),
      step('third'),
      { name: 'last', timeoutMs: 60_000, do: tell('last') },
    ],
  };
}

const NEW: Omit<SagaRow, 'id'> = {
  step: 'first',
  state: 'RUNNING',
  fence: 1,
  input: { n: 1 },
  refusal: null,
  overdue: false,
};

async function start(id = 'a', leaseSeconds = LEASE_MS / 1_000, name = 'toy'): Promise<SagaRow> {
  await begin(id, leaseSeconds, name);
  return { ...NEW, id };
}

const stateOf = async (id = 'a') => {
  const [row] = await rowOf(id);
  return row && { step: row.step, state: row.state, fence: row.fence };
};

const never = () => new Promise<never>(() => {});
const refuse = () => {
  throw new Refusal('NO', 'It cannot be.', { path: ['input'], details: { left: 2 } });
};
const REFUSAL = { code: 'NO', message: 'It cannot be.', path: ['input'], details: { left: 2 } };

/** As a worker does it, until nothing is unfinished. */
async function sweepUntil(saga: Saga<string>, state: string, id = 'a'): Promise<void> {
  await expect
    .poll(
      async () => {
        await sweep(saga);
        return (await stateOf(id))?.state;
      },
      { timeout: 10_000 },
    )
    .toBe(state);
}

type Story = SagaRow & { fault: string | null; journal: JournalEntry[]; lease_until: Date };

/** What became of it: where it is, what was tried, what was told. */
const storyOf = async (id = 'a') => {
  const [row] = await database.transaction(
    async (client) => (await client.query<Story>('SELECT * FROM saga WHERE id = $1', [id])).rows,
  );
  return row!;
};

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
  expect(more.filter(Boolean)).toHaveLength(2);
  expect(told).toHaveLength(45 * 4);
  for (const id of ids) expect(await stateOf(id)).toEqual({ step: 'last', state: 'DONE', fence: 2 });
});

describe('faults', () => {
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
    await expect(runSaga(broken, { ...NEW, id: 'a', step: 'third', bugs: 20, attempts: 20 })).rejects.toThrow(
      TypeError,
    );
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
});
