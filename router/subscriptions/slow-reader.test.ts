import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ServedMetrics, serveMetrics } from '#platform/telemetry/serve-metrics.ts';
import { type Running, runShop } from '../testing/shapes.ts';
import { until } from '../testing/subscriber.ts';
import { TestShop } from '../testing/test-shop.ts';

vi.hoisted(() => {
  process.env.METRICS_PORT = '24022';
});

const FOLLOW = 'subscription ($id: ID!) { orderUpdated(id: $id) { status version lines { product { title } } } }';
const QUEUE = 4;
const UNREAD_MS = 2_500;

/** Clients that stop reading as a phone in a tunnel does. */
describe.each([
  ['SSE', 'text/event-stream', /event: next\ndata: (.*)\n\n/g, /event: complete\ndata: \n\n/],
  ['multipart', 'multipart/mixed;subscriptionSpec=1.0', /\r\n\r\n(\{"payload.*)\r\n--graphql/g, /--graphql--\r\n/],
])('29: a slow reader over %s', (name, accept, events, end) => {
  let metrics: ServedMetrics | null;
  let running: Running;
  const shop = new TestShop();
  const clients: IncomingMessage[] = [];

  beforeAll(async () => {
    metrics = await serveMetrics(() => true);
    running = await runShop('local', shop, {
      subscriberQueueLength: QUEUE,
      connections: { unreadMs: UNREAD_MS },
    });
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await running.close();
    await metrics?.stop();
  });

  const droppedSoFar = async () => {
    const text = await (await fetch(`http://127.0.0.1:${metrics?.port}/metrics`)).text();
    return Number(/^souk_router_subscribers_dropped_total (\d+)/m.exec(text)?.[1] ?? 0);
  };

  const follow = async (id: string) => {
    shop.feed.set(id, 'S1');
    const asked = request(`${running.url}/graphql`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', accept },
    });
    asked.on('error', () => undefined).end(JSON.stringify({ query: FOLLOW, variables: { id } }));
    const [client] = (await once(asked, 'response')) as [IncomingMessage];
    clients.push(client);
    const read = { text: '', closed: false };
    client.setEncoding('utf8');
    client.on('data', (chunk: string) => {
      read.text += chunk;
    });
    client.on('close', () => {
      read.closed = true;
    });
    client.on('error', () => undefined);
    await until(() => read.text.includes('"S1"'));
    return { client, read };
  };

  /** Large events, until the router gives the reader up; the number of the last one. */
  const flood = async (id: string): Promise<number> => {
    const before = shop.feed.active;
    let sent = 1;
    while (shop.feed.active === before && sent < 60) {
      sent += 1;
      shop.feed.set(id, `S${sent}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(shop.feed.active).toBe(before - 1);
    return sent;
  };

  test('hears what was written, in order, then a code; nothing is left out between', async () => {
    const dropped = await droppedSoFar();
    const { client, read } = await follow(`${name}-paused`);
    client.pause();
    shop.title = 'x'.repeat(1_000_000);
    const sent = await flood(`${name}-paused`);
    shop.title = 'Teapot';
    expect(await droppedSoFar()).toBe(dropped + 1);

    client.resume();
    await until(() => end.test(read.text));
    const told = [...read.text.matchAll(events)].map(([, text]) => JSON.parse(text ?? ''));
    const failure = told.pop();
    const versions = told.map((event) => (event.payload ?? event).data.orderUpdated.version);
    expect(versions).toEqual(Array.from({ length: versions.length }, (_, n) => n + 1));
    expect(versions.length).toBeLessThan(sent);
    const [error] = failure.errors;
    expect(error.extensions).toEqual({ code: 'SUBSCRIPTION_SLOW_CONSUMER' });
    expect(error.message).toBe(
      `This subscriber fell behind by more than ${QUEUE} events; subscribe again for the present state.`,
    );
  });

  test('that never reads is cut off, whether its queue is full or not', async () => {
    const dropped = await droppedSoFar();
    const full = await follow(`${name}-full`);
    const waiting = await follow(`${name}-waiting`);
    for (const { client } of [full, waiting]) client.pause();
    shop.title = 'x'.repeat(10_000_000);
    shop.feed.set(`${name}-waiting`, 'S2');
    await flood(`${name}-full`);
    shop.title = 'Teapot';
    await until(() => shop.feed.active === 0);
    expect(await droppedSoFar()).toBe(dropped + 2);
    // What the system held back is read, and then there is an end without one of the protocol.
    for (const { client } of [full, waiting]) client.resume();
    await until(() => full.read.closed && waiting.read.closed);
    for (const { read } of [full, waiting]) expect(read.text).not.toMatch(end);
  });
});
