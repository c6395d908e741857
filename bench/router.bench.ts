import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Pool } from 'undici';
import { cpuMs } from './cpu.ts';
import { closedLoop, percentile } from './load.ts';
import { type Contender, contenders, type Ground } from './router/contenders.ts';
import { DEEP, type Question, SUBGRAPHS, type SubgraphName, small, supergraphOf } from './router/graph.ts';
import { type Running, startTs } from './router/processes.ts';
import { recordedCalls } from './router/recorded-calls.ts';

const CONNECTIONS = 50;
const ROUNDS = 2;
const WARM_UP_SECONDS = 3;

interface Figures {
  done: number;
  failed: number;
  seconds: number;
  cpu: number;
  rssMb: number;
  latencies: number[];
}

type Load = { readonly name: string; question(n: number): Question };
const LOADS: readonly Load[] = [
  { name: 'deep', question: () => DEEP },
  { name: 'small', question: small },
];

/**
 * Gateways side by side: one deep question with an answer of about 90 kB, and small varied ones, on the same HTTP
 * subgraphs that repeat canned answers. Each gateway is a process of its own; they take turns, `ROUNDS` times.
 */
export async function benchRouter(seconds: number, firstPort: number, only = ''): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-bench-router-'));
  const running: Running[] = [];
  try {
    running.push(await startTs('subgraphs.process.ts', [firstPort], firstPort));
    const ground = await groundOf(folder, firstPort);
    const chosen = (await contenders()).filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
    const started: { contender: Contender; process: Running; port: number }[] = [];
    for (const [index, contender] of chosen.entries()) {
      const port = firstPort + 10 + index;
      const process = await contender.start(ground, port);
      running.push(process);
      started.push({ contender, process, port });
    }
    for (const load of LOADS) await compare(load, started, ground, seconds);
  } finally {
    for (const process of running) await process.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function groundOf(folder: string, firstPort: number): Promise<Ground> {
  const urlOf = (name: SubgraphName) => `http://127.0.0.1:${firstPort + SUBGRAPHS.indexOf(name)}/graphql`;
  const sdl = supergraphOf(
    Object.fromEntries(SUBGRAPHS.map((name) => [name, urlOf(name)])) as Record<SubgraphName, string>,
  );
  const supergraph = path.join(folder, 'supergraph.graphql');
  await writeFile(supergraph, sdl);
  const { calls, answer } = await recordedCalls(sdl, urlOf);
  process.stdout.write(
    `The deep answer has ${Math.round(answer.length / 1_000)} kB; calls for it: stock ${calls.stock.length}, Souk ${calls.souk.length}.\n`,
  );
  return { folder, supergraph, subgraphPort: firstPort, answer, calls };
}

async function compare(
  load: Load,
  started: readonly { contender: Contender; process: Running; port: number }[],
  ground: Ground,
  seconds: number,
): Promise<void> {
  const taking = started.filter(({ contender }) => contender.isGateway || load.name === 'deep');
  const figures = new Map<string, Figures>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const { contender, process, port } of taking) {
      const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
      const ask = asker(pool, load, ground);
      await closedLoop(CONNECTIONS, WARM_UP_SECONDS / (round + 1), ask);
      const before = cpuMs(process.pid);
      const result = await closedLoop(CONNECTIONS, seconds, ask);
      const key = nameOf(contender);
      const known = figures.get(key) ?? { done: 0, failed: 0, seconds: 0, cpu: 0, rssMb: 0, latencies: [] };
      known.done += result.done;
      known.failed += result.failed;
      known.seconds += result.seconds;
      known.cpu += cpuMs(process.pid) - before;
      known.rssMb = Math.max(known.rssMb, rssMb(process.pid));
      known.latencies = known.latencies.concat(result.latencies);
      figures.set(key, known);
      await pool.destroy();
    }
  }
  print(load, figures);
}

/** Answers must be whole: their length is compared for the deep question, and that they are no errors for the others. */
function asker(pool: Pool, load: Load, ground: Ground) {
  let asked = 0;
  const deep = JSON.stringify(DEEP);
  const expected = Buffer.byteLength(ground.answer);
  return async (): Promise<undefined> => {
    const body = load.name === 'deep' ? deep : JSON.stringify(load.question(asked++));
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const response = await pool.request({ path: '/graphql', method: 'POST', headers, body });
    const text = await response.body.text();
    const whole = load.name === 'deep' ? Math.abs(text.length - expected) < 3 : !text.includes('"errors"');
    if (response.statusCode !== 200 || !whole) throw new Error(`${response.statusCode} ${text.slice(0, 200)}`);
  };
}

const nameOf = ({ name, deduplicates }: Contender) => (deduplicates ? `${name}, deduplicating` : name);

function print({ name }: Load, figures: ReadonlyMap<string, Figures>): void {
  process.stdout.write(
    `\n| ${name} | req/s | CPU ms/request | p99 ms | RSS MB | failed |\n|---|---|---|---|---|---|\n`,
  );
  for (const [contender, { done, failed, seconds, cpu, rssMb, latencies }] of figures) {
    const p99 = percentile(
      latencies.sort((a, b) => a - b),
      0.99,
    );
    const cells = [Math.round(done / seconds), (cpu / done).toFixed(2), p99.toFixed(0), Math.round(rssMb), failed];
    process.stdout.write(`| ${contender} | ${cells.join(' | ')} |\n`);
  }
}

const rssMb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1_024;
