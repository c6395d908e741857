import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

export interface Loaded {
  readonly done: number;
  readonly failed: number;
  readonly seconds: number;
  /** Milliseconds, sorted. */
  readonly latencies: readonly number[];
}

/** Closed loop: `clients` at once, each doing the deed again as soon as it is answered, for `seconds`. */
export async function closedLoop(
  clients: number,
  seconds: number,
  deed: (client: number, round: number) => Promise<number | undefined>,
): Promise<Loaded> {
  const latencies: number[] = [];
  let failed = 0;
  const began = performance.now();
  const end = began + seconds * 1_000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let round = 0; performance.now() < end; round++) {
        const started = performance.now();
        try {
          // A deed of several requests may say which of its times counts.
          latencies.push((await deed(client, round)) ?? performance.now() - started);
        } catch (reason) {
          failed++;
          if (failed === 1) process.stdout.write(`  first failure: ${String(reason).slice(0, 300)}\n`);
        }
      }
    }),
  );
  latencies.sort((a, b) => a - b);
  return { done: latencies.length, failed, seconds: (performance.now() - began) / 1_000, latencies };
}

/** Open loop: the deed begins so many times a second, whether those before it are through or not, for `seconds`. */
export async function openLoop(
  aSecond: number,
  seconds: number,
  deed: (round: number) => Promise<number | undefined>,
): Promise<Loaded> {
  const latencies: number[] = [];
  let failed = 0;
  const began = performance.now();
  const one = async (round: number) => {
    const started = performance.now();
    try {
      latencies.push((await deed(round)) ?? performance.now() - started);
    } catch (reason) {
      failed++;
      if (failed === 1) process.stdout.write(`  first failure: ${String(reason).slice(0, 300)}\n`);
    }
  };
  const running: Promise<void>[] = [];
  for (let round = 0; round < aSecond * seconds; round++) {
    const due = began + (round * 1_000) / aSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    running.push(one(round));
  }
  await Promise.all(running);
  latencies.sort((a, b) => a - b);
  return { done: latencies.length, failed, seconds: (performance.now() - began) / 1_000, latencies };
}

export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** A lean client: the load must not be what is measured. */
export function leanClient(routerUrl: string, connections: number) {
  const pool = new Pool(routerUrl, { connections, pipelining: 1 });
  return {
    async ask<Data>(query: string, variables: object = {}): Promise<Data> {
      const { body } = await pool.request({
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await body.json()) as { data?: Data; errors?: unknown };
      if (errors || !data) throw new Error(JSON.stringify(errors));
      return data;
    },
    close: () => pool.close(),
  };
}

export type LeanClient = ReturnType<typeof leanClient>;
