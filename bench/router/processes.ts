import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { inProject } from '#platform/config/root.ts';

const READY_WITHIN_MS = 60_000;

export interface Running {
  readonly pid: number;
  stop(): Promise<void>;
}

/** A process of node whose port answers; what it writes comes out when it does not. */
export async function startNode(argv: readonly string[], port: number, cwd = inProject('.')): Promise<Running> {
  const child = spawn(process.execPath, [...argv], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'error', APOLLO_TELEMETRY_DISABLED: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (said = `${said}${chunk}`.slice(-4_000)));
  for (const end = Date.now() + READY_WITHIN_MS; ; await sleep(100)) {
    if (await answers(port)) break;
    if (child.exitCode === null && Date.now() < end) continue;
    await stop(child);
    throw new Error(`Nothing answers on port ${port}:\n${said}`);
  }
  return { pid: child.pid as number, stop: () => stop(child) };
}

export const startTs = (file: string, args: readonly (string | number)[], port: number): Promise<Running> =>
  startNode(['--import', 'tsx', inProject('bench', 'router', file), ...args.map(String)], port);

async function answers(port: number): Promise<boolean> {
  try {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
      signal: AbortSignal.timeout(2_000),
    };
    await fetch(`http://127.0.0.1:${port}/graphql`, init).then((response) => response.text());
    return true;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await gone;
  clearTimeout(timer);
}
