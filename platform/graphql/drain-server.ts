import type { Server, ServerResponse } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DrainOptions {
  /**
   * How long new requests are still taken, so that whoever sends them can notice that readiness is gone: a load balancer
   * asks for it every few seconds, and closing at once would refuse what it still sends. Default 0.
   */
  readonly noticeMs?: number;
  /** How long requests under way may then take, before their connections are cut off. Default 10,000. */
  readonly withinMs?: number;
}

export interface Draining {
  /** From here on every answer says `connection: close`, so that clients come back on another connection, and elsewhere. */
  begin(): void;
  /** Takes no more connections; resolves once nothing is under way, or the time is over. */
  finish(times: { readonly idleMs: number; readonly withinMs: number }): Promise<void>;
}

const WITHIN_MS = 10_000;
const IDLE_SWEEP_MS = 20;
/** For a request that was sent before its client could know. */
const IDLE_MS = 250;

/** Call it before the server has listeners that answer. */
export function drainable(server: Server): Draining {
  const underWay = new Set<ServerResponse>();
  let draining = false;
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (draining) return void response.setHeader('connection', 'close');
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return {
    begin() {
      draining = true;
      for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
    },
    async finish({ idleMs, withinMs }) {
      // That of TCP: the one of HTTP closes idle connections at once, and a request may be on its way on one.
      const closed = new Promise<void>((resolve) => TcpServer.prototype.close.call(server, () => resolve()));
      if (idleMs > 0) await Promise.race([closed, sleep(Math.min(idleMs, withinMs))]);
      server.close();
      // A connection whose answer had begun before stays open for its client's next request.
      const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
      const timer = setTimeout(() => server.closeAllConnections(), withinMs);
      await closed;
      clearInterval(sweep);
      clearTimeout(timer);
    },
  };
}

/** `beforeClosing` runs once no more is taken, beside what is under way, e.g. to end sockets. */
export async function drain(
  server: Draining,
  { noticeMs = 0, withinMs = WITHIN_MS }: DrainOptions,
  beforeClosing: () => Promise<unknown>,
): Promise<void> {
  server.begin();
  if (noticeMs > 0) await sleep(noticeMs);
  const idleMs = noticeMs > 0 ? IDLE_MS : 0;
  await Promise.all([beforeClosing(), server.finish({ idleMs, withinMs })]);
}
