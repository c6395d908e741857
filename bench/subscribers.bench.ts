import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { cpuMs } from './cpu.ts';
import { row } from './report.ts';
import { type Running, startTs } from './router/processes.ts';

const SUBSCRIBERS = 5_000;
const AT_ONCE = 50;
const WARM_UP = 200;
const EVENTS = 7;
const HEARD_WITHIN_MS = 60_000;
const SETTLE_MS = 3_000;

/** Their connections have one each, with fields of another subgraph in every event. */
const QUERY = 'subscription { orderUpdated(id: "one") { status version lines { quantity product { title } } } }';

interface Audience {
  /** Calls it for every event that comes; resolves once it is subscribed. */
  join(url: string, authorization: string | null, heard: () => void): Promise<() => void>;
}

/**
 * 5,000 subscribers of one order, over WebSocket and server-sent events: what each takes of the router's memory, and how
 * long an event takes to reach all. As guests, who share an upstream, and as 5,000 viewers, who have one each.
 */
export async function benchSubscribers(firstPort: number): Promise<void> {
  const [subgraphs, port] = [firstPort + 1, firstPort];
  const url = `http://127.0.0.1:${port}`;
  const running: Running[] = [await startTs('live-subgraphs.process.ts', [subgraphs], subgraphs + 1)];
  try {
    for (const [way, audience] of Object.entries({ WebSocket: SOCKETS, 'server-sent events': STREAMS })) {
      for (const viewers of ['guests', 'viewers'] as const) {
        const router = await startTs('live-router.process.ts', [port, subgraphs], port);
        running.push(router);
        await measure(`${SUBSCRIBERS} ${viewers} over ${way}`, router.pid, url, audience, viewers);
        await router.stop();
      }
    }
  } finally {
    for (const process of running) await process.stop();
  }
}

async function measure(
  what: string,
  pid: number,
  url: string,
  audience: Audience,
  viewers: 'guests' | 'viewers',
): Promise<void> {
  let heard = 0;
  const joinMany = async (count: number): Promise<(() => void)[]> => {
    const leaving: (() => void)[] = [];
    for (let begun = 0; begun < count; begun += AT_ONCE)
      leaving.push(
        ...(await Promise.all(
          Array.from({ length: Math.min(AT_ONCE, count - begun) }, (_, n) =>
            audience.join(url, viewers === 'guests' ? null : `Bearer cus_${begun + n}`, () => {
              heard += 1;
            }),
          ),
        )),
      );
    return leaving;
  };
  const untilHeard = async (count: number): Promise<void> => {
    for (const end = performance.now() + HEARD_WITHIN_MS; heard < count; await sleep(1))
      if (performance.now() > end) throw new Error(`${heard} of ${count} were heard.`);
  };

  for (const leave of await joinMany(WARM_UP)) leave();
  await sleep(SETTLE_MS);
  heard = 0;
  const before = memoryKb(pid);
  const leaving = await joinMany(SUBSCRIBERS);
  // The present state, which comes first.
  await untilHeard(SUBSCRIBERS);
  await sleep(SETTLE_MS);
  const kbEach = (memoryKb(pid) - before) / SUBSCRIBERS;

  const times: number[] = [];
  const cpuBefore = cpuMs(pid);
  for (let event = 0; event < EVENTS; event += 1) {
    heard = 0;
    const began = performance.now();
    await change(url);
    await untilHeard(SUBSCRIBERS);
    times.push(performance.now() - began);
    await sleep(500);
    if (heard !== SUBSCRIBERS) throw new Error(`An event was heard ${heard} times.`);
  }
  times.sort((a, b) => a - b);
  row(what, {
    'kB each': kbEach,
    'ms to reach all': times[Math.floor(EVENTS / 2)] ?? 0,
    worst: times.at(-1) ?? 0,
    'CPU ms an event': (cpuMs(pid) - cpuBefore) / EVENTS,
  });
  for (const leave of leaving) leave();
}

async function change(url: string): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'mutation { orderPlace(id: "one") { version } }' }),
  });
  if (!response.ok) throw new Error(await response.text());
  await response.text();
}

/** What of a process is in memory (proc(5), VmRSS). */
const memoryKb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

/** Bare sockets, so that the clients take little of the machine. */
const SOCKETS: Audience = {
  async join(url, authorization, heard) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      perMessageDeflate: false,
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: authorization ? { authorization } : {} }));
    await once(socket, 'message');
    socket.on('message', heard);
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY } }));
    await once(socket, 'message');
    return () => socket.terminate();
  },
};

const STREAMS: Audience = {
  async join(url, authorization, heard) {
    const asked = request(`${url}/graphql`, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(authorization ? { authorization } : {}),
      },
    });
    asked.end(JSON.stringify({ query: QUERY }));
    const [response] = await once(asked, 'response');
    const first = new Promise<void>((resolve) => {
      response.on('data', (chunk: Buffer) => {
        if (!chunk.includes('event: next')) return;
        heard();
        resolve();
      });
    });
    response.on('error', () => undefined);
    await first;
    return () => asked.destroy();
  },
};
