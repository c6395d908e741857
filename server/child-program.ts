import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { inProject } from '#platform/config/root.ts';
import { childEnvironment } from './config.ts';

/** Another Node program, which ends when this process does, even when that is killed. */
export interface ChildProgram {
  readonly pid: number;
  /** Resolves, should it end before `stop`, with the last that it said. */
  readonly ended: Promise<string>;
  /** Resolves once it is gone, for whatever reason. */
  readonly exit: Promise<void>;
  stop(): Promise<void>;
  /** Tells it something; it hears it on its `process`. */
  send(message: string): void;
}

export interface ChildOptions {
  readonly cwd?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Of Node itself. */
  readonly flags?: readonly string[];
  /** Passes its output on; otherwise only its complaints are. */
  readonly verbose?: boolean;
  /** Hears what it tells with `process.send`. */
  readonly onMessage?: (message: unknown) => void;
}

export function startProgram(script: string, args: readonly string[], options: ChildOptions = {}): ChildProgram {
  const preload = ['--import', inProject('server/exit-with-parent.mjs')];
  const child = spawn(process.execPath, [...(options.flags ?? []), ...preload, script, ...args], {
    cwd: options.cwd ?? inProject(),
    env: childEnvironment(options.variables),
    stdio: ['ignore', options.verbose ? 'inherit' : 'ignore', 'pipe', 'ipc'],
    // Out of the terminal's reach: Ctrl-C stops it in its turn, not at once.
    detached: true,
  });
  if (options.onMessage) child.on('message', options.onMessage);
  let tail = '';
  child.stderr?.on('data', (chunk) => {
    tail = `${tail}${chunk}`.slice(-2_000);
    process.stderr.write(chunk);
  });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  let stopping = false;
  const ended = new Promise<string>((resolve) => {
    exit.then(() => {
      if (!stopping) resolve(tail.trim());
    });
  });
  const stop = async () => {
    stopping = true;
    await stopChild(child, exit);
  };
  return { pid: child.pid ?? 0, ended, exit, stop, send: (message) => void (child.connected && child.send(message)) };
}

const STOP_LIMIT_MS = 10_000;

async function stopChild(child: ChildProcess, exit: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const timer = new AbortController();
  const late = sleep(STOP_LIMIT_MS, 'late', { signal: timer.signal }).catch(() => '');
  if ((await Promise.race([exit, late])) === 'late') child.kill('SIGKILL');
  timer.abort();
  await exit;
}
