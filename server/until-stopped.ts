import { setTimeout as sleep } from 'node:timers/promises';
import { describeFailure } from './failure.ts';

/**
 * Runs a program until Ctrl-C, SIGTERM or a reason of its own, then stops what was started, last first. A second signal
 * does not wait. What fails while starting is stopped the same way.
 */
export async function untilStopped(start: (program: Program) => Promise<void>): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  let end!: (failure: unknown) => void;
  const ended = new Promise<unknown>((resolve) => {
    end = resolve;
  });
  const stopped = new AbortController();
  let signaledAt = 0;
  const onSignal = () => {
    // npm hands the terminal's Ctrl-C on, so one press can come twice.
    if (signaledAt > 0 && performance.now() - signaledAt > SAME_PRESS_MS) process.exit(130);
    signaledAt ||= performance.now();
    stopped.abort();
    end(null);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

  const program: Program = { onStop: (stop) => stops.unshift(stop), end, stopping: stopped.signal };
  const starting = start(program).catch((error) => end(error));
  const failure = await ended;
  stopped.abort();
  if (failure) process.stderr.write(`\n${describeFailure(failure)}\n`);

  const stopAll = Promise.race([starting, sleep(START_GRACE_MS)]).then(() => stopInOrder(stops));
  const clean = await Promise.race([stopAll, sleep(STOP_LIMIT_MS, 'late' as const)]);
  if (clean === 'late') process.stderr.write(`Not everything stopped within ${STOP_LIMIT_MS / 1000} s.\n`);
  process.exit(failure || clean !== true ? 1 : 0);
}

const SAME_PRESS_MS = 500;
/** How long a start that is told to stop may take to notice; then what it stands on is stopped. */
const START_GRACE_MS = 3_000;
/** By when a clean stop must be through. */
const STOP_LIMIT_MS = 30_000;

/** What a starting program can say. */
export interface Program {
  /** What `stop` shall do before the things that were started earlier are stopped. */
  onStop(stop: () => Promise<void>): void;
  /** Ends the program because of this. */
  end(failure: Error): void;
  /** Aborted once it stops, so that a start under way goes no further. */
  readonly stopping: AbortSignal;
}

/** Stops the first of the list first; one that fails is told, and the rest stops all the same. */
export async function stopInOrder(stops: (() => Promise<void>)[]): Promise<boolean> {
  let clean = true;
  for (let stop = stops.shift(); stop; stop = stops.shift()) {
    await stop().catch((error) => {
      clean = false;
      process.stderr.write(`${describeFailure(error)}\n`);
    });
  }
  return clean;
}
