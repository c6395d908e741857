/** More is waiting than can be done soon. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

/** Lets few at a time do heavy work, in the order they came; past `waiting` they are turned away with `Busy`. */
export function turns({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }) {
  const queue: (() => void)[] = [];
  let busy = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (busy < atOnce) busy++;
    else if (queue.length >= waiting) throw new Busy('Too much is waiting already.');
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else busy--;
    }
  };
}
