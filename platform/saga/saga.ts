import os from 'node:os';
import { isOutage } from '#platform/errors/outage.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { log } from '#platform/telemetry/log.ts';
import { sagaConfig } from './config.ts';
import { crashPoint } from './crash-point.config.ts';
import { backoffMs, within } from './faults.ts';
import {
  type JournalEntry,
  type Lease,
  LeaseLost,
  type SagaRow,
  type SagaStore,
  type StoredRefusal,
  TAKE_AT_MOST,
  type Told,
} from './saga-store.ts';

/** Thrown by a step when the shopper must act first: the saga waits, holding what it has, until it is resumed or overdue. */
export class Waiting extends Error {
  override readonly name = 'Waiting';
}

/** One step: what is done, and how it is undone. Both can run twice. */
export interface Step<State> {
  readonly name: string;
  /** Not recorded by itself: a resumption starts at the step before it, whose repetition is as good. */
  readonly joins?: boolean;
  /** Its own write, in the saga's database, moves the saga on to the next step; the last one's ends the saga. */
  readonly recordsNext?: boolean;
  /** Once it is done nothing is undone any more: what follows is tried until it works, and parked when it cannot. */
  readonly pivot?: boolean;
  /** How long it may take, and its undo, before it counts as failed; the lease when not given. */
  readonly timeoutMs?: number;
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
  /**
   * Why a saga is given up that meets faults past `deadlineMs`, or a bug too often, and can still be undone. Without it
   * such a saga goes on trying, and is parked in the end.
   */
  readonly tooLate?: Refusal;
  readonly deadlineMs?: number;
  /** What a step needs to know, from the saga's row: on the first run and when another process takes over. */
  readonly load: (row: SagaRow) => Promise<State>;
}

export type Outcome = { done: true } | { waiting: true } | { refusal: StoredRefusal };

/** One process's turn at a saga. */
interface Run<State> {
  readonly saga: Saga<State>;
  readonly row: SagaRow;
  readonly lease: Lease;
  readonly startedAt: number;
  /** The step that the database is known to be at. */
  recorded: string;
  /** The step it is at. */
  at: string;
  /** Whether it came further than those before it. */
  progressed: boolean;
  /** What the next write takes along. */
  told: JournalEntry[];
}

/**
 * Runs a saga that the caller holds, from its recorded step to an end. Rejects when a fault leaves it unfinished: then
 * its lease is given up and the sweeper, in this process or another, goes on after a pause.
 */
export async function runSaga<State>(saga: Saga<State>, row: SagaRow, known?: State): Promise<Outcome> {
  const { id, fence, step } = row;
  const run: Run<State> = {
    ...{
      saga,
      row,
      lease: { id, fence },
      startedAt: Date.now(),
      recorded: step,
      at: step,
      progressed: false,
      told: [],
    },
  };
  if (row.attempts && row.attempts > 1)
    run.told.push([step, 'taken over', Date.now(), `${os.hostname()}/${process.pid}`]);
  try {
    const state = known ?? (await saga.load(row));
    if (row.state === 'COMPENSATING') return await undoAll(run, state, row.refusal!);
    return await doAll(run, state);
  } catch (reason) {
    if (!(reason instanceof LeaseLost)) await standDown(run, reason);
    throw reason;
  }
}

async function doAll<State>(run: Run<State>, state: State): Promise<Outcome> {
  const { saga, row, lease } = run;
  const start = saga.steps.findIndex((step) => step.name === row.step);
  for (let i = start; i < saga.steps.length; i++) {
    const step = saga.steps[i]!;
    run.at = step.name;
    try {
      mustNotKill(run);
      crashPoint(`${saga.name}.${step.name}:before`);
      await within(step.timeoutMs ?? saga.store.leaseMs, step.name, step.do(state, lease));
      crashPoint(`${saga.name}.${step.name}:after`);
    } catch (reason) {
      if (reason instanceof Waiting) {
        // Only here, so that what was settled in time without our hearing of it still counts.
        return row.overdue && saga.overdue ? giveUp(run, state, saga.overdue) : { waiting: true };
      }
      const refusal = isPastPivot(saga, step) ? null : refusalFor(run, reason);
      if (refusal) return giveUp(run, state, refusal);
      throw reason;
    }
    tell(run, 'done');
    run.progressed = true;
    const next = saga.steps[i + 1];
    if (next && step.recordsNext) run.recorded = next.name;
    else if (next && !next.joins) {
      await saga.store.record(lease, next.name, flush(run));
      run.recorded = next.name;
    }
  }
  if (!saga.steps.at(-1)?.recordsNext) await saga.store.end(lease, 'DONE', flush(run));
  return { done: true };
}

/** The step's own no; or, for a fault that came too late or too often, the saga's. */
function refusalFor<State>(run: Run<State>, reason: unknown): Refusal | null {
  if (reason instanceof Refusal) return reason;
  const { saga, row } = run;
  const isOver = ageOf(run) > (saga.deadlineMs ?? sagaConfig.deadlineMs);
  const isHopeless = !isOutage(reason) && bugsOf(run) >= sagaConfig.tries;
  if (reason instanceof LeaseLost || !saga.tooLate || !(isOver || isHopeless)) return null;
  const fields = { err: reason, saga: saga.name, id: row.id, step: run.at, alert: 'saga-given-up' };
  log.error(fields, 'A saga is undone because it could not be finished: mend the cause');
  return saga.tooLate;
}

const isPastPivot = <State>(saga: Saga<State>, at: Step<State>): boolean =>
  saga.steps.slice(0, saga.steps.indexOf(at)).some((step) => step.pivot);

async function giveUp<State>(run: Run<State>, state: State, refusal: Refusal): Promise<Outcome> {
  const stored = { code: refusal.code, message: refusal.message, path: refusal.path, details: refusal.details };
  tell(run, 'refused');
  await run.saga.store.giveUp(run.lease, stored, run.at, run.recorded, flush(run));
  run.progressed = true;
  return undoAll(run, state, stored);
}

/** Also undoes the step that failed: it may have succeeded without our hearing of it. */
async function undoAll<State>(run: Run<State>, state: State, refusal: StoredRefusal): Promise<Outcome> {
  const { saga, lease } = run;
  const start = saga.steps.findIndex((step) => step.name === run.at);
  for (const step of saga.steps.slice(0, start + 1).reverse()) {
    if (!step.undo) continue;
    run.at = step.name;
    mustNotKill(run);
    crashPoint(`${saga.name}.${step.name}:before-undo`);
    await within(step.timeoutMs ?? saga.store.leaseMs, `${step.name}, undone,`, step.undo(state, lease));
    crashPoint(`${saga.name}.${step.name}:after-undo`);
    tell(run, 'undone');
  }
  await saga.store.end(lease, 'REFUSED', flush(run));
  return { refusal };
}

/** After a fault: tries again after a pause, or waits for a hand when it failed too often or for too long. */
async function standDown<State>(run: Run<State>, reason: unknown): Promise<void> {
  const { saga, row } = run;
  const outage = isOutage(reason);
  const attempts = run.progressed ? 1 : (row.attempts ?? 1);
  const bugs = Math.max(0, bugsOf(run) - (outage ? 1 : 0));
  const parked = outage ? ageOf(run) > sagaConfig.parkAfterMs : bugs >= sagaConfig.tries;
  const message = reason instanceof Error ? reason.message : String(reason);
  tell(run, parked ? 'parked' : 'failed');
  if (parked) {
    const fields = { err: reason, saga: saga.name, id: row.id, step: run.at, alert: 'saga-parked' };
    log.error(fields, 'A saga is parked: mend its cause, then retry it');
  }
  const pauseMs = backoffMs(attempts);
  // Where not even this can be written, the lease runs out by itself.
  await saga.store
    .standDown(run.lease, { parked, pauseMs, attempts, bugs, message }, flush(run))
    .catch(() => undefined);
}

const ageOf = <State>({ row, startedAt }: Run<State>): number => (row.age_ms ?? 0) + Date.now() - startedAt;
const bugsOf = <State>({ row, progressed }: Run<State>): number => (progressed ? 1 : (row.bugs ?? 1));

/** A step that ends its process every time leaves no fault behind: its takeovers are counted instead. */
function mustNotKill<State>({ row, progressed }: Run<State>): void {
  if (!progressed && (row.bugs ?? 1) > sagaConfig.tries)
    throw new Error(`${row.step} was begun ${sagaConfig.tries} times and never heard of again.`);
}

const tell = <State>(run: Run<State>, what: Told) => run.told.push([run.at, what, Date.now()]);

function flush<State>(run: Run<State>): JournalEntry[] {
  const { told } = run;
  run.told = [];
  return told;
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

/** The names of a saga's crash points, for `CRASH_AT`. */
export const crashPointsOf = ({
  name,
  steps,
}: Pick<Saga<never>, 'name'> & { steps: readonly { name: string; undo?: unknown }[] }): string[] => [
  ...steps.flatMap((step) => [`${name}.${step.name}:before`, `${name}.${step.name}:after`]),
  ...steps.flatMap((step) =>
    step.undo ? [`${name}.${step.name}:before-undo`, `${name}.${step.name}:after-undo`] : [],
  ),
];
