/** What a step makes of the world: what it is now, and, once it is decided, what the caller is told. */
export interface Outcome<World, Local> {
  readonly world: World;
  readonly local?: Local;
  readonly result?: string;
  /** Nothing comes after it, whatever steps there are. */
  readonly ends?: true;
}

/** One thing that happens at one moment. Several outcomes: either may be. None: it waits until others moved on. */
export type Step<World, Local> = (world: World, local: Local) => readonly Outcome<World, Local>[];

/** What a command does, moment by moment; other commands may come in between. */
export interface Process<World, Local> {
  readonly steps: readonly Step<World, Local>[];
  readonly local: Local;
  /** What its caller was told in truth. */
  readonly observed: string;
}

interface Running<Local> {
  readonly at: number;
  readonly local: Local;
  readonly result: string | null;
}

/**
 * Every world that can be when all processes are through, over all ways in which their steps may lie between each other,
 * so that each caller was told what it was told. None: no order of moments explains what was observed.
 */
export function explanations<World, Local>(
  worlds: readonly World[],
  processes: readonly Process<World, Local>[],
): World[] {
  const ends = new Map<string, World>();
  const known = new Set<string>();
  const go = (world: World, running: readonly Running<Local>[]) => {
    const key = JSON.stringify([world, running]);
    if (known.has(key)) return;
    known.add(key);
    if (running.every(({ at }, i) => at >= processes[i]!.steps.length)) {
      if (running.every(({ result }, i) => result === processes[i]!.observed)) ends.set(JSON.stringify(world), world);
      return;
    }
    for (const [i, { at, local, result }] of running.entries()) {
      const step = processes[i]!.steps[at];
      if (!step) continue;
      for (const outcome of step(world, local)) {
        const told = result ?? outcome.result ?? null;
        if (told !== null && told !== processes[i]!.observed) continue;
        const next = {
          at: outcome.ends ? processes[i]!.steps.length : at + 1,
          local: outcome.local ?? local,
          result: told,
        };
        go(outcome.world, running.with(i, next));
      }
    }
  };
  for (const world of worlds)
    go(
      world,
      processes.map(({ local }) => ({ at: 0, local, result: null })),
    );
  return [...ends.values()];
}
