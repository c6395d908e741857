import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { inProject } from '#platform/config/root.ts';

/** A program as its users run it. */
export interface Child {
  readonly process: ChildProcess;
  /** All that it has written so far. */
  out(): string;
  err(): string;
  /** Resolves with what it has written once that holds; rejects when it ends before. */
  said(what: RegExp): Promise<string>;
  readonly ended: Promise<number | null>;
}

export interface ChildOptions {
  readonly cwd?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

export const runRouter = (words: readonly string[], options: ChildOptions = {}): Child =>
  run(
    [
      '--import',
      inProject('node_modules/tsx/dist/loader.mjs'),
      inProject('router/standalone/souk-router.mjs'),
      ...words,
    ],
    options,
  );

/** A subgraph that is nothing but Apollo's packages. */
export async function runSubgraph(name: string, port: number, socketPort?: number): Promise<Child> {
  const script = inProject('router/standalone/testing/apollo-subgraph.mjs');
  const child = run([script, name, String(port), ...(socketPort ? [String(socketPort)] : [])], {});
  await child.said(/ at http/);
  return child;
}

function run(words: readonly string[], { cwd, variables }: ChildOptions): Child {
  const child = spawn(process.execPath, [...words], {
    cwd: cwd ?? inProject(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    process: child,
    out: () => out,
    err: () => err,
    ended,
    said: (what) =>
      new Promise((resolve, reject) => {
        const look = () => what.test(out + err) && resolve(out + err);
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        ended.then((code) => reject(new Error(`It ended with ${code}:\n${out}${err}`)));
        look();
      }),
  };
}

export async function stop(child: Child): Promise<number | null> {
  child.process.kill('SIGTERM');
  return child.ended;
}

/** A port that is free now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
