import { expect } from 'vitest';
import { Database } from '#platform/database/database.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { parkedSagas } from '../parked-sagas.ts';
import { type Saga, type Step, sweep } from '../saga.ts';
import { type JournalEntry, type Lease, type SagaRow, sagaStore } from '../saga-store.ts';

export const LEASE_MS = 400;
export const database = new Database('toys', () => ({ $connect: async () => {}, $disconnect: async () => {} }));
export const store = sagaStore(database, 'toy', LEASE_MS);

export const parked = parkedSagas(database);

export const begin = database.statement(
  'toys.begin',
  `INSERT INTO saga (id, name, step, state, lease_until, input) VALUES ($1, $3, 'first', 'RUNNING', now() + make_interval(secs => $2), '{"n": 1}')`,
);
export const rowOf = database.statement<SagaRow & { due_at: Date | null }>(
  'toys.row',
  'SELECT * FROM saga WHERE id = $1',
);
export const park = database.statement(
  'toys.park',
  `UPDATE saga SET state = 'WAITING', due_at = coalesce(due_at, now() + make_interval(secs => $3))
   WHERE id = $1 AND fence = $2 AND state = 'RUNNING' RETURNING id`,
);
export const moveOn = database.statement(
  'toys.move-on',
  `UPDATE saga SET step = $3 WHERE id = $1 AND fence = $2 AND state = 'RUNNING' RETURNING id`,
);
export const release = database.statement(
  'toys.release',
  "UPDATE saga SET lease_until = now() - interval '1 second', fence = 1",
);
export const clear = database.statement('toys.clear', 'TRUNCATE saga');

/** Opens it on an empty database. */
export async function openToys(url: string): Promise<void> {
  await database.open(url, 16);
  await database.transaction((client) =>
    client.query(`CREATE TABLE saga (id text, name text, step text NOT NULL, state text NOT NULL, fence int NOT NULL DEFAULT 1,
      lease_until timestamptz(3) NOT NULL, due_at timestamptz(3), input jsonb NOT NULL, refusal jsonb,
      begun_at timestamptz(3) NOT NULL DEFAULT now(), attempts int NOT NULL DEFAULT 1, bugs int NOT NULL DEFAULT 1, fault text,
      journal jsonb NOT NULL DEFAULT '[]',
      created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (id, name))`),
  );
}

export type Deed = (id: string, lease: Lease) => Promise<void> | void;

/** A saga of four steps that tells what it did; `deeds` say what happens at `third` or at `third undone`. */
export function toy(told: string[], deeds: Record<string, Deed> = {}): Saga<string> {
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

export const NEW: Omit<SagaRow, 'id'> = {
  step: 'first',
  state: 'RUNNING',
  fence: 1,
  input: { n: 1 },
  refusal: null,
  overdue: false,
};

export async function start(id = 'a', leaseSeconds = LEASE_MS / 1_000, name = 'toy'): Promise<SagaRow> {
  await begin(id, leaseSeconds, name);
  return { ...NEW, id };
}

export const stateOf = async (id = 'a') => {
  const [row] = await rowOf(id);
  return row && { step: row.step, state: row.state, fence: row.fence };
};

export const never = () => new Promise<never>(() => {});
export const refuse = () => {
  throw new Refusal('NO', 'It cannot be.', { path: ['input'], details: { left: 2 } });
};
export const REFUSAL = { code: 'NO', message: 'It cannot be.', path: ['input'], details: { left: 2 } };

/** As a worker does it, until nothing is unfinished. */
export async function sweepUntil(saga: Saga<string>, state: string, id = 'a'): Promise<void> {
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

export type Story = SagaRow & { fault: string | null; journal: JournalEntry[]; lease_until: Date };

/** What became of it: where it is, what was tried, what was told. */
export const storyOf = async (id = 'a') => {
  const [row] = await database.transaction(
    async (client) => (await client.query<Story>('SELECT * FROM saga WHERE id = $1', [id])).rows,
  );
  return row!;
};
