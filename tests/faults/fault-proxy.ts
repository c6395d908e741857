import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy that can be made to behave like a bad network. */
export interface FaultProxy {
  readonly port: number;
  /** What comes is passed on so much later, in order. */
  delay(ms: number): void;
  /** Ends every connection and takes no new one. */
  cut(): void;
  /** Connections stay open and new ones are taken, but nothing passes any more: the other side is gone and did not say so. */
  freeze(): void;
  /** As if nothing had been. What was frozen is ended: bytes of it are lost. */
  heal(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  frozen: boolean;
}

/** Stands before `to` on loopback. */
export async function startFaultProxy(to: { host: string; port: number }): Promise<FaultProxy> {
  const pairs = new Set<Pair>();
  let state: 'well' | 'cut' | 'frozen' = 'well';
  let delayMs = 0;

  const server = createServer((near) => {
    if (state === 'cut') return void near.resetAndDestroy();
    const pair: Pair = { near, far: connect(to), frozen: state === 'frozen' };
    pairs.add(pair);
    const end = () => {
      if (!pairs.delete(pair)) return;
      near.destroy();
      pair.far.destroy();
    };
    const pass = (from: Socket, into: Socket) => {
      // In their order: what comes after a delay has ended still waits for what came before.
      const waiting: { chunk: Buffer; due: number }[] = [];
      const passOn = () => {
        while (waiting.length > 0 && waiting[0]!.due <= performance.now()) {
          const { chunk } = waiting.shift()!;
          if (!pair.frozen && into.writable) into.write(chunk);
        }
        if (waiting.length > 0) setTimeout(passOn, waiting[0]!.due - performance.now());
      };
      from.on('data', (chunk) => {
        if (pair.frozen) return;
        waiting.push({ chunk, due: performance.now() + delayMs });
        if (waiting.length === 1) passOn();
      });
      // A frozen connection does not tell its other side that it ended.
      from.on('error', () => undefined).on('close', () => !pair.frozen && end());
    };
    for (const socket of [near, pair.far]) socket.setNoDelay(true);
    pass(near, pair.far);
    pass(pair.far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const reset = (which: (pair: Pair) => boolean) => {
    for (const pair of [...pairs].filter(which)) {
      pairs.delete(pair);
      pair.near.resetAndDestroy();
      pair.far.resetAndDestroy();
    }
  };
  return {
    port: (server.address() as { port: number }).port,
    delay(ms) {
      delayMs = ms;
    },
    cut() {
      state = 'cut';
      reset(() => true);
    },
    freeze() {
      state = 'frozen';
      for (const pair of pairs) pair.frozen = true;
    },
    heal() {
      state = 'well';
      delayMs = 0;
      reset(({ frozen }) => frozen);
    },
    async close() {
      reset(() => true);
      server.close();
      await once(server, 'close');
    },
  };
}
