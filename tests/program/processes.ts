import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inProject } from '#platform/config/root.ts';

/** A process of the program under test: real, and killable. */
export interface TestProcess {
  readonly name: string;
  readonly child: ChildProcess;
  /** The last of what it said. */
  output(): string;
  /** Resolves with its exit code, or the signal that ended it. */
  readonly exit: Promise<number | string>;
  /** Asks it to stop and waits; SIGKILL after ten seconds. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
}

/** Nothing that a test started outlives it. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startProcess(
  name: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  cwd = inProject(),
): TestProcess {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-20_000);
    });
  }
  child.once('error', ({ message }) => {
    said += message;
  });
  // A program that is not installed ends before it began.
  const exit = Promise.race([once(child, 'exit'), once(child, 'error').then(() => [127, null])]).then(
    ([code, signal]) => (code ?? signal) as number | string,
  );
  const killed = () => child.kill('SIGKILL');
  running.add(child);
  exit.finally(() => running.delete(child));
  return {
    name,
    child,
    exit,
    output: () => said,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const timer = setTimeout(killed, 10_000);
      return exit.finally(() => clearTimeout(timer));
    },
  };
}

/** Waits until an address answers, with anything but a fault; says what the process said when it does not. */
export async function untilReady(url: string, process: TestProcess, withinMs = 180_000): Promise<void> {
  let ended: number | string | null = null;
  process.exit.then((code) => {
    ended = code;
  });
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(50)) {
    if (ended !== null) throw new Error(`${process.name} ended with ${ended}:\n${process.output()}`);
    const ok = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.status < 500,
      () => false,
    );
    if (ok) return;
  }
  throw new Error(`${process.name} was not ready at ${url} within ${withinMs} ms:\n${process.output()}`);
}

/** Waits until something takes connections at a port of this machine. */
export async function untilListening(port: number, withinMs = 10_000): Promise<void> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(20)) {
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
  }
  throw new Error(`Nothing listened at port ${port} within ${withinMs} ms.`);
}

export async function freePort(): Promise<number> {
  // Below those that systems give to outgoing connections: there another program may take it before it is used.
  for (;;) {
    const server = createServer();
    const listening = once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.listen(randomInt(12_000, 32_000), '127.0.0.1');
    if (!(await listening)) continue;
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    return port;
  }
}
