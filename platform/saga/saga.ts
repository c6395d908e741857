import { Refusal } from '#platform/errors/refusal.ts';
import { log } from '#platform/telemetry/log.ts';
import { crashPoint } from './crash-point.config.ts';
import { type Lease, LeaseLost, type SagaRow, type SagaStore, type StoredRefusal, TAKE_AT_MOST } from './saga-store.ts';

/** Thrown by a step when the shopper must act first: the saga waits, holding what it has, until it is resumed or overdue. */
export class Waiting extends Error {
  override readonly name = 'Waiting';
}

/** One step: what is done, and how it is undone. Both can run twice. */
export interface Step<State> {
  readonly name: string;
  /** Not recorded by itself: a resumption starts at the step before it, whose repetition is as good. */
  readonly joins?: boolean;
  /** Its own write, in the saga's database, moves the saga on to the next step. */
  readonly recordsNext?: boolean;
  /** A `Refusal` gives the saga up; any other error leaves it to be tried again. */
  readonly do: (state: State, lease: Lease) => Promise<void>;
  readonly undo?: (state: State, lease: Lease) => Promise<void>;
}

/** A saga as a table of steps, done from the top and undone from the bottom. */
export interface Saga<State> {
  readonly name: string;
  readonly store: SagaStore;
  readonly steps: readonly Step<State>[];
  /** Why a saga is given up that still waits when its time is over. A saga whose steps never wait needs none. */
  readonly overdue?: Refusal;
  /** What a step needs to know, from the saga's row: on the first run and when another process takes over. */
  readonly load: (row: SagaRow) => Promise<State>;
}

export type Outcome = { done: true } | { waiting: true } | { refusal: StoredRefusal };

/**
 * Runs a saga that the caller holds, from its recorded step to an end. Rejects when a fault leaves it unfinished: then
 * its lease is given up and the sweeper, in this process or another, goes on.
 */
export async function runSaga<State>(saga: Saga<State>, row: SagaRow, known?: State): Promise<Outcome> {
  const lease: Lease = { id: row.id, fence: row.fence };
  try {
    const state = known ?? (await saga.load(row));
    if (row.state === 'COMPENSATING') return await undoAll(saga, state, row.step, lease, row.refusal!);
    return await doAll(saga, state, row, lease);
  } catch (reason) {
    if (!(reason instanceof LeaseLost)) await saga.store.yield(lease).catch(() => undefined);
    throw reason;
  }
}

async function doAll<State>(saga: Saga<State>, state: State, row: SagaRow, lease: Lease): Promise<Outcome> {
  const start = saga.steps.findIndex((step) => step.name === row.step);
  for (let i = start; i < saga.steps.length; i++) {
    const step = saga.steps[i]!;
    try {
      crashPoint(`${saga.name}.${step.name}:before`);
      await step.do(state, lease);
      crashPoint(`${saga.name}.${step.name}:after`);
    } catch (reason) {
      if (reason instanceof Waiting) {
        // Only here, so that what was settled in time without our hearing of it still counts.
        return row.overdue && saga.overdue ? giveUp(saga, state, step.name, lease, saga.overdue) : { waiting: true };
      }
      if (reason instanceof Refusal) return giveUp(saga, state, step.name, lease, reason);
      throw reason;
    }
    const next = saga.steps[i + 1];
    if (next && !next.joins && !step.recordsNext) await saga.store.record(lease, next.name);
  }
  await saga.store.end(lease, 'DONE');
  return { done: true };
}

async function giveUp<State>(
  saga: Saga<State>,
  state: State,
  at: string,
  lease: Lease,
  refusal: Refusal,
): Promise<Outcome> {
  const stored = { code: refusal.code, message: refusal.message, path: refusal.path, details: refusal.details };
  await saga.store.giveUp(lease, stored);
  return undoAll(saga, state, at, lease, stored);
}

/** Also undoes the step that failed: it may have succeeded without our hearing of it. */
async function undoAll<State>(
  saga: Saga<State>,
  state: State,
  from: string,
  lease: Lease,
  refusal: StoredRefusal,
): Promise<Outcome> {
  const start = saga.steps.findIndex((step) => step.name === from);
  for (const step of saga.steps.slice(0, start + 1).reverse()) {
    if (!step.undo) continue;
    crashPoint(`${saga.name}.${step.name}:before-undo`);
    await step.undo(state, lease);
    crashPoint(`${saga.name}.${step.name}:after-undo`);
  }
  await saga.store.end(lease, 'REFUSED');
  return { refusal };
}

/** Takes over sagas whose process is gone and brings each to an end; tells whether there may be more. */
export async function sweep<State>(saga: Saga<State>): Promise<boolean> {
  const rows = await saga.store.take();
  await Promise.all(
    rows.map((row) =>
      runSaga(saga, row).catch((reason) => {
        if (!(reason instanceof LeaseLost))
          log.warn({ err: reason, saga: saga.name, id: row.id }, 'A saga could not go on; it is tried again');
      }),
    ),
  );
  return rows.length === TAKE_AT_MOST;
}
