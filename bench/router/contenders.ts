import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hiveConfig, hiveGateway } from './hive.ts';
import type { Call } from './limits.process.ts';
import { type Running, startNode, startTs } from './processes.ts';

export interface Ground {
  /** Files of this run. */
  readonly folder: string;
  readonly supergraph: string;
  /** Of the first subgraph; the others follow. */
  readonly subgraphPort: number;
  /** The deep question's answer, and what stock and ours ask the subgraphs for it. */
  readonly answer: string;
  readonly calls: { readonly stock: readonly Call[]; readonly souk: readonly Call[] };
}

export interface Contender {
  readonly name: string;
  readonly deduplicates: boolean;
  /** Whether it knows any question but the deep one. */
  readonly isGateway: boolean;
  start(ground: Ground, port: number): Promise<Running>;
}

const souk = (shape: 'local' | 'http', deduplicates: boolean): Contender => ({
  name: `Souk, ${shape === 'local' ? 'subgraphs in the process' : 'HTTP'}`,
  deduplicates,
  isGateway: true,
  start: ({ supergraph, subgraphPort }, port) =>
    startTs('souk.process.ts', [supergraph, port, subgraphPort, shape, String(deduplicates)], port),
});

const hive = (program: string, planner: 'JavaScript' | 'Rust', deduplicates: boolean): Contender => ({
  name: `Hive Gateway 2.15.1, ${planner}`,
  deduplicates,
  isGateway: true,
  async start({ folder, supergraph }, port) {
    const cwd = path.join(folder, `hive-${port}`);
    await mkdir(cwd, { recursive: true });
    await writeFile(path.join(cwd, 'gateway.config.mjs'), hiveConfig(deduplicates));
    const flags = ['--config-path', 'gateway.config.mjs', '--port', String(port), '--host', '127.0.0.1'];
    const argv = [
      program,
      'supergraph',
      supergraph,
      ...flags,
      ...(planner === 'Rust' ? ['--hive-router-runtime'] : []),
    ];
    return startNode(argv, port, cwd);
  },
});

const limit = (name: string, callsOf: (ground: Ground) => readonly Call[]): Contender => ({
  name,
  deduplicates: false,
  isGateway: false,
  async start(ground, port) {
    const file = path.join(ground.folder, `limit-${port}.json`);
    await writeFile(file, JSON.stringify({ answer: ground.answer, calls: callsOf(ground) }));
    return startTs('limits.process.ts', [file, port], port);
  },
});

const stock: Contender = {
  name: '@apollo/gateway behind Apollo Server',
  deduplicates: false,
  isGateway: true,
  start: ({ supergraph }, port) => startTs('stock.process.ts', [supergraph, port], port),
};

export async function contenders(): Promise<Contender[]> {
  const program = await hiveGateway();
  const hives = (deduplicates: boolean) =>
    program ? [hive(program, 'JavaScript', deduplicates), hive(program, 'Rust', deduplicates)] : [];
  return [
    stock,
    ...hives(false),
    souk('http', false),
    souk('local', false),
    ...hives(true),
    souk('http', true),
    souk('local', true),
    limit('limit: the calls of stock, nothing merged', ({ calls }) => calls.stock),
    limit('limit: the calls of Souk, nothing merged', ({ calls }) => calls.souk),
    limit('limit: a canned answer from node:http', () => []),
  ];
}
