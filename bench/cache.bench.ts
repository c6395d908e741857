import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Pool } from 'undici';
import { cpuMs } from './cpu.ts';
import { closedLoop, percentile } from './load.ts';
import { row } from './report.ts';
import { DEEP, SUBGRAPHS, small, supergraphOf } from './router/graph.ts';
import { type Running, startTs } from './router/processes.ts';

const CONNECTIONS = 50;
const ROUNDS = 3;
const WARM_UP_SECONDS = 2;

/** Kept answers beside canned ones of the same length from node:http, in turns: one of about 90 kB and a small one. */
export async function benchCache(seconds: number, firstPort: number): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-bench-cache-'));
  const running: Running[] = [];
  try {
    const supergraph = path.join(folder, 'supergraph.graphql');
    const urls = Object.fromEntries(SUBGRAPHS.map((name) => [name, `http://${name}.invalid/graphql`]));
    await writeFile(supergraph, supergraphOf(urls as Record<(typeof SUBGRAPHS)[number], string>));
    const router = await startTs('cached.process.ts', [supergraph, firstPort], firstPort);
    running.push(router);
    for (const [index, question] of [DEEP, small(0)].entries()) {
      const body = JSON.stringify(question);
      const answer = await oneAnswer(firstPort, body);
      const port = firstPort + 1 + index;
      const file = path.join(folder, `canned-${port}.json`);
      await writeFile(file, JSON.stringify({ answer, calls: [] }));
      const canned = await startTs('limits.process.ts', [file, port], port);
      running.push(canned);
      await compare(answer.length, body, seconds, { kept: [router, firstPort], canned: [canned, port] });
    }
  } finally {
    for (const process of running) await process.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

/** Asked twice: the second must come from the cache. */
async function oneAnswer(port: number, body: string): Promise<string> {
  const ask = () => fetch(`http://127.0.0.1:${port}/graphql`, { method: 'POST', headers: HEADERS, body });
  await (await ask()).text();
  const again = await ask();
  if (again.headers.get('x-cache') !== 'HIT') throw new Error('The answer was not kept.');
  return again.text();
}

async function compare(
  bytes: number,
  body: string,
  seconds: number,
  servers: Readonly<Record<'kept' | 'canned', readonly [Running, number]>>,
): Promise<void> {
  const figures = { kept: { done: 0, seconds: 0, cpu: 0, p99: 0 }, canned: { done: 0, seconds: 0, cpu: 0, p99: 0 } };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['canned', 'kept'] as const) {
      const [{ pid }, port] = servers[name];
      const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
      const ask = async (): Promise<undefined> => {
        const response = await pool.request({ path: '/graphql', method: 'POST', headers: HEADERS, body });
        const { byteLength } = await response.body.arrayBuffer();
        if (response.statusCode !== 200 || byteLength !== bytes)
          throw new Error(`${response.statusCode}, ${byteLength} bytes`);
      };
      await closedLoop(CONNECTIONS, WARM_UP_SECONDS, ask);
      const before = cpuMs(pid);
      const result = await closedLoop(CONNECTIONS, seconds, ask);
      const known = figures[name];
      known.done += result.done;
      known.seconds += result.seconds;
      known.cpu += cpuMs(pid) - before;
      known.p99 = Math.max(known.p99, percentile(result.latencies, 0.99));
      await pool.destroy();
    }
  }
  const rate = ({ done, seconds }: { done: number; seconds: number }) => done / seconds;
  for (const [name, each] of Object.entries(figures))
    row(`${name} answer of ${Math.round(bytes / 100) / 10} kB`, {
      'a second': rate(each),
      'CPU ms each': (each.cpu / each.done).toFixed(4),
      p99: each.p99,
    });
  row('kept of canned', {
    'by rate': `${Math.round((rate(figures.kept) / rate(figures.canned)) * 100)} %`,
    'by CPU': `${Math.round((figures.canned.cpu / figures.canned.done / (figures.kept.cpu / figures.kept.done)) * 100)} %`,
  });
}
