import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { inProject } from '#platform/config/root.ts';
import { SUBGRAPH_NAMES } from '#subgraphs/subgraphs.ts';
import type { ProgramDatabases } from './databases.ts';
import { freePort, startProcess, type TestProcess, untilReady } from './processes.ts';

/** All in one process, or the router and each subgraph in its own. */
export type ShapeName = 'all' | 'split';

export interface ProgramOptions {
  readonly shape: ShapeName;
  readonly databases: ProgramDatabases;
  /** Jobs and wake-ups go over Redis when given, else over Postgres. */
  readonly redisUrl?: string | undefined;
  readonly filesDir: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly web?: boolean;
  /** Whether `crashAt` is used. */
  readonly crashes?: boolean;
  /** Which parts to start; all when left out. */
  readonly parts?: readonly string[];
}

/** As `npm start` runs it: room for the young objects of many answers at once, 0.84 times the CPU on lists of products. */
const EMBEDDED_FLAGS = ['--max-semi-space-size=64'];

/** Souk as it runs in production: child processes of the built program. */
export interface Program {
  readonly routerUrl: string;
  readonly webUrl: string;
  /** Where each subgraph listens when it has a process of its own. */
  readonly ports: Readonly<Record<string, number>>;
  /** The process that holds a part: a subgraph's name, `router` or `web`. */
  process(part: string): TestProcess;
  /** Starts a part's process, again or with other variables, and waits until it is ready. */
  start(part: string, env?: Readonly<Record<string, string>>): Promise<TestProcess>;
  /** Has the process that comes to a crash point first, from now on, end there by SIGKILL, once. */
  crashAt(point: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { shape, databases } = options;
  await mkdir(inProject('tests/artifacts'), { recursive: true });
  const ports = Object.fromEntries(
    await Promise.all(['router', 'web', ...SUBGRAPH_NAMES].map(async (name) => [name, await freePort()] as const)),
  );
  const routerUrl = `http://127.0.0.1:${ports.router}`;
  const webUrl = `http://127.0.0.1:${ports.web}`;
  // Written beside it first: a crash point never reads half a name.
  const crashFile = inProject(`tests/artifacts/crash-at-${ports.router}`);
  const common = {
    ...databases.env,
    ...(options.crashes ? { CRASH_AT: `@${crashFile}` } : {}),
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    ...Object.fromEntries(
      SUBGRAPH_NAMES.map((name) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${ports[name]}/graphql`]),
    ),
    // As npm start and the images set it.
    NODE_ENV: 'production',
    SOUK_SECRET: 'the secret of a program under test, never of a real one',
    FILES_DIR: options.filesDir,
    HOST: '127.0.0.1',
    ROUTER_PORT: String(ports.router),
    WEB_PORT: String(ports.web),
    PUBLIC_URL: routerUrl,
    STOREFRONT_URL: webUrl,
    DEV_MAILBOX: '1',
    // Parcels that arrive within five seconds instead of twenty-five, every status still apart from the next.
    CARRIER_SPEED: '5',
    LOG_LEVEL: 'warn',
    ...options.env,
  };
  const processes = new Map<string, TestProcess>();
  const holderOf = (part: string) => (shape === 'all' && part !== 'web' ? 'all' : part);

  const start = async (part: string, env: Readonly<Record<string, string>> = {}): Promise<TestProcess> => {
    const name = holderOf(part);
    const all = { ...common, ...env };
    const child =
      name === 'web'
        ? startProcess(
            'web',
            process.execPath,
            [inProject('node_modules/next/dist/bin/next'), 'start', '--port', String(ports.web)],
            {
              ROUTER_URL: `${routerUrl}/graphql`,
              ...all,
              NODE_ENV: 'production',
              ROUTER_PUBLIC_URL: `${routerUrl}/graphql`,
            },
            inProject('web'),
          )
        : startProcess(
            name,
            process.execPath,
            [...(name === 'all' ? EMBEDDED_FLAGS : []), inProject('build/server/main.js')],
            {
              ...all,
              TARGET: name,
            },
          );
    processes.set(name, child);
    const readyUrl =
      name === 'web'
        ? `${webUrl}/icon.svg`
        : `http://127.0.0.1:${ports[name === 'all' ? 'router' : name]}/health/ready`;
    await untilReady(readyUrl, child);
    return child;
  };

  const parts = options.parts ?? (shape === 'all' ? ['all'] : [...SUBGRAPH_NAMES, 'router']);
  try {
    await Promise.all(parts.map((part) => start(part)));
    if (options.web) await start('web');
  } catch (reason) {
    await Promise.all([...processes.values()].map((child) => child.stop('SIGKILL')));
    throw reason;
  }
  return {
    routerUrl,
    webUrl,
    ports: Object.fromEntries(SUBGRAPH_NAMES.map((name) => [name, ports[name]!])),
    start,
    process(part) {
      const found = processes.get(holderOf(part));
      if (!found) throw new Error(`No process of ${part} runs.`);
      return found;
    },
    async crashAt(point) {
      await writeFile(`${crashFile}.new`, point);
      await rename(`${crashFile}.new`, crashFile);
    },
    async stop() {
      await Promise.all([...processes.values()].map((child) => child.stop()));
      await rm(crashFile, { force: true });
      await Promise.all(
        [...processes.values()].map((child) =>
          writeFile(inProject('tests/artifacts', `${shape}-${child.name}.log`), child.output()),
        ),
      );
    },
  };
}
